import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { heardBook, onBooks } from '../../stores/market-book.ts'
import { heardQuote, onQuotes } from '../../stores/market-quotes.ts'
import { keepMarketCanvas, type MarketCanvas, type MarketSurface } from '../../ui/market-canvas.ts'
import { useOrders } from '../../stores/trading-orders.ts'
import { drawLadder, rowAt, rowHeight, rowsIn, sideAt } from './ladder-drawing.ts'
import { askRow, bidRow, emptyLadder, fillLadder, followedCentre, largestIn, middleRow, ownRows, steadyScale, type LadderStep, type OwnOrder } from './ladder-rows.ts'

/** Where the market is, as seen from the rows that are shown. */
export type LadderSight = 'none' | 'seen' | 'above' | 'below'

interface LadderParts {
  readonly canvas: HTMLCanvasElement
  readonly instrument: InstrumentView
  readonly locale: Locale
  /** Told when it changes, which is seldom. */
  readonly onSight: (sight: LadderSight) => void
  readonly onHeld: (isHeld: boolean) => void
}

/** The ladder on its canvas: it follows book and last trade past React, and knows which rows are in sight. */
export class LadderCanvas {
  readonly #parts: LadderParts
  readonly #canvas: MarketCanvas
  readonly #endings: readonly (() => void)[]
  readonly #book = emptyLadder()
  #step: LadderStep = 1
  #filled = { version: -1, step: 0 }
  #drawn = { book: -1, last: undefined as number | null | undefined }
  #centre: number | undefined
  #scale = 0
  #isHeld = false
  #hoverY: number | undefined
  #height = 0
  #width = 0
  #sight: LadderSight = 'none'

  constructor(parts: LadderParts) {
    this.#parts = parts
    this.#canvas = keepMarketCanvas(parts.canvas, (surface) => this.#draw(surface))
    this.#endings = [
      onBooks((instrument) => {
        if (instrument === parts.instrument.id) this.#canvas.plan()
      }),
      useOrders.subscribe(() => this.#canvas.plan()),
      // Quotes of all instruments come here: only another last trade of this one is worth a frame.
      onQuotes(() => {
        if (heardQuote(parts.instrument.id)?.quote.last !== this.#drawn.last) this.#canvas.plan()
      }),
    ]
  }

  /** How far above the market the middle of the screen is, in rows. */
  get rowsAway(): number {
    const middle = middleRow(this.#book)
    return middle === undefined || this.#centre === undefined ? 0 : this.#centre - middle
  }

  dispose(): void {
    for (const end of this.#endings) end()
    this.#canvas.dispose()
  }

  /** Rows of so many ticks; what was in the middle stays there. */
  setStep(step: LadderStep): void {
    if (step === this.#step) return
    if (this.#centre !== undefined) this.#centre = Math.round((this.#centre * this.#step) / step)
    this.#step = step
    this.#canvas.plan()
  }

  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.#parts.onHeld(isHeld)
    this.#canvas.plan()
  }

  /** Upwards by so many rows. Whoever scrolls wants to look there: the ladder stays until it is told to follow again. */
  scroll(rows: number): void {
    if (this.#centre === undefined || rows === 0) return
    this.#centre += rows
    this.hold(true)
    this.#canvas.plan()
  }

  scrollPage(direction: 1 | -1): void {
    this.scroll(direction * Math.max(1, rowsIn(this.#height) - 2))
  }

  /** Back to the market, and after it again. */
  follow(): void {
    this.#centre = undefined
    this.hold(false)
    this.#canvas.plan()
  }

  hover(y: number | undefined): void {
    if (this.#hoverY !== undefined && y !== undefined && Math.floor(this.#hoverY / rowHeight) === Math.floor(y / rowHeight)) return
    this.#hoverY = y
    this.#canvas.plan()
  }

  /** The price and the side that lie there; undefined while there is no market to lie beside. */
  pickAt(x: number, y: number): { readonly ticks: number; readonly side: 'buy' | 'sell' } | undefined {
    if (this.#centre === undefined || this.#sight === 'none') return undefined
    const ticks = rowAt(y, this.#height, this.#centre) * this.#step
    return ticks < 1 ? undefined : { ticks, side: sideAt(x, this.#width) }
  }

  #draw(surface: MarketSurface): void {
    const { instrument, locale } = this.#parts
    this.#height = surface.height
    this.#width = surface.width
    const heard = heardBook(instrument.id)
    if (heard?.book === undefined) return this.#see('none')
    if (this.#filled.version !== heard.version || this.#filled.step !== this.#step) {
      fillLadder(this.#book, heard.book, this.#step)
      this.#filled = { version: heard.version, step: this.#step }
    }
    const rows = rowsIn(surface.height)
    const middle = middleRow(this.#book)
    if (middle !== undefined && (!this.#isHeld || this.#centre === undefined)) this.#centre = followedCentre(this.#centre, middle, rows)
    const centre = this.#centre
    if (centre === undefined) return this.#see('none')
    const last = heardQuote(instrument.id)?.quote.last
    this.#drawn = { book: heard.version, last }
    const top = centre + Math.floor(rows / 2)
    this.#scale = steadyScale(this.#scale, largestIn(this.#book, top - rows + 1, top))
    drawLadder(surface, {
      instrument, locale, centre, scale: this.#scale, book: this.#book, step: this.#step, lastRow: this.#rowOfLast(last), own: ownRows(ownOrders(instrument.id), this.#step),
      hoveredRow: this.#hoverY === undefined ? undefined : rowAt(this.#hoverY, surface.height, centre),
    })
    this.#see(sightOf(middle, centre, rows))
  }

  #rowOfLast(last: number | null | undefined): number | undefined {
    if (last === null || last === undefined) return undefined
    // Between the steps a trade lies on the side that it was done at.
    const [below, above] = [bidRow(last, this.#step), askRow(last, this.#step)]
    return this.#book.bestBid !== undefined && below <= this.#book.bestBid ? below : above
  }

  #see(sight: LadderSight): void {
    if (sight === this.#sight) return
    this.#sight = sight
    this.#parts.onSight(sight)
  }
}

function sightOf(middle: number | undefined, centre: number, rows: number): LadderSight {
  if (middle === undefined) return 'none'
  const half = Math.floor(rows / 2)
  if (middle > centre + half) return 'above'
  return middle <= centre - (rows - half) ? 'below' : 'seen'
}

/** Ours that may still fill at a price: what is on its way or unknown counts, and looks it. */
function ownOrders(instrument: string): readonly OwnOrder[] {
  return [...useOrders.getState().orders.values()].flatMap(({ instrument: of, side, status, limit, remaining }) => {
    const isThere = status === 'working' || status === 'partial'
    if (of !== instrument || limit === null || (!isThere && status !== 'sending' && status !== 'unknown' && status !== 'stuck')) return []
    return [{ side, ticks: limit, lots: remaining, isProven: isThere }]
  })
}
