import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printShortSteps, printSteps } from '../../format/price.ts'
import { heardBook, onBooks } from '../../stores/market-book.ts'
import { keepMarketCanvas, type MarketCanvas, type MarketSurface } from '../../ui/market-canvas.ts'
import { depthAt, depthCurve, depthReach, steadyEnd, type DepthCurve, type DepthSide } from './depth-curve.ts'

const axisHeight = 18
const topMargin = 22

interface DepthParts {
  readonly canvas: HTMLCanvasElement
  readonly instrument: InstrumentView
  readonly locale: Locale
  readonly onEmpty: (isEmpty: boolean) => void
}

/** What the cursor reads. */
export interface DepthReading {
  readonly side: 'bid' | 'ask'
  readonly ticks: number
  readonly size: number
  /** From the middle, as a fraction. */
  readonly away: number
}

/** The depth of a book on its canvas; it follows the book past React and keeps its scales still. */
export class DepthCanvas {
  readonly #parts: DepthParts
  readonly #canvas: MarketCanvas
  readonly #end: () => void
  #curve: DepthCurve | undefined
  #version = -1
  #reach: number | undefined
  #top: number | undefined
  /** From -1 at the left edge to 1 at the right one; undefined while nobody reads. */
  #cursor: number | undefined
  #width = 0
  #isEmpty = true

  constructor(parts: DepthParts) {
    this.#parts = parts
    this.#canvas = keepMarketCanvas(parts.canvas, (surface) => this.#draw(surface))
    this.#end = onBooks((instrument) => {
      if (instrument === parts.instrument.id) this.#canvas.plan()
    })
  }

  dispose(): void {
    this.#end()
    this.#canvas.dispose()
  }

  pointAt(x: number | undefined): void {
    this.#moveTo(x === undefined || this.#width === 0 ? undefined : (x / this.#width) * 2 - 1)
  }

  moveBy(share: number): void {
    this.#moveTo(Math.max(-1, Math.min(1, (this.#cursor ?? 0) + share)))
  }

  get cursor(): number | undefined {
    return this.#cursor
  }

  reading(): DepthReading | undefined {
    const curve = this.#curve
    if (curve === undefined || this.#cursor === undefined || this.#reach === undefined) return undefined
    const exact = curve.mid + this.#cursor * this.#reach
    const side = exact <= curve.mid ? 'bid' : 'ask'
    const ticks = side === 'bid' ? Math.ceil(exact) : Math.floor(exact)
    return { side, ticks, size: depthAt(curve, ticks), away: (ticks - curve.mid) / curve.mid }
  }

  #moveTo(cursor: number | undefined): void {
    if (cursor === this.#cursor) return
    this.#cursor = cursor
    this.#canvas.plan()
  }

  #draw(surface: MarketSurface): void {
    this.#width = surface.width
    const heard = heardBook(this.#parts.instrument.id)
    if (heard !== undefined && heard.version !== this.#version) {
      this.#version = heard.version
      this.#curve = heard.book === undefined ? undefined : depthCurve(heard.book)
    }
    const curve = heard === undefined ? undefined : this.#curve
    if ((curve === undefined) !== this.#isEmpty) {
      this.#isEmpty = curve === undefined
      this.#parts.onEmpty(this.#isEmpty)
    }
    if (curve === undefined) return
    const reach = (this.#reach = steadyEnd(this.#reach, depthReach(curve)))
    const deepest = Math.max(depthAt(curve, Math.ceil(curve.mid - reach)), depthAt(curve, Math.floor(curve.mid + reach)))
    const top = (this.#top = steadyEnd(this.#top, deepest))
    drawSide(surface, curve.bids, curve.mid, reach, top, 'bid')
    drawSide(surface, curve.asks, curve.mid, reach, top, 'ask')
    this.#drawAxis(surface, curve, reach, top)
    this.#drawCursor(surface)
  }

  #drawAxis({ context, width, height, colours, font }: MarketSurface, curve: DepthCurve, reach: number, top: number): void {
    const { instrument, locale } = this.#parts
    const base = height - axisHeight
    const center = Math.round(width / 2)
    context.fillStyle = colours.strongLine
    context.fillRect(0, base, width, 1)
    context.fillRect(center, topMargin - 4, 1, base - topMargin + 4)
    context.font = font(10)
    context.textBaseline = 'middle'
    context.fillStyle = colours.ink3
    context.textAlign = 'left'
    context.fillText(printSteps(locale, Math.round(curve.mid - reach), instrument.tick), 12, base + axisHeight / 2)
    context.fillText(`${printShortSteps(locale, Math.round(top), instrument.lot)} ${instrument.base}`, 12, topMargin - 10)
    context.textAlign = 'right'
    context.fillText(printSteps(locale, Math.round(curve.mid + reach), instrument.tick), width - 12, base + axisHeight / 2)
    context.textAlign = 'center'
    context.fillStyle = colours.ink
    context.font = font(11, 500)
    context.fillText(printMid(locale, curve.mid, instrument), center, base + axisHeight / 2)
  }

  #drawCursor({ context, width, height, colours }: MarketSurface): void {
    if (this.#cursor === undefined || this.#curve === undefined || this.#top === undefined) return
    const x = Math.round(((this.#cursor + 1) / 2) * width)
    const read = this.reading()
    context.strokeStyle = colours.ink2
    context.setLineDash([3, 3])
    context.beginPath()
    context.moveTo(x + 0.5, topMargin - 4)
    context.lineTo(x + 0.5, height - axisHeight)
    context.stroke()
    context.setLineDash([])
    if (read === undefined) return
    const base = height - axisHeight
    context.fillStyle = colours.ink
    context.beginPath()
    context.arc(x + 0.5, base - Math.min(1, read.size / this.#top) * (base - topMargin), 3, 0, 2 * Math.PI)
    context.fill()
  }
}

/** Half a tick more is one more decimal. */
function printMid(locale: Locale, mid: number, { tick }: InstrumentView): string {
  if (Number.isInteger(mid)) return printSteps(locale, mid, tick)
  return printSteps(locale, Math.round(mid * 2), { units: tick.units * 5, decimals: tick.decimals + 1 })
}

/** A staircase outwards from the middle, filled faintly; its edge is solid, so that it is seen without its colour. */
function drawSide(
  { context, width, height, colours }: MarketSurface, side: DepthSide, mid: number, reach: number, top: number, name: 'bid' | 'ask',
): void {
  const base = height - axisHeight
  const x = (ticks: number): number => Math.max(0, Math.min(width, ((ticks - mid) / reach + 1) * (width / 2)))
  const y = (sum: number): number => base - Math.min(1, sum / top) * (base - topMargin)
  const edge = name === 'bid' ? 0 : width
  context.beginPath()
  context.moveTo(x(side.ticks[0] ?? mid), base)
  let last = base
  side.ticks.forEach((ticks, nth) => {
    context.lineTo(x(ticks), last)
    last = y(side.sums[nth] ?? 0)
    context.lineTo(x(ticks), last)
  })
  context.lineTo(edge, last)
  context.strokeStyle = name === 'bid' ? colours.buy : colours.sell
  context.lineWidth = 1.5
  context.stroke()
  context.lineTo(edge, base)
  context.globalAlpha = 0.16
  context.fillStyle = context.strokeStyle
  context.fill()
  context.globalAlpha = 1
}
