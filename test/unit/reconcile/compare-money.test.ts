import { expect, test } from 'vitest'
import { compareMoney } from '../../../src-main/reconcile/index.ts'
import { askedAt, books, epoch, moneyOf, rules } from './account-rig.ts'

test('agreeing to the unit leaves nothing to say', () => {
  const ours = books({ positions: [{ instrument: 'BTC/USD', lots: 5 }], balances: [{ asset: 'USD', total: 7 }] })
  expect(moneyOf(ours, epoch({ positions: [{ instrument: 'BTC/USD', lots: 5 }], balances: [{ asset: 'USD', total: 7 }] }))).toEqual([])
})

test('one lot is a break, told with both numbers', () => {
  const ours = books({ positions: [{ instrument: 'BTC/USD', lots: 5 }] })
  expect(moneyOf(ours, epoch({ positions: [{ instrument: 'BTC/USD', lots: 6 }] }))).toEqual([
    { kind: 'break', what: 'position', instrument: 'BTC/USD', detail: 'position BTC/USD net: 5 lots here, 6 at the venue' },
  ])
})

test('one minor unit is a break', () => {
  const ours = books({ balances: [{ asset: 'USD', total: 7 }] })
  expect(moneyOf(ours, epoch({ balances: [{ asset: 'USD', total: 8 }] }))).toMatchObject([{ what: 'balance', instrument: 'USD' }])
})

test('what a whole list leaves out is flat, and differs from a position of ours', () => {
  expect(moneyOf(books({ positions: [{ instrument: 'BTC/USD', lots: 5 }] }), epoch())).toMatchObject([{ kind: 'break', what: 'position' }])
})

test('a position that we do not know is a break too', () => {
  expect(moneyOf(books(), epoch({ positions: [{ instrument: 'ETH/USD', lots: -1 }] }))).toMatchObject([{ kind: 'break', instrument: 'ETH/USD' }])
})

test('a list that failed compares nothing', () => {
  const told = { ...epoch(), positions: { ok: false, why: 'timeout' } as const }
  expect(compareMoney(books({ positions: [{ instrument: 'BTC/USD', lots: 5 }] }), told, new Set(), rules)).toEqual({ findings: [], skipped: 0 })
})

test('what moved within the grace is left for the next round and counted', () => {
  const ours = books({ positions: [{ instrument: 'BTC/USD', lots: 5, changedAt: askedAt - 4_999 }], balances: [{ asset: 'USD', total: 7, changedAt: askedAt }] })
  expect(compareMoney(ours, epoch(), new Set(), rules)).toEqual({ findings: [], skipped: 2 })
})

test('an instrument with fills that are still to come is not compared, nor is any balance', () => {
  const ours = books({ positions: [{ instrument: 'BTC/USD', lots: 5 }, { instrument: 'ETH/USD', lots: 1 }], balances: [{ asset: 'USD', total: 7 }] })
  expect(compareMoney(ours, epoch(), new Set(['BTC/USD']), rules)).toMatchObject({ findings: [{ instrument: 'ETH/USD' }], skipped: 2 })
})

test('a break heals when the two agree again, and not while it cannot be compared', () => {
  const breaks = [{ what: 'position', instrument: 'BTC/USD', detail: 'was' }] as const
  const agreeing = epoch({ positions: [{ instrument: 'BTC/USD', lots: 5 }] })
  expect(moneyOf(books({ breaks, positions: [{ instrument: 'BTC/USD', lots: 5 }] }), agreeing)).toEqual([{ kind: 'heal', what: 'position', instrument: 'BTC/USD' }])
  expect(moneyOf(books({ breaks, positions: [{ instrument: 'BTC/USD', lots: 5, changedAt: askedAt }] }), agreeing)).toEqual([])
})

test('a break that goes on is not told again', () => {
  const breaks = [{ what: 'position', instrument: 'BTC/USD', detail: 'was' }] as const
  expect(moneyOf(books({ breaks, positions: [{ instrument: 'BTC/USD', lots: 5 }] }), epoch())).toEqual([])
})

test.each(['position', 'balance'] as const)('a break of a %s that neither side lists any more heals, once nothing about it is still to come', (what) => {
  const ours = books({ breaks: [{ what, instrument: 'BTC', detail: 'was' }] })
  expect(compareMoney(ours, epoch(), new Set(['BTC']), rules)).toEqual({ findings: [], skipped: 1 })
  expect(compareMoney(ours, epoch(), new Set(), rules)).toEqual({ findings: [{ kind: 'heal', what, instrument: 'BTC' }], skipped: 0 })
})
