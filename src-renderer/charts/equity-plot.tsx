import { AreaSeries, createChart, type IChartApi, type ISeriesApi, type Time } from 'lightweight-charts'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { EquityPoint } from '../../src-preload/contract/index.ts'
import type { Locale } from '../../src-preload/contract/text/index.ts'
import { printMoney } from '../format/money.ts'
import { drawnSteps, type PriceStep } from '../format/price.ts'
import { onLooks } from '../theme/on-looks.ts'
import { faded, readChartColours } from './chart-colours.ts'
import { barTimeText, chartOptions, msOfTime } from './chart-options.ts'

interface EquityPlotProps {
  readonly points: readonly EquityPoint[]
  readonly unit: PriceStep
  readonly locale: Locale
  readonly label: string
}

interface Drawn {
  readonly chart: IChartApi
  readonly series: ISeriesApi<'Area'>
  /** Taken away: the library throws where it is told anything after that. */
  readonly life: { isOver: boolean }
}

/** The curve of what all of it was worth. */
export function EquityPlot({ points, unit, locale, label }: EquityPlotProps): ReactNode {
  const holder = useRef<HTMLDivElement>(null)
  // Told anew a few times a minute: one chart for each telling would cost more than it is worth, and lose where the crosshair is.
  const [drawn, setDrawn] = useState<Drawn>()
  useEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    const made = draw(element, unit, locale)
    const endLooks = onLooks(() => colour(element, made))
    const frame = requestAnimationFrame(() => setDrawn(made))
    return () => {
      cancelAnimationFrame(frame)
      endLooks()
      made.life.isOver = true
      made.chart.remove()
    }
  }, [unit, locale])
  useEffect(() => {
    if (drawn === undefined || drawn.life.isOver) return
    const data = new Map(points.map(({ at, close }) => [Math.floor(at / 1_000), drawnSteps(close, unit)]))
    // The library wants seconds that only grow.
    drawn.series.setData([...data].toSorted(([one], [other]) => one - other).map(([time, value]) => ({ time: time as Time, value })))
    drawn.chart.timeScale().fitContent()
  }, [points, unit, drawn])
  return <div className="equity-plot" ref={holder} role="img" aria-label={label} />
}

function draw(element: HTMLElement, unit: PriceStep, locale: Locale): Drawn {
  const colours = readChartColours(element)
  const chart = createChart(element, {
    ...chartOptions(colours), handleScroll: false, handleScale: false,
    localization: {
      priceFormatter: (value: number) => printMoney(locale, Math.round((value * 10 ** unit.decimals) / unit.units), unit),
      timeFormatter: (time: Time) => barTimeText(locale, '1m', msOfTime(time)),
    },
  })
  const made = { chart, series: chart.addSeries(AreaSeries, { lineWidth: 1, priceLineVisible: false, lastValueVisible: true }), life: { isOver: false } }
  colour(element, made)
  return made
}

function colour(element: HTMLElement, { chart, series }: Drawn): void {
  const colours = readChartColours(element)
  chart.applyOptions(chartOptions(colours))
  const [line] = colours.series
  series.applyOptions({ lineColor: line, topColor: faded(line, 0.28), bottomColor: faded(line, 0.02) })
}
