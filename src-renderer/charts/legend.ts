import type { Locale } from '../../src-preload/contract/text/index.ts'
import { printChange, printFigure } from '../format/figure.ts'
import { changeShare, printShortSteps, printSteps } from '../format/price.ts'
import type { Bar } from './bar.ts'
import type { ChartLooks } from './chart-looks.ts'
import type { StudyEntry } from './studies/study-list.ts'

export interface LegendFigure {
  readonly name: string
  readonly value: string
  readonly tone: 'plain' | 'up' | 'down'
}

const nothing = '–'

/** The change against the bar before: `+12.5`, `+0.18 %`. */
function changeFigures({ instrument: { tick }, locale }: ChartLooks, bar: Bar, before: Bar | undefined): LegendFigure {
  const from = before?.close ?? bar.open
  const change = bar.close - from
  const share = changeShare(bar.close, from)
  const sign = change > 0 ? '+' : ''
  const percent = share === undefined ? '' : ` ${printChange(locale, share * 100, 2)} %`
  return { name: '', value: `${sign}${printSteps(locale, change, tick)}${percent}`, tone: change > 0 ? 'up' : change < 0 ? 'down' : 'plain' }
}

/** What the crosshair's bar was: open, high, low, close, change, volume. Names are one letter, as on every chart. */
export function barFigures(looks: ChartLooks, bar: Bar | undefined, before: Bar | undefined, names: readonly string[]): readonly LegendFigure[] {
  const { instrument: { tick, lot }, locale } = looks
  const figure = (nth: number, value: string): LegendFigure => ({ name: names[nth] ?? '', value, tone: 'plain' })
  if (bar === undefined) return [0, 1, 2, 3].map((nth) => figure(nth, nothing))
  const prices = [bar.open, bar.high, bar.low, bar.close].map((ticks, nth) => figure(nth, printSteps(locale, ticks, tick)))
  return [...prices, changeFigures(looks, bar, before), figure(4, printShortSteps(locale, bar.volume, lot))]
}

export function studyFigure(locale: Locale, { unit }: StudyEntry, values: readonly (number | undefined)[], tick: ChartLooks['instrument']['tick']): string {
  return values.map((value) => {
    if (value === undefined) return nothing
    return unit === 'ticks' ? printSteps(locale, Math.round(value), tick) : printFigure(locale, value, 1)
  }).join(' ')
}
