import type { IPrimitivePaneView, ISeriesApi, ISeriesPrimitive, ISeriesPrimitiveAxisView, SeriesType, Time } from 'lightweight-charts'
import { faded, type ChartColours } from './chart-colours.ts'

/** A price that money hangs on: an order's, or what a position was opened at. */
export interface OrderLine {
  readonly id: string
  readonly ticks: number
  readonly price: string
  /** Side, size and what matters of it, on the pill. */
  readonly words: string
  readonly side: 'buy' | 'sell'
  /** Solid: a position or what protects it; dashed: it rests; dotted: it is on its way; hatched amber: nobody knows. */
  readonly look: 'solid' | 'rests' | 'flight' | 'unknown'
  readonly canMove: boolean
}

const pillHeight = 18
const pillLeft = 8
const gripWidth = 10
const padding = 6
/** Half of the twelve pixels in which a line can be taken. */
const reachPx = 6

const dashes: Readonly<Record<OrderLine['look'], readonly number[]>> = { solid: [], rests: [6, 4], flight: [2, 3], unknown: [8, 3, 2, 3] }

/** All lines of orders and positions on a chart, as one primitive of the library. */
export class OrderLines implements ISeriesPrimitive<Time> {
  readonly #series: ISeriesApi<SeriesType>
  #colours: ChartColours
  #lines: readonly OrderLine[] = []
  #axis: readonly ISeriesPrimitiveAxisView[] = []
  #requestUpdate: (() => void) | undefined
  readonly #views: readonly IPrimitivePaneView[]

  constructor(series: ISeriesApi<SeriesType>, colours: ChartColours) {
    this.#series = series
    this.#colours = colours
    this.#views = [{ zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) }]
  }

  attached({ requestUpdate }: { readonly requestUpdate: () => void }): void {
    this.#requestUpdate = requestUpdate
  }

  detached(): void {
    this.#requestUpdate = undefined
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axis
  }

  paint(colours: ChartColours): void {
    this.#colours = colours
    this.#requestUpdate?.()
  }

  show(lines: readonly OrderLine[]): void {
    this.#lines = lines
    this.#axis = lines.map((line) => this.#tagOf(line))
    this.#requestUpdate?.()
  }

  /** The nearest line at this height that can be moved. */
  hitAt(y: number): OrderLine | undefined {
    const near = this.#lines
      .filter(({ canMove }) => canMove)
      .map((line) => ({ line, away: Math.abs((this.#series.priceToCoordinate(line.ticks) ?? -1_000) - y) }))
      .filter(({ away }) => away <= reachPx)
      .sort((one, other) => one.away - other.away)
    return near[0]?.line
  }

  #inkOf({ side, look }: OrderLine): string {
    if (look === 'unknown') return this.#colours.attention
    return side === 'buy' ? this.#colours.up : this.#colours.down
  }

  #tagOf(line: OrderLine): ISeriesPrimitiveAxisView {
    return {
      coordinate: () => this.#series.priceToCoordinate(line.ticks) ?? -1_000,
      text: () => line.price,
      textColor: () => this.#colours.inverse,
      backColor: () => this.#inkOf(line),
    }
  }

  #draw(target: Parameters<NonNullable<ReturnType<IPrimitivePaneView['renderer']>>['draw']>[0]): void {
    target.useMediaCoordinateSpace(({ context, mediaSize: { width } }) => {
      for (const line of this.#lines) {
        const y = this.#series.priceToCoordinate(line.ticks)
        if (y !== null) this.#drawLine(context, width, Math.round(y) + 0.5, line)
      }
    })
  }

  #drawLine(context: CanvasRenderingContext2D, width: number, y: number, line: OrderLine): void {
    const ink = this.#inkOf(line)
    context.save()
    context.strokeStyle = ink
    context.lineWidth = 1
    context.setLineDash([...dashes[line.look]])
    context.beginPath()
    context.moveTo(0, y)
    context.lineTo(width, y)
    context.stroke()
    this.#drawPill(context, y, line, ink)
    context.restore()
  }

  /** At the left edge, so that it never hides the newest bars. */
  #drawPill(context: CanvasRenderingContext2D, y: number, { words, look, canMove }: OrderLine, ink: string): void {
    const { ground, ink: text, font } = this.#colours
    context.font = `500 11px ${font}`
    const grip = canMove ? gripWidth : 0
    const wide = Math.ceil(context.measureText(words).width) + padding * 2 + grip
    const top = y - pillHeight / 2
    context.beginPath()
    context.roundRect(pillLeft, top, wide, pillHeight, 3)
    context.fillStyle = ground
    context.fill()
    context.fillStyle = faded(ink, look === 'unknown' ? 0.22 : 0.12)
    context.fill()
    if (look !== 'flight') context.setLineDash([])
    context.stroke()
    context.fillStyle = ink
    if (canMove) for (const nth of [0, 1, 2, 3, 4, 5]) context.fillRect(pillLeft + padding + (nth % 2) * 3, y - 4 + Math.floor(nth / 2) * 3, 1.5, 1.5)
    context.fillStyle = text
    context.textBaseline = 'middle'
    context.textAlign = 'left'
    context.fillText(words, pillLeft + padding + grip, y)
  }
}
