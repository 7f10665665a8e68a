import { LineSeries, type IChartApi, type ISeriesApi } from 'lightweight-charts'
import type { InstrumentView } from '../../src-preload/contract/index.ts'
import type { Bar } from './bar.ts'
import { type ChartColours } from './chart-colours.ts'
import { secondsOf } from './price-series.ts'

/**
 * Another instrument's closes over the same bars, by percent. Only at times that the chart's own bars have: a point of any
 * other time would put a bar into the time scale that is not there.
 */
export class ComparedSeries {
  readonly instrument: InstrumentView
  readonly #series: ISeriesApi<'Line'>
  #closes = new Map<number, number>()

  constructor(chart: IChartApi, instrument: InstrumentView, colours: ChartColours) {
    this.instrument = instrument
    this.#series = chart.addSeries(LineSeries, { lineWidth: 2, lastValueVisible: true, priceLineVisible: false, crosshairMarkerVisible: false })
    this.paint(colours)
  }

  take(bars: readonly Bar[]): void {
    this.#closes = new Map(bars.map(({ time, close }) => [time, close]))
  }

  /** News of its newest bars. */
  takeLive(bars: readonly Bar[]): void {
    for (const { time, close } of bars) this.#closes.set(time, close)
  }

  set(bars: readonly Bar[]): void {
    this.#series.setData(bars.flatMap(({ time }) => {
      const value = this.#closes.get(time)
      return value === undefined ? [] : [{ time: secondsOf(time), value }]
    }))
  }

  updateFrom(bars: readonly Bar[], from: number): void {
    for (const { time } of bars.slice(from)) {
      const value = this.#closes.get(time)
      if (value !== undefined) this.#series.update({ time: secondsOf(time), value })
    }
  }

  closeAt(time: number): number | undefined {
    return this.#closes.get(time)
  }

  paint(colours: ChartColours): void {
    this.#series.applyOptions({ color: colours.series[2] })
  }
}
