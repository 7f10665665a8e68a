import {
  BarSeries, CandlestickSeries, HistogramSeries, LineSeries, type IChartApi, type ISeriesApi, type SeriesType, type UTCTimestamp,
} from 'lightweight-charts'
import { printSteps } from '../format/price.ts'
import { faded, type ChartColours } from './chart-colours.ts'
import type { Bar } from './bar.ts'
import type { BarKind, ChartLooks } from './chart-looks.ts'
import { heikinAshiAfter } from './heikin-ashi.ts'

/** Bars put on the chart: all anew, or from one of them on. Prices stay ticks; the scale's format makes prices of them. */
export interface DrawnSeries {
  readonly series: ISeriesApi<SeriesType>
  set(bars: readonly Bar[]): void
  updateFrom(bars: readonly Bar[], from: number): void
  paint(colours: ChartColours): void
}

/** A time of ours as the library takes it: whole seconds, under its own brand. */
export const secondsOf = (timeMs: number): UTCTimestamp => (timeMs / 1_000) as UTCTimestamp

export const tickFormat = ({ instrument: { tick }, locale }: ChartLooks) => ({
  type: 'custom' as const,
  minMove: 1,
  formatter: (ticks: number) => printSteps(locale, Math.round(ticks), tick),
})

export function createPriceSeries(chart: IChartApi, looks: ChartLooks, colours: ChartColours): DrawnSeries {
  const series = addSeriesOf(chart, looks.kind)
  // The line and label of the last price are ours: they carry the countdown.
  series.applyOptions({ priceFormat: tickFormat(looks), lastValueVisible: false, priceLineVisible: false })
  const shape = shapesOf(looks.kind)
  const paint = (paints: ChartColours): void => series.applyOptions(paintOf(looks.kind, paints))
  paint(colours)
  return {
    series,
    paint,
    set: (bars) => series.setData(shape.all(bars)),
    updateFrom(bars, from) {
      for (let nth = from; nth < bars.length; nth++) series.update(shape.at(bars, nth))
    },
  }
}

function addSeriesOf(chart: IChartApi, kind: BarKind): ISeriesApi<SeriesType> {
  if (kind === 'line') return chart.addSeries(LineSeries, { lineWidth: 2, crosshairMarkerVisible: false })
  if (kind === 'bars') return chart.addSeries(BarSeries, { thinBars: false })
  return chart.addSeries(CandlestickSeries, { borderVisible: false })
}

function paintOf(kind: BarKind, { up, down, ink }: ChartColours): object {
  if (kind === 'line') return { color: ink }
  if (kind === 'bars') return { upColor: up, downColor: down }
  return { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down }
}

type Point = { readonly time: UTCTimestamp } & ({ readonly value: number } | Pick<Bar, 'open' | 'high' | 'low' | 'close'>)

interface Shapes {
  all(bars: readonly Bar[]): Point[]
  /** Asked for in order, the last one again and again. */
  at(bars: readonly Bar[], nth: number): Point
}

const plain = ({ time, open, high, low, close }: Bar): Point => ({ time: secondsOf(time), open, high, low, close })
const closing = ({ time, close }: Bar): Point => ({ time: secondsOf(time), value: close })

function shapesOf(kind: BarKind): Shapes {
  if (kind === 'heikin-ashi') return smoothedShapes()
  const shape = kind === 'line' ? closing : plain
  return { all: (bars) => bars.map(shape), at: (bars, nth) => shape(barAt(bars, nth)) }
}

function barAt(bars: readonly Bar[], nth: number): Bar {
  const bar = bars[nth]
  if (bar === undefined) throw new Error(`no bar ${nth} among ${bars.length}`)
  return bar
}

/** Each smoothed bar needs the one before it, so they are kept, by their number. */
function smoothedShapes(): Shapes {
  const kept: ReturnType<typeof heikinAshiAfter>[] = []
  const at = (bars: readonly Bar[], nth: number): Point => {
    const bar = barAt(bars, nth)
    const smoothed = heikinAshiAfter(kept[nth - 1], bar)
    kept[nth] = smoothed
    return { time: secondsOf(bar.time), ...smoothed }
  }
  return {
    at,
    all(bars) {
      kept.length = 0
      return bars.map((_, nth) => at(bars, nth))
    },
  }
}

/** The amount traded in each bar, under the prices and on a scale of its own. */
export function createVolumeSeries(chart: IChartApi, colours: ChartColours): DrawnSeries {
  let paints = colours
  const series = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume', lastValueVisible: false, priceLineVisible: false, priceFormat: { type: 'volume' },
  })
  series.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } })
  const point = (bar: Bar) => ({
    time: secondsOf(bar.time), value: bar.volume, color: faded(bar.close >= bar.open ? paints.up : paints.down, 0.3),
  })
  return {
    series,
    set: (bars) => series.setData(bars.map(point)),
    updateFrom(bars, from) {
      for (const bar of bars.slice(from)) series.update(point(bar))
    },
    paint: (changed) => void (paints = changed),
  }
}
