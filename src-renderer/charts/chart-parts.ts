import type { IChartApi } from 'lightweight-charts'
import { printSteps } from '../format/price.ts'
import type { Bar } from './bar.ts'
import type { ChartColours } from './chart-colours.ts'
import type { ChartLooks } from './chart-looks.ts'
import { scaleMode } from './chart-options.ts'
import { ComparedSeries } from './compared-series.ts'
import { DayLines } from './day-lines.ts'
import { DrawingLayer } from './drawings/drawing-layer.ts'
import type { Anchor, Drawing } from './drawings/drawing.ts'
import type { Point } from './drawings/drawing-shape.ts'
import { LastPrice } from './last-price.ts'
import { OrderLines } from './order-lines.ts'
import { createPriceSeries, createVolumeSeries, type DrawnSeries } from './price-series.ts'
import { studyOf } from './studies/study-list.ts'
import { createStudySeries, type DrawnStudy } from './study-series.ts'
import { showsDays } from './timeframes.ts'

/** Everything that is drawn on one chart. Other looks are other parts: they are made anew, never changed. */
export interface ChartParts {
  readonly price: DrawnSeries
  readonly volume: DrawnSeries | undefined
  readonly studies: readonly DrawnStudy[]
  readonly compared: ComparedSeries | undefined
  readonly days: DayLines
  readonly last: LastPrice
  readonly drawings: DrawingLayer
  readonly orders: OrderLines
}

/** What of the chart the parts ask for while they draw. */
export interface ChartPlan {
  readonly chart: IChartApi
  readonly looks: ChartLooks
  readonly colours: ChartColours
  readonly bars: () => readonly Bar[]
  readonly pointOf: (anchor: Anchor) => Point | undefined
  readonly measureText: (drawing: Drawing) => string
}

const paneShare = 0.24

export function buildParts(plan: ChartPlan): ChartParts {
  const { chart, looks, colours, bars } = plan
  const volume = looks.hasVolume ? createVolumeSeries(chart, colours) : undefined
  const price = createPriceSeries(chart, looks, colours)
  price.series.priceScale().applyOptions({ mode: scaleMode(looks) })
  const compared = looks.compared === undefined ? undefined : new ComparedSeries(chart, looks.compared, colours)
  const studies = buildStudies(plan)
  const days = new DayLines(bars)
  days.isShown = showsDays(looks.frame)
  days.colour = colours.strongLine
  const last = new LastPrice(price.series, colours)
  const drawings = buildDrawings(plan, price)
  const orders = new OrderLines(price.series, colours)
  for (const primitive of [days, last, drawings, orders]) price.series.attachPrimitive(primitive as Parameters<typeof price.series.attachPrimitive>[0])
  return { price, volume, studies, compared, days, last, drawings, orders }
}

function buildStudies({ chart, looks, colours }: ChartPlan): readonly DrawnStudy[] {
  let pane = 0
  const studies = looks.studies.map((id) => {
    const entry = studyOf(id)
    return createStudySeries(chart, entry, entry.place === 'pane' ? ++pane : 0, looks, colours)
  })
  chart.panes().forEach((each, nth) => each.setStretchFactor(nth === 0 ? 1 : paneShare))
  return studies
}

function buildDrawings({ looks: { locale, instrument: { tick } }, colours, pointOf, measureText }: ChartPlan, price: DrawnSeries): DrawingLayer {
  return new DrawingLayer({
    pointOf,
    yOfTicks: (ticks) => price.series.priceToCoordinate(ticks) ?? -1_000,
    printTicks: (ticks) => printSteps(locale, Math.round(ticks), tick),
    measureText,
  }, colours)
}

export function takeDownParts(chart: IChartApi): void {
  for (const pane of chart.panes().toReversed()) {
    for (const series of pane.getSeries()) chart.removeSeries(series)
  }
  // A pane whose last series is gone goes with it; the first stays.
  for (let nth = chart.panes().length - 1; nth > 0; nth--) chart.removePane(nth)
}
