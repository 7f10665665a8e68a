import { createRandom } from '../../src-main/base/index.ts'
import { faultNames } from '../../src-main/venues/paper/index.ts'
import { actionsMax, intentsWanted } from './arguments.ts'
import { runSeed } from './run-seed.ts'
import { drawCrashes } from './world/crashes.ts'
import { usualActions } from './world/world.ts'
import type { CrashPoint, RunOptions } from './world/run-options.ts'

/** The least that still breaks the same rule: a shorter run, fewer faults, fewer crashes, fewer actions. */
export interface Shrunk {
  readonly seed: number
  readonly actions: number
  readonly without: readonly string[]
  readonly skip: readonly number[]
  readonly crashes: readonly CrashPoint[]
  readonly breaks: string
  readonly detail: string
  readonly runs: number
}

interface Case {
  readonly actions: number
  readonly without: ReadonlySet<string>
  readonly skip: ReadonlySet<number>
  readonly crashes: readonly CrashPoint[]
}

export function shrink(seed: number, runsMax: number): Shrunk | undefined {
  let runs = 0
  const optionsOf = ({ actions, without, skip, crashes }: Case): RunOptions => ({ seed, actions, without, skip, crashes })
  const first = runSeed({ seed, actions: actionsMax, intents: intentsWanted })
  const target = first.violations[0]
  if (target === undefined) return undefined
  const stillBreaks = (candidate: Case): boolean => {
    runs += 1
    return runSeed(optionsOf(candidate)).violations.some(({ id }) => id === target.id)
  }
  const { actions } = first
  let best: Case = { actions, without: new Set(), skip: new Set(), crashes: drawCrashes(createRandom(seed), Math.min(actions, usualActions)) }
  const keep = (candidate: Case): boolean => {
    if (runs >= runsMax || !stillBreaks(candidate)) return false
    best = candidate
    return true
  }
  // Short runs are quick to try, and most of what breaks does so in one of them.
  lengths.filter((length) => length < actions).some((length) => keep({ ...best, actions: length }))
  dropChunks(faultNames, (dropped) => keep({ ...best, without: new Set([...best.without, ...dropped]) }))
  dropChunks(best.crashes, (dropped) => keep({ ...best, crashes: best.crashes.filter((crash) => !dropped.includes(crash)) }))
  dropChunks(Array.from({ length: best.actions }, (_, index) => index), (dropped) => keep({ ...best, skip: new Set([...best.skip, ...dropped]) }))
  // What mattered to an action that is gone matters no more.
  dropChunks(best.crashes, (dropped) => keep({ ...best, crashes: best.crashes.filter((crash) => !dropped.includes(crash)) }))
  const last = runSeed(optionsOf(best)).violations.find(({ id }) => id === target.id)
  return {
    seed, actions: best.actions, runs, without: [...best.without], skip: [...best.skip], crashes: best.crashes, breaks: target.id, detail: last?.detail ?? target.detail,
  }
}

const lengths = [6, 12, 24, 48, 96, 144, 192]

/** Large pieces first, then smaller ones: each piece that is not needed goes. */
function dropChunks<Item>(items: readonly Item[], drop: (chunk: readonly Item[]) => boolean): void {
  let left = items
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < left.length;) {
      const chunk = left.slice(from, from + size)
      if (drop(chunk)) left = left.filter((item) => !chunk.includes(item))
      else from += size
    }
    if (size === 1) return
  }
}
