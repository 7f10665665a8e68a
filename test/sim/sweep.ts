import type { Violation } from './checkers/index.ts'
import { runSeed } from './run-seed.ts'
import type { CrashPoint } from './world/run-options.ts'

/**
 * Every batch of records of short runs, one after the other, is where the program is broken off, with each damage of the tail. A point is
 * a run, a batch of records and a moment: just written, just durable, or just after bytes left.
 */
export interface SweepResult {
  readonly points: number
  readonly runs: number
  readonly crashes: number
  readonly violations: readonly Violation[]
}

const actions = 24
const moments = ['written', 'durable', 'left'] as const
const tails = ['lost', 'torn', 'doubled', 'flipped'] as const

/** The points of one run: what it takes to break off at each of its batches in turn. */
function pointsOf(seed: number): readonly { readonly appends: number; readonly moment: (typeof moments)[number] }[] {
  const { appends } = runSeed({ seed, actions, crashes: [] })
  return Array.from({ length: appends }, (_, index) => moments.map((moment) => ({ appends: index + 1, moment }))).flat()
}

export function sweep(firstSeed: number, pointsWanted: number): SweepResult {
  let [points, runs, crashes] = [0, 0, 0]
  const violations: Violation[] = []
  for (let seed = firstSeed; points < pointsWanted; seed++) {
    for (const { appends, moment } of pointsOf(seed)) {
      if (points >= pointsWanted) break
      points += 1
      for (const tail of tails) {
        const crash: CrashPoint = { afterAction: 0, appends, moment, tail, tailAt: (points % 97) / 97, downMs: 900 }
        const result = runSeed({ seed, actions, crashes: [crash] })
        runs += 1
        crashes += result.crashes
        if (violations.length < 20) violations.push(...result.violations)
      }
    }
  }
  return { points, runs, crashes, violations }
}
