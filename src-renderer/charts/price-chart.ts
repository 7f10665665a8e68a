import { createChart, type IChartApi } from 'lightweight-charts'
import { printChange, printFigure } from '../format/figure.ts'
import { drawnSteps, printSteps } from '../format/price.ts'
import type { Bar } from './bar.ts'
import { readChartColours, type ChartColours } from './chart-colours.ts'
import type { ChartLooks } from './chart-looks.ts'
import { chartOptions, edgeOffset, firstOptions, frameOptions } from './chart-options.ts'
import { buildParts, takeDownParts, type ChartParts } from './chart-parts.ts'
import type { ComparedSeries } from './compared-series.ts'
import type { DrawingLayer } from './drawings/drawing-layer.ts'
import type { Anchor, Drawing } from './drawings/drawing.ts'
import type { Point } from './drawings/drawing-shape.ts'
import type { OrderLines } from './order-lines.ts'
import type { DrawnStudy } from './study-series.ts'
import { placeOfTime, placeOfX, timeAtPlace, xOfPlace } from './time-place.ts'
import { frameLengthMs } from './timeframes.ts'

export interface VisibleBars {
  /** Numbers of bars, with fractions; below 0 and past the last where nothing is yet. */
  readonly from: number
  readonly to: number
}

/** How many bars to the right of the last one still count as its edge. */
const edgeBars = 1

/** The chart itself: bars, studies and drawings on the library's canvases. Knows nothing of where bars come from. */
export class PriceChart {
  readonly #chart: IChartApi
  readonly #host: HTMLElement
  #colours: ChartColours
  #looks: ChartLooks
  #bars: readonly Bar[] = []
  #parts: ChartParts
  #wanted: VisibleBars | undefined
  /**
   * The library paints in its next frame whatever is asked of it, also after its end, and then throws. Who is told of a new theme or bar in the
   * same round in which this chart was taken down must not reach it.
   */
  #isOver = false

  constructor(host: HTMLElement, looks: ChartLooks) {
    this.#host = host
    this.#looks = looks
    this.#colours = readChartColours(host)
    this.#chart = createChart(host, firstOptions(this.#colours))
    this.#parts = this.#build()
  }

  get looks(): ChartLooks {
    return this.#looks
  }

  get colours(): ChartColours {
    return this.#colours
  }

  get studies(): readonly DrawnStudy[] {
    return this.#parts.studies
  }

  get compared(): ComparedSeries | undefined {
    return this.#parts.compared
  }

  get drawings(): DrawingLayer {
    return this.#parts.drawings
  }

  get orders(): OrderLines {
    return this.#parts.orders
  }

  dispose(): void {
    this.#isOver = true
    this.#chart.remove()
  }

  /** Other kinds of bars, studies, scales: the series are made anew, what is in sight stays in sight. */
  dress(looks: ChartLooks): void {
    if (this.#isOver) return
    const seen = this.visible()
    takeDownParts(this.#chart)
    this.#looks = looks
    this.#parts = this.#build()
    this.#setAll()
    if (seen !== undefined) this.look(seen)
  }

  /** After theme or palette changed. */
  repaint(): void {
    if (this.#isOver) return
    this.#colours = readChartColours(this.#host)
    const colours = this.#colours
    this.#chart.applyOptions(chartOptions(colours))
    this.#chart.applyOptions(frameOptions(this.#looks))
    const { price, volume, studies, compared, days, last, drawings, orders } = this.#parts
    price.paint(colours)
    volume?.paint(colours)
    volume?.set(this.#bars)
    for (const study of studies) study.paint(colours)
    compared?.paint(colours)
    days.colour = colours.strongLine
    last.paint(colours)
    drawings.paint(colours)
    orders.paint(colours)
  }

  /** All bars anew. What is in sight stays: by time where both hold it. */
  show(bars: readonly Bar[]): void {
    if (this.#isOver) return
    const seen = this.visible()
    const before = this.#bars
    this.#bars = bars
    this.#setAll()
    if (seen === undefined || before.length === 0 || bars.length === 0) return
    const shift = placeOfTime(bars, this.#frameMs(), before[0]?.time ?? 0)
    this.look({ from: seen.from + shift, to: seen.to + shift })
  }

  /** From this bar on something changed: the library's quick way. */
  update(bars: readonly Bar[], from: number): void {
    if (this.#isOver) return
    this.#bars = bars
    const { price, volume, studies, compared } = this.#parts
    price.updateFrom(bars, from)
    volume?.updateFrom(bars, from)
    for (const study of studies) study.updateFrom(bars, from)
    compared?.updateFrom(bars, from)
  }

  showLast(ticks: number | undefined, countdown: string): void {
    if (this.#isOver) return
    const { locale, instrument: { tick } } = this.#looks
    this.#parts.last.show({ ticks, countdown, price: ticks === undefined ? '' : printSteps(locale, ticks, tick) })
  }

  compareWith(bars: readonly Bar[]): void {
    if (this.#isOver) return
    this.#parts.compared?.take(bars)
    this.#parts.compared?.set(this.#bars)
  }

  visible(): VisibleBars | undefined {
    return this.#isOver ? undefined : (this.#wanted ?? this.#chart.timeScale().getVisibleLogicalRange() ?? undefined)
  }

  look(range: VisibleBars): void {
    if (this.#isOver || this.#bars.length === 0) return
    this.#chart.timeScale().setVisibleLogicalRange(range)
    // The library turns there in its next frame, which it asked for before ours; until then it tells of the old place.
    this.#wanted = range
    requestAnimationFrame(() => {
      if (this.#wanted === range) this.#wanted = undefined
    })
  }

  /** The last bar is in sight. */
  isAtEdge(): boolean {
    const seen = this.visible()
    return seen === undefined || seen.to >= this.#bars.length - 1 - edgeBars
  }

  scrollToEdge(): void {
    if (this.#isOver) return
    const seen = this.visible()
    const to = this.#bars.length - 1 + edgeOffset
    // Wanted as any other sight: older bars that come before the library has turned there must not bring back where it was.
    if (seen !== undefined) return this.look({ from: to - (seen.to - seen.from), to })
    // At once: a scroll that takes its time would fight with whatever is looked at next.
    this.#chart.timeScale().scrollToPosition(edgeOffset, false)
  }

  onVisible(listener: () => void): void {
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange(listener)
  }

  /** The number of the bar under the crosshair; undefined where there is none. */
  onCrosshair(listener: (nth: number | undefined) => void): void {
    this.#chart.subscribeCrosshairMove(({ logical, point }) => {
      listener(logical === undefined || point === undefined ? undefined : Math.round(logical))
    })
  }

  /** Where a pointer on the prices' pane is. */
  anchorAt({ x, y }: Point): Anchor | undefined {
    const scale = this.#chart.timeScale()
    const height = this.#chart.panes()[0]?.getHeight() ?? 0
    if (this.#bars.length === 0 || y < 0 || y > height || x < 0 || x > scale.width()) return undefined
    const ticks = this.#parts.price.series.coordinateToPrice(y)
    const place = placeOfX(scale, x)
    if (ticks === null || place === undefined) return undefined
    // On a bar, not between two.
    return { time: timeAtPlace(this.#bars, this.#frameMs(), Math.round(place)), ticks: Math.round(ticks) }
  }

  /** Where something lies on the prices' pane, in pixels of the host. */
  pointOf({ time, ticks }: Anchor): Point | undefined {
    if (this.#bars.length === 0) return undefined
    const x = xOfPlace(this.#chart.timeScale(), placeOfTime(this.#bars, this.#frameMs(), time))
    const y = this.#parts.price.series.priceToCoordinate(ticks)
    return x === undefined || y === null ? undefined : { x, y }
  }

  /** The prices that the pane shows, low and high. */
  visibleTicks(): readonly [number, number] | undefined {
    const height = this.#chart.panes()[0]?.getHeight() ?? 0
    const high = this.#parts.price.series.coordinateToPrice(0)
    const low = this.#parts.price.series.coordinateToPrice(height)
    return high === null || low === null ? undefined : [Math.round(low), Math.round(high)]
  }

  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot(true, false)
  }

  #frameMs(): number {
    return frameLengthMs(this.#looks.frame)
  }

  #setAll(): void {
    const { price, volume, studies, compared } = this.#parts
    price.set(this.#bars)
    volume?.set(this.#bars)
    for (const study of studies) study.set(this.#bars)
    compared?.set(this.#bars)
  }

  #build(): ChartParts {
    const looks = this.#looks
    this.#chart.applyOptions(frameOptions(looks))
    return buildParts({
      chart: this.#chart, looks, colours: this.#colours,
      bars: () => this.#bars,
      pointOf: (anchor) => this.pointOf(anchor),
      measureText: (drawing) => this.#measureText(drawing),
    })
  }

  /** `+12.5  +0.18 %  24 ×5m` */
  #measureText({ anchors: [first, second] }: Drawing): string {
    if (first === undefined || second === undefined) return ''
    const { locale, frame, instrument: { tick } } = this.#looks
    const place = (time: number): number => placeOfTime(this.#bars, this.#frameMs(), time)
    const change = printChange(locale, drawnSteps(second.ticks - first.ticks, tick), tick.decimals)
    const share = first.ticks === 0 ? '' : `${printChange(locale, ((second.ticks - first.ticks) / first.ticks) * 100, 2)} %`
    return `${change}  ${share}  ${printFigure(locale, Math.round(place(second.time) - place(first.time)))} × ${frame}`
  }
}
