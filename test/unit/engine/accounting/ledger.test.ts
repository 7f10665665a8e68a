import { describe, expect, it } from 'vitest'
import { amountFromRaw } from '../../../../src-main/base/index.ts'
import { Ledger, movement } from '../../../../src-main/engine/accounting/ledger.ts'
import type { LedgerPosting } from '../../../../src-main/engine/accounting/ledger.ts'

const money = amountFromRaw

describe('the ledger', () => {
  it('books nothing of an entry that does not sum to zero in every asset', () => {
    const ledger = new Ledger()
    ledger.book(movement('USD', 'external', 'wallet', money(5)))
    const before = JSON.stringify(ledger.sums())
    const crooked: readonly LedgerPosting[] = [
      ...movement('USD', 'external', 'wallet', money(1)), { asset: 'BTC', account: 'wallet', amount: money(1) }, { asset: 'USD', account: 'fees', amount: money(-1) },
    ]
    expect(() => ledger.book(crooked)).toThrow('to sum to zero in every asset')
    // Two wrongs in two assets do not make it right.
    expect(() => ledger.book([{ asset: 'BTC', account: 'wallet', amount: money(1) }, { asset: 'USD', account: 'wallet', amount: money(-1) }])).toThrow('to sum to zero')
    // Nor does an asset that is right vouch for the one after it.
    expect(() => ledger.book([...movement('USD', 'external', 'wallet', money(1)), { asset: 'BTC', account: 'wallet', amount: money(1) }])).toThrow('to sum to zero')
    expect(JSON.stringify(ledger.sums())).toBe(before)
  })

  it('tells its sums in one order without zeros, whatever came first', () => {
    const entries = [movement('USD', 'external', 'wallet', money(5)), movement('BTC', 'external', 'wallet', money(2)), movement('USD', 'wallet', 'fees', money(1)), movement('ETH', 'dust', 'wallet', money(3))]
    const [there, back] = [new Ledger(), new Ledger()]
    for (const entry of entries) there.book(entry)
    for (const entry of entries.toReversed()) back.book(entry)
    for (const ledger of [there, back]) ledger.takeBack(movement('ETH', 'dust', 'wallet', money(3)))
    expect(there.sums()).toEqual([
      { asset: 'BTC', account: 'wallet', amount: 2 }, { asset: 'BTC', account: 'external', amount: -2 },
      { asset: 'USD', account: 'wallet', amount: 4 }, { asset: 'USD', account: 'fees', amount: 1 }, { asset: 'USD', account: 'external', amount: -5 },
    ])
    expect(JSON.stringify(back.sums())).toBe(JSON.stringify(there.sums()))
    expect(new Ledger(there.sums()).sums()).toEqual(there.sums())
  })
})
