import { HistogramSeries, LineSeries, type IChartApi, type ISeriesApi, type SeriesType } from 'lightweight-charts'
import { printFigure } from '../format/figure.ts'
import type { Bar } from './bar.ts'
import { faded, type ChartColours } from './chart-colours.ts'
import type { ChartLooks } from './chart-looks.ts'
import { secondsOf, tickFormat } from './price-series.ts'
import type { StudyEntry, StudyLine } from './studies/study-list.ts'

/** A study's lines on the chart. */
export interface DrawnStudy {
  readonly entry: StudyEntry
  set(bars: readonly Bar[]): void
  updateFrom(bars: readonly Bar[], from: number): void
  paint(colours: ChartColours): void
  /** Of the nth bar. */
  valuesAt(nth: number): readonly (number | undefined)[]
}

export function createStudySeries(chart: IChartApi, entry: StudyEntry, pane: number, looks: ChartLooks, colours: ChartColours): DrawnStudy {
  const run = entry.run()
  let values: (readonly (number | undefined)[])[] = []
  const drawn = entry.lines.map((line) => addLine(chart, line, pane))
  const format = entry.unit === 'ticks'
    ? tickFormat(looks)
    : { type: 'custom' as const, minMove: 0.01, formatter: (value: number) => printFigure(looks.locale, value, 1) }
  for (const series of drawn) series.applyOptions({ priceFormat: format })
  const paint = (paints: ChartColours): void => drawn.forEach((series, nth) => {
    const line = entry.lines[nth]
    if (line !== undefined) series.applyOptions({ color: colourOf(line, paints) })
  })
  paint(colours)
  return {
    entry,
    paint,
    valuesAt: (nth) => values[nth] ?? [],
    set(bars) {
      values = [...run.restart(bars)]
      drawn.forEach((series, line) => series.setData(bars.flatMap((bar, nth) => {
        const value = values[nth]?.[line]
        return value === undefined ? [] : [{ time: secondsOf(bar.time), value }]
      })))
    },
    updateFrom(bars, from) {
      for (let nth = from; nth < bars.length; nth++) {
        const bar = bars[nth]
        if (bar === undefined) return
        const taken = run.take(bar)
        values[nth] = taken
        drawn.forEach((series, line) => {
          const value = taken[line]
          if (value !== undefined) series.update({ time: secondsOf(bar.time), value })
        })
      }
    },
  }
}

function addLine(chart: IChartApi, line: StudyLine, pane: number): ISeriesApi<SeriesType> {
  const still = { lastValueVisible: false, priceLineVisible: false }
  if (line.look === 'bars') return chart.addSeries(HistogramSeries, still, pane)
  return chart.addSeries(LineSeries, { ...still, lineWidth: 1, crosshairMarkerVisible: false }, pane)
}

export const seriesColour = (colours: ChartColours, series: StudyLine['series']): string => colours.series[series - 1] ?? colours.softInk

const colourOf = (line: StudyLine, colours: ChartColours): string => {
  const colour = seriesColour(colours, line.series)
  return line.look === 'bars' ? faded(colour, 0.5) : colour
}
