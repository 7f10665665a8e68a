import type { InstrumentView, TimeframeName } from '../../src-preload/contract/index.ts'
import type { Locale } from '../../src-preload/contract/text/index.ts'
import type { StudyId } from './studies/study-list.ts'

export const barKinds = ['candles', 'bars', 'line', 'heikin-ashi'] as const
export type BarKind = (typeof barKinds)[number]

export const scaleKinds = ['linear', 'log', 'percent'] as const
export type ScaleKind = (typeof scaleKinds)[number]

/** What a chart shows, and how. */
export interface ChartLooks {
  readonly instrument: InstrumentView
  readonly frame: TimeframeName
  readonly kind: BarKind
  readonly scale: ScaleKind
  readonly studies: readonly StudyId[]
  readonly hasVolume: boolean
  /** Compared by percent, which then is the scale. */
  readonly compared: InstrumentView | undefined
  readonly locale: Locale
}
