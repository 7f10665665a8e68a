import { createRandom } from '../../src-main/base/index.ts'
import { actionsMax, intentsWanted } from './arguments.ts'
import { runSeed } from './run-seed.ts'
import { faultNames } from './faults/fault-menu.ts'
import { drawCrashes } from './world/crashes.ts'
import { usualActions } from './world/world.ts'
import type { CrashPoint, RunOptions } from './world/run-options.ts'

/** The least that still breaks the same rule: fewer faults, fewer crashes, fewer actions. */
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
  readonly without: ReadonlySet<string>
  readonly skip: ReadonlySet<number>
  readonly crashes: readonly CrashPoint[]
}

export function shrink(seed: number, runsMax: number): Shrunk | undefined {
  let runs = 0
  const optionsOf = ({ without, skip, crashes }: Case): RunOptions => ({ seed, actions, without, skip, crashes })
  const first = runSeed({ seed, actions: actionsMax, intents: intentsWanted })
  const actions = first.actions
  const target = first.violations[0]
  if (target === undefined) return undefined
  const stillBreaks = (candidate: Case): boolean => {
    runs += 1
    return runSeed(optionsOf(candidate)).violations.some(({ id }) => id === target.id)
  }
  let best: Case = { without: new Set(), skip: new Set(), crashes: drawCrashes(createRandom(seed), Math.min(actions, usualActions)) }
  const keep = (candidate: Case): boolean => {
    if (runs >= runsMax || !stillBreaks(candidate)) return false
    best = candidate
    return true
  }
  dropChunks(faultNames, (dropped) => keep({ ...best, without: new Set([...best.without, ...dropped]) }))
  dropChunks(best.crashes, (dropped) => keep({ ...best, crashes: best.crashes.filter((crash) => !dropped.includes(crash)) }))
  dropChunks(Array.from({ length: actions }, (_, index) => index), (dropped) => keep({ ...best, skip: new Set([...best.skip, ...dropped]) }))
  const last = runSeed(optionsOf(best)).violations.find(({ id }) => id === target.id)
  return {
    seed, actions, runs, without: [...best.without], skip: [...best.skip], crashes: best.crashes, breaks: target.id, detail: last?.detail ?? target.detail,
  }
}

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
