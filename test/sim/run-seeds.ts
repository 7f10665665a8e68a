import { faultNames } from '../../src-main/venues/paper/index.ts'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { invariantIds } from './checkers/index.ts'
import type { Violation } from './checkers/index.ts'
import type { RunResult } from './world/run-result.ts'

export interface Report {
  readonly seeds: number
  readonly intents: number
  readonly sends: number
  readonly fills: number
  readonly crashes: number
  readonly unknown: number
  readonly faults: Readonly<Record<string, number>>
  readonly invariants: readonly { readonly id: string; readonly checks: number }[]
  readonly violations: readonly Violation[]
  readonly traceHash: string
  readonly elapsedMs: number
}

export interface SeedsAsked {
  readonly seeds: number
  readonly firstSeed: number
  readonly actions: number
  readonly intents: number
  readonly workers: number
  readonly stopAtFirst: boolean
  readonly without: readonly string[]
}

/** The seeds are dealt out to workers; what they found is put together by seed, so that who was faster leaves no mark. */
export async function runSeeds(asked: SeedsAsked): Promise<readonly RunResult[]> {
  const { seeds, firstSeed, actions, intents, stopAtFirst, without } = asked
  const count = Math.min(asked.workers, seeds)
  const results: RunResult[] = []
  await Promise.all(Array.from({ length: count }, (_, index) => new Promise<void>((done, failed) => {
    const mine = Array.from({ length: seeds }, (_seed, place) => firstSeed + place).filter((_seed, place) => place % count === index)
    const worker = new Worker(join(import.meta.dirname, 'seed-worker.ts'), { workerData: { seeds: mine, actions, intents, stopAtFirst, without } })
    worker.on('message', (result: RunResult) => results.push(result))
    worker.on('error', failed)
    worker.on('exit', () => done())
  })))
  return results.sort((a, b) => a.seed - b.seed)
}

export function reportOf(results: readonly RunResult[], elapsedMs: number): Report {
  const sum = (pick: (result: RunResult) => number): number => results.reduce((total, result) => total + pick(result), 0)
  const hash = createHash('sha256')
  for (const { seed, traceHash } of results) hash.update(`${seed} ${traceHash}\n`)
  return {
    seeds: results.length, intents: sum(({ intents }) => intents), sends: sum(({ sends }) => sends), fills: sum(({ fills }) => fills), crashes: sum(({ crashes }) => crashes),
    unknown: sum(({ unknown }) => unknown),
    faults: Object.fromEntries(faultNames.map((name) => [name, sum(({ faults }) => faults[name] ?? 0)])),
    invariants: invariantIds.map((id) => ({ id, checks: sum(({ checks }) => checks[id] ?? 0) })),
    violations: results.flatMap(({ violations }) => violations),
    traceHash: hash.digest('hex'), elapsedMs,
  }
}
