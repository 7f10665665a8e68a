import { tenthsClockText } from '../../format/utc-time.ts'
import type { InstrumentView, TradeView } from '../../../src-preload/contract/index.ts'
import { translate, type Locale } from '../../../src-preload/contract/text/index.ts'
import { printSize, printSteps } from '../../format/price.ts'
import { heardTrades, onTrades } from '../../stores/market-trades.ts'
import { keepMarketCanvas, type MarketCanvas, type MarketSurface } from '../../ui/market-canvas.ts'
import { gapRow, largeSize, newestTrades, rowsMax, type TapeRow } from './tape-rows.ts'

export const rowHeight = 20
const sizeDecimals = 4
const inset = 12
/** What is large changes slowly; sorting a thousand sizes in each frame would not pay. */
const largeEveryMs = 1_000

interface TapeParts {
  readonly canvas: HTMLCanvasElement
  readonly instrument: InstrumentView
  readonly locale: Locale
}

/** The tape on its canvas: it follows the trades past React, and stands still while it is held. */
export class TapeCanvas {
  readonly #parts: TapeParts
  readonly #canvas: MarketCanvas
  readonly #end: () => void
  readonly #rows: TapeRow[] = []
  readonly #gapWords: string
  #sizeLeast = 0
  #large = Infinity
  #largeAt = -Infinity
  #heldAt: number | undefined

  constructor(parts: TapeParts) {
    this.#parts = parts
    this.#gapWords = translate(parts.locale, 'screen.tape.after-gap')
    this.#canvas = keepMarketCanvas(parts.canvas, (surface, now) => this.#draw(surface, now))
    this.#end = onTrades((instrument) => {
      if (instrument === parts.instrument.id && this.#heldAt === undefined) this.#canvas.plan()
    })
  }

  dispose(): void {
    this.#end()
    this.#canvas.dispose()
  }

  showFrom(sizeLeast: number): void {
    this.#sizeLeast = sizeLeast
    this.#renew()
    this.#canvas.plan()
  }

  hold(isHeld: boolean): void {
    const heard = heardTrades(this.#parts.instrument.id)
    this.#heldAt = isHeld && heard !== undefined ? heard.count : undefined
    this.#canvas.plan()
  }

  /** How many came while it was held. */
  get waiting(): number {
    const heard = heardTrades(this.#parts.instrument.id)
    // A new snapshot counts anew, and may count less.
    return this.#heldAt === undefined || heard === undefined ? 0 : Math.max(0, heard.count - this.#heldAt)
  }

  get shown(): number {
    return this.#rows.length
  }

  #renew(): void {
    const heard = heardTrades(this.#parts.instrument.id)
    if (heard !== undefined) newestTrades(this.#rows, heard, this.#sizeLeast, rowsMax)
  }

  #draw(surface: MarketSurface, now: number): void {
    const heard = heardTrades(this.#parts.instrument.id)
    if (this.#heldAt === undefined) {
      this.#renew()
      if (heard !== undefined && now - this.#largeAt > largeEveryMs) {
        this.#large = largeSize(heard.ring)
        this.#largeAt = now
      }
    }
    surface.context.textBaseline = 'middle'
    const rows = Math.min(this.#rows.length, Math.ceil(surface.height / rowHeight))
    let gaps = 0
    for (let nth = 0; nth < rows; nth++) {
      const row = this.#rows[nth]
      if (row === gapRow) {
        this.#drawGap(surface, nth * rowHeight)
        gaps += 1
      } else if (row !== undefined) this.#drawRow(surface, row, nth * rowHeight)
    }
    this.#tellGaps(gaps)
  }

  /** Of what is drawn nothing else can be asked. */
  #tellGaps(count: number): void {
    const { canvas } = this.#parts
    if (canvas.dataset['gaps'] !== String(count)) canvas.dataset['gaps'] = String(count)
  }

  /** Across the tape, with its words: what is missing would else look like calm. */
  #drawGap({ context, width, colours, font }: MarketSurface, y: number): void {
    const middle = y + rowHeight / 2
    const words = this.#gapWords
    context.font = font(11)
    context.textAlign = 'center'
    context.fillStyle = colours.ink2
    context.fillText(words, width / 2, middle)
    const side = (width - context.measureText(words).width) / 2 - inset
    if (side <= inset) return
    context.fillRect(inset, Math.round(middle), side - inset, 1)
    context.fillRect(width - side, Math.round(middle), side - inset, 1)
  }

  #drawRow({ context, width, colours, font }: MarketSurface, trade: TradeView, y: number): void {
    const { instrument, locale } = this.#parts
    const middle = y + rowHeight / 2
    const isBuy = trade.aggressor === 'buyer'
    const isLarge = trade.size >= this.#large
    if (isLarge) {
      context.fillStyle = colours.hover
      context.fillRect(0, y, width, rowHeight)
    }
    context.textAlign = 'left'
    context.font = font(11)
    context.fillStyle = colours.ink3
    context.fillText(tenthsClockText(trade.at), inset, middle)
    context.font = font(12, isLarge ? 600 : 400)
    context.textAlign = 'right'
    context.fillStyle = isBuy ? colours.buy : colours.sell
    context.fillText(printSteps(locale, trade.price, instrument.tick), Math.round(width * 0.66), middle)
    drawArrow(context, Math.round(width * 0.66) + 8, middle, isBuy)
    context.fillStyle = colours.ink
    context.fillText(printSize(locale, trade.size, instrument.lot, sizeDecimals), width - inset, middle)
  }
}

/** Up for a buyer who took, down for a seller who did: the side without its colour. */
function drawArrow(context: CanvasRenderingContext2D, x: number, y: number, isUp: boolean): void {
  const rise = isUp ? -3 : 3
  context.beginPath()
  context.moveTo(x - 3, y - rise)
  context.lineTo(x + 3, y - rise)
  context.lineTo(x, y + rise)
  context.fill()
}
