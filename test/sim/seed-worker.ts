import { parentPort, workerData } from 'node:worker_threads'
import type { Violation } from './checkers/index.ts'
import { runSeed } from './run-seed.ts'
import type { RunResult } from './world/run-result.ts'

/** Runs every n-th seed; who ran a seed makes no difference to what it does. */
interface Work {
  readonly seeds: readonly number[]
  readonly actions: number
  readonly intents: number
  readonly stopAtFirst: boolean
  readonly without: readonly string[]
}

const againEvery = 16

/** Equal all the way, not only in the end: each place where they are compared is a check. */
function comparedWith(first: RunResult, second: RunResult): RunResult {
  const { seed, steps } = first
  const [here, there] = [[...first.marks, first.traceHash], [...second.marks, second.traceHash]]
  const apart = here.findIndex((mark, index) => mark !== there[index])
  const violations: readonly Violation[] = apart < 0 && here.length === there.length ? [] : [{
    id: 'I17', seed, at: 0, step: steps, detail: `the same seed led to something else from mark ${apart < 0 ? here.length : apart} of ${here.length} on`,
  }]
  return { ...first, checks: { ...first.checks, I17: here.length }, violations: [...first.violations, ...violations] }
}

const { seeds, actions, intents, stopAtFirst, without } = workerData as Work
for (const seed of seeds) {
  const options = { seed, actions, intents, without: new Set(without) }
  const first = runSeed(options)
  // The same again, now and then: I17.
  const result = seed % againEvery === 0 ? comparedWith(first, runSeed(options)) : first
  parentPort?.postMessage({ ...result, marks: [], moments: [], recovered: new Map() })
  if (stopAtFirst && result.violations.length > 0) break
}
