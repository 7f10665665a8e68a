import type { Finding } from './finding.ts'
import type { OpenBreak, OurAccount } from './our-account.ts'

/** What is told of a break. An asset whose balance differs stands where an instrument does. */
export interface Difference {
  readonly instrument: string
  readonly detail: string
}

/** A difference is told once, when it is first seen, and its end once, by a round that could have seen it. */
export const toldBreaks = (
  ours: OurAccount,
  what: OpenBreak['what'],
  differences: readonly Difference[],
  wasCompared: (instrument: string) => boolean,
): readonly Finding[] => {
  const open = new Set(ours.breaks.filter((known) => known.what === what).flatMap(({ instrument }) => instrument ?? []))
  const now = new Map<string, Difference>()
  for (const difference of differences) if (!now.has(difference.instrument)) now.set(difference.instrument, difference)
  return [
    ...[...now.values()].filter(({ instrument }) => !open.has(instrument)).map((difference): Finding => ({ kind: 'break', what, ...difference })),
    ...[...open].filter((instrument) => !now.has(instrument) && wasCompared(instrument)).map((instrument): Finding => ({ kind: 'heal', what, instrument })),
  ]
}
