import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionsMax, intentsWanted } from '../../sim/arguments.ts'
import { invariantIds } from '../../sim/checkers/index.ts'
import { runPolicy } from '../../sim/naive/policies.ts'
import { runSeed } from '../../sim/run-seed.ts'
import { sweep } from '../../sim/sweep.ts'
import type { CrashPoint } from '../../sim/world/run-options.ts'

const isDeep = process.env['BALLAST_DEEP'] !== undefined
const seeds = Array.from({ length: isDeep ? 200 : 3 }, (_, seed) => seed)
const perSeedMs = 60_000

interface Regression {
  readonly seed: number
  readonly actions: number
  readonly without: readonly string[]
  readonly skip: readonly number[]
  readonly crashes: readonly CrashPoint[]
}

const regressions = join(import.meta.dirname, '../../sim/regressions')
const kept = existsSync(regressions) ? readdirSync(regressions).filter((name) => name.endsWith('.json')) : []

describe('a simulated life of the trading engine', () => {
  it.each(seeds)('breaks no invariant with seed %i', (seed) => {
    const result = runSeed({ seed, actions: actionsMax, intents: intentsWanted })
    expect(result.violations).toEqual([])
    expect(result.crashes).toBeGreaterThanOrEqual(2)
    expect(result.intents).toBeGreaterThanOrEqual(200)
  }, perSeedMs)

  it('looks at every invariant that one run can look at', () => {
    const [first, second] = [runSeed({ seed: 4, actions: 200 }), runSeed({ seed: 5, actions: 200 })]
    const missing = invariantIds.filter((id) => id !== 'I17' && (first.checks[id] ?? 0) + (second.checks[id] ?? 0) === 0)
    // Few runs end with a group that is open or an order sized in cash.
    expect(missing.filter((id) => id.startsWith('I'))).toEqual([])
  }, perSeedMs)

  it('does the same again for the same seed', () => {
    const options = { seed: 11, actions: 60 }
    expect(runSeed(options).traceHash).toBe(runSeed(options).traceHash)
    expect(runSeed({ seed: 12, actions: 60 }).traceHash).not.toBe(runSeed(options).traceHash)
  }, perSeedMs)

  it.each(kept)('does not break again as in %s', (name) => {
    const { seed, actions, without, skip, crashes } = JSON.parse(readFileSync(join(regressions, name), 'utf8')) as Regression
    expect(runSeed({ seed, actions, without: new Set(without), skip: new Set(skip), crashes }).violations).toEqual([])
  }, perSeedMs)

  it('survives being broken off at every batch of records', async () => {
    const points = isDeep ? 5_000 : 24
    const { found, cases, runs, crashes } = await sweep(0, points, 2)
    expect(found).toEqual([])
    // Each point with four damages of the tail, and each run with a crash that really came.
    expect(cases).toBe(4 * points)
    expect(runs).toBeGreaterThan(points)
    expect(crashes).toBe(runs)
  }, isDeep ? 7_200_000 : perSeedMs)
})

describe('ways of trading that guess', () => {
  const total = (policy: Parameters<typeof runPolicy>[0]) => {
    let [duplicated, lost] = [0, 0]
    for (let seed = 0; seed < 5; seed++) {
      const result = runPolicy(policy, seed, 200)
      duplicated += result.duplicated
      lost += result.lost
    }
    return { duplicated, lost }
  }

  it.each(['resend-same-id', 'query-once-then-resend', 'unreadable-is-a-refusal'] as const)('lose or double orders: %s', (policy) => {
    const { duplicated, lost } = total(policy)
    expect(duplicated + lost).toBeGreaterThan(10)
  }, perSeedMs)

  it('do it where one that waits for proof does not', () => {
    expect(total('unknown-is-a-state')).toEqual({ duplicated: 0, lost: 0 })
  }, perSeedMs)
})
