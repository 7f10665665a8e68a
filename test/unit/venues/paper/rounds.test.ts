import { describe, expect, it } from 'vitest'
import type { EpochReported } from '../../../../src-main/domain/index.ts'
import { paperHouse, startAt } from './paper-house.ts'

const isWhole = ({ openOrders, closedOrders, trades, positions, balances, postings }: EpochReported): boolean =>
  [openOrders, closedOrders, trades, positions, balances, postings].every(({ ok }) => ok)

describe('a round of questions over a bad line', () => {
  it('is nearly always whole, because a question that was not answered is asked again, and is over within five seconds', () => {
    const { venue, run, of } = paperHouse({ weather: 'flaky-wifi' })
    const rounds = 60
    for (let epoch = 1; epoch <= rounds; epoch += 1) {
      venue.perform({ kind: 'fetch-epoch', account: 'paper', needs: 0, epoch, since: startAt })
      run(10_000)
    }
    const told = of('epoch-reported')
    expect(told).toHaveLength(rounds)
    expect(told.filter(isWhole).length).toBeGreaterThanOrEqual(rounds - 3)
    const tookMs = told.filter(isWhole).map(({ at, askedAt }) => at - askedAt)
    expect(tookMs.filter((ms) => ms > 5_000).length).toBeLessThanOrEqual(1)
  })
})
