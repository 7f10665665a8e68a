import { describe, expect, it } from 'vitest'
import { rawOf } from '../../../src-main/base/index.ts'
import { limitsOf, policyPaths } from '../../../src-main/risk-policy/index.ts'
import { policyOf } from './policies.ts'

const setup = { reportingAsset: 'EUR', reportingDecimals: 6, instruments: ['BTC-USD'] }

const limits = (lines: string, decimals = 6) => {
  const answer = limitsOf(policyOf(lines), { ...setup, reportingDecimals: decimals })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.limits
}

describe('the limits of a policy', () => {
  it('are those of the review, in its units', () => {
    const { everyInstrument, instruments, ...all } = limits('instruments: {BTC-USD: {notionalMax: 70, openMax: 2}}\n')
    expect(rawOf(everyInstrument.orderNotionalMax)).toBe(1_000_000_000)
    const own = instruments.get('BTC-USD')
    expect(own === undefined ? [] : [rawOf(own.orderNotionalMax), rawOf(own.priceBand), own.ordersOpenMax]).toEqual([70_000_000, 30_000_000, 2])
    expect(all).toMatchObject({ ordersOpenMax: 400, ordersPerSecond: 20, ordersPerMinute: 600, priceAgeMaxMs: 5_000, driftMaxMs: 2_000, commandAgeMaxMs: 10_000 })
    expect([all.grossMax, all.leverageMax, all.marketSlippage].map(rawOf)).toEqual([20_000_000_000, 2_000_000_000, 10_000_000])
  })

  it('are rounded down to what the reporting currency can say', () => {
    expect(rawOf(limits('order: {notionalMax: 10.999999}\n', 2).everyInstrument.orderNotionalMax)).toBe(1_099)
    expect(rawOf(limits('order: {notionalMax: 10.5}\n', 8).everyInstrument.orderNotionalMax)).toBe(1_050_000_000)
  })

  it('never allow more together than the leverage makes of the capital', () => {
    expect(rawOf(limits('capital: {max: 1000}\nexposure: {leverageMax: 1.5}\n').grossMax)).toBe(1_500_000_000)
  })

  it('are none in another currency, or where an amount is past counting', () => {
    expect(limitsOf(policyOf('currency: USD\n'), setup)).toEqual({ ok: false, reason: 'other-currency' })
    expect(limitsOf(policyOf('order: {notionalMax: 1000000000}\n'), { ...setup, reportingDecimals: 8 })).toEqual({ ok: false, reason: 'not-countable' })
  })

  it('name what the review does not hold, and instruments that nobody trades', () => {
    const answer = limitsOf(policyOf('instruments: {DOGE-USD: {openMax: 1}}\n'), setup)
    expect(answer).toMatchObject({ ok: true, strangers: ['DOGE-USD'] })
    const unheld: readonly string[] = answer.ok ? answer.unheld : []
    // What is not named has to change what the review is given.
    const held = policyPaths.filter((path) => !unheld.includes(path))
    expect(held).toHaveLength(13)
    expect(unheld).toContain('hours.windowsUtc')
    expect(unheld).toContain('losses.dailyMax')
  })
})
