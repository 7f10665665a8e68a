import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BallastHome } from './ballast-process.ts'

let home: BallastHome
beforeEach(() => {
  home = new BallastHome()
})
afterEach(() => home.dispose())

interface Paper {
  readonly quotes: number
  readonly orders: number
  readonly fills: number
  readonly faults: { readonly total: number; readonly kinds: number }
  readonly crashes: number
  readonly unknownOpened: number
  readonly unknownResolved: number
  readonly manualSteps: number
  readonly unexplainedDifferences: number
  readonly activeShare: number
  readonly ledger: { readonly balanced: boolean; readonly residuals: Record<string, string> }
  readonly traceHash: string
}

describe('two days on paper', () => {
  it('trade, fail, crash and come back by themselves, agree with the exchange, and are the same days in another process', { timeout: 240_000 }, async () => {
    const wish = ['paper', '--days', '2', '--speed', 'max', '--seed', '7'] as const
    const [first, second] = await Promise.all([home.json(...wish), home.json(...wish)]) as [unknown, unknown] as [Paper, Paper]
    expect(second.traceHash).toBe(first.traceHash)
    expect({ ...second, elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 })
    const { manualSteps, unexplainedDifferences, ledger } = first
    expect({ manualSteps, unexplainedDifferences, isBalanced: ledger.balanced }).toEqual({ manualSteps: 0, unexplainedDifferences: 0, isBalanced: true })
    expect(Object.values(ledger.residuals).every((residual) => Number(residual) === 0)).toBe(true)
    expect(first.unknownResolved).toBe(first.unknownOpened)
    // Two of the thirty days, and a little less: what is drawn is not the same each day.
    expect(first.quotes).toBeGreaterThan(1_333_000)
    expect(first.orders).toBeGreaterThan(333)
    expect(first.fills).toBeGreaterThan(100)
    expect(first.faults.total).toBeGreaterThan(20)
    expect(first.faults.kinds).toBeGreaterThanOrEqual(12)
    expect(first.crashes).toBeGreaterThanOrEqual(2)
    expect(first.activeShare).toBeGreaterThan(0.9)
  })
})
