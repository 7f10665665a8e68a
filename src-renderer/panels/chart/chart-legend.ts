import type { Bar } from '../../charts/bar.ts'
import { barFigures, studyFigure, type LegendFigure } from '../../charts/legend.ts'
import { writeLegend, type LegendRow } from '../../charts/legend-rows.ts'
import type { PriceChart } from '../../charts/price-chart.ts'
import { seriesColour } from '../../charts/study-series.ts'
import { printChange } from '../../format/figure.ts'

/** What the bar under the crosshair was, or the newest one where there is none. Written past React. */
export class ChartLegend {
  readonly #element: HTMLElement
  readonly #chart: PriceChart
  readonly #names: readonly string[]
  #bars: readonly Bar[] = []
  #pointed: number | undefined

  constructor(element: HTMLElement, chart: PriceChart, names: readonly string[]) {
    this.#element = element
    this.#chart = chart
    this.#names = names
  }

  pointAt(nth: number | undefined): void {
    if (nth === this.#pointed) return
    this.#pointed = nth
    this.refresh(this.#bars)
  }

  refresh(bars: readonly Bar[]): void {
    this.#bars = bars
    const pointed = this.#pointed
    const nth = pointed !== undefined && bars[pointed] !== undefined ? pointed : bars.length - 1
    const { looks, colours, studies } = this.#chart
    const { tick } = looks.instrument
    const rows: LegendRow[] = [{
      name: `${looks.instrument.id} · ${looks.frame}`,
      colour: undefined,
      figures: barFigures(looks, bars[nth], bars[nth - 1], this.#names),
    }]
    for (const study of studies) {
      const value = studyFigure(looks.locale, study.entry, study.valuesAt(nth), tick)
      rows.push({
        name: study.entry.name,
        colour: seriesColour(colours, study.entry.lines[0]?.series ?? 5),
        figures: [{ name: '', value, tone: 'plain' }],
      })
    }
    if (looks.compared !== undefined) rows.push({ name: looks.compared.id, colour: colours.series[2], figures: [this.#comparedFigure(nth)] })
    writeLegend(this.#element, rows)
  }

  /** Its change since the first bar in sight, as the scale counts. */
  #comparedFigure(nth: number): LegendFigure {
    const compared = this.#chart.compared
    const first = Math.max(0, Math.ceil(this.#chart.visible()?.from ?? 0))
    const from = this.#bars.slice(first).map(({ time }) => compared?.closeAt(time)).find((close) => close !== undefined)
    const now = compared?.closeAt(this.#bars[nth]?.time ?? 0)
    if (from === undefined || now === undefined || from === 0) return { name: '', value: '–', tone: 'plain' }
    const share = ((now - from) / from) * 100
    return { name: '', value: `${printChange(this.#chart.looks.locale, share, 2)} %`, tone: share > 0 ? 'up' : share < 0 ? 'down' : 'plain' }
  }
}
