import { bollinger, exponentialAverage, simpleAverage } from './averages.ts'
import { averageTrueRange, macd, relativeStrength } from './oscillators.ts'
import { runStudy, type StudyRun } from './study.ts'
import { dayVwap } from './vwap.ts'

export const studyIds = ['ema-20', 'ema-50', 'sma-50', 'sma-200', 'vwap', 'bollinger', 'rsi', 'macd', 'atr'] as const
export type StudyId = (typeof studyIds)[number]

export interface StudyLine {
  /** Which of the five tokens for series paints it. */
  readonly series: 1 | 2 | 3 | 4 | 5
  readonly look: 'line' | 'bars'
}

export interface StudyEntry {
  readonly id: StudyId
  /** What it is called everywhere: names of formulas, the same in all languages. */
  readonly name: string
  /** Over the prices, or in a pane of its own. */
  readonly place: 'prices' | 'pane'
  /** In ticks, as the prices, or a figure of its own. */
  readonly unit: 'ticks' | 'figure'
  readonly lines: readonly StudyLine[]
  run(): StudyRun
}

const line = (series: StudyLine['series']): StudyLine => ({ series, look: 'line' })

export const studyEntries: readonly StudyEntry[] = [
  { id: 'ema-20', name: 'EMA 20', place: 'prices', unit: 'ticks', lines: [line(1)], run: () => runStudy(exponentialAverage(20)) },
  { id: 'ema-50', name: 'EMA 50', place: 'prices', unit: 'ticks', lines: [line(2)], run: () => runStudy(exponentialAverage(50)) },
  { id: 'sma-50', name: 'SMA 50', place: 'prices', unit: 'ticks', lines: [line(3)], run: () => runStudy(simpleAverage(50)) },
  { id: 'sma-200', name: 'SMA 200', place: 'prices', unit: 'ticks', lines: [line(4)], run: () => runStudy(simpleAverage(200)) },
  { id: 'vwap', name: 'VWAP', place: 'prices', unit: 'ticks', lines: [line(4)], run: () => runStudy(dayVwap) },
  { id: 'bollinger', name: 'BB 20 2', place: 'prices', unit: 'ticks', lines: [line(5), line(5), line(5)], run: () => runStudy(bollinger(20, 2)) },
  { id: 'rsi', name: 'RSI 14', place: 'pane', unit: 'figure', lines: [line(2)], run: () => runStudy(relativeStrength(14)) },
  {
    id: 'macd', name: 'MACD 12 26 9', place: 'pane', unit: 'ticks', lines: [line(1), line(3), { series: 5, look: 'bars' }],
    run: () => runStudy(macd(12, 26, 9)),
  },
  { id: 'atr', name: 'ATR 14', place: 'pane', unit: 'ticks', lines: [line(4)], run: () => runStudy(averageTrueRange(14)) },
]

export const studyOf = (id: StudyId): StudyEntry => {
  const entry = studyEntries.find((candidate) => candidate.id === id)
  if (entry === undefined) throw new Error(`no study is called ${id}`)
  return entry
}
