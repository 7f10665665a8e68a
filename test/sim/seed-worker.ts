import { parentPort, workerData } from 'node:worker_threads'
import type { Violation } from './checkers/index.ts'
import { runSeed } from './run-seed.ts'
import type { RunResult } from './world/world.ts'

/** Runs every n-th seed; who ran a seed makes no difference to what it does. */
interface Work {
  readonly seeds: readonly number[]
  readonly actions: number
  readonly intents: number
  readonly stopAtFirst: boolean
  readonly without: readonly string[]
}

const againEvery = 16

function comparedWith(first: RunResult, second: RunResult): RunResult {
  const same = first.traceHash === second.traceHash
  const { seed, steps } = first
  const violations: readonly Violation[] = same ? [] : [{ id: 'I17', seed, at: 0, step: steps, detail: `the same seed led to ${first.traceHash} and to ${second.traceHash}` }]
  return { ...first, checks: { ...first.checks, I17: 1 }, violations: [...first.violations, ...violations] }
}

const { seeds, actions, intents, stopAtFirst, without } = workerData as Work
for (const seed of seeds) {
  const options = { seed, actions, intents, without: new Set(without) }
  const first = runSeed(options)
  // The same again, now and then: I17.
  const result = seed % againEvery === 0 ? comparedWith(first, runSeed(options)) : first
  parentPort?.postMessage(result)
  if (stopAtFirst && result.violations.length > 0) break
}
