import { describe, expect, it } from 'vitest'
import type { JournalRecord } from '../../../src-main/ports/index.ts'
import { Tally } from '../../../src-main/rehearsal/tally.ts'

let sequence = 0
const record = (kind: string, body: JournalRecord['body']): JournalRecord => {
  sequence += 1
  return { sequence, kind: `trading.${kind}`, at: sequence, body: { sequence, ...body } }
}
const intended = (order: string, side: 'buy' | 'sell') => record('order-intended', { order, spec: { instrument: 'BTC/USD', side }, lots: 10 })
const filled = (order: string, lots: number) => record('order-filled', { order, trade: { lots }, inferred: false })

function tallyOf(records: readonly JournalRecord[]): Tally {
  const tally = new Tally()
  for (const each of records) tally.count(each)
  return tally
}

describe('a tally of records', () => {
  it('adds fills up to positions, and takes back those that stand no more', () => {
    const tally = tallyOf([
      intended('a', 'buy'), intended('b', 'sell'), filled('a', 10), filled('b', 4), record('fill-superseded', { order: 'a', trade: { lots: 3 } }),
    ])
    expect([tally.orders, tally.fills, tally.positions.get('BTC/USD')]).toEqual([2, 1, 3])
  })

  it('counts a record once, however often a crash brings it back', () => {
    const records = [intended('a', 'buy'), filled('a', 10)]
    const tally = tallyOf([...records, ...records])
    expect([tally.orders, tally.fills, tally.positions.get('BTC/USD')]).toEqual([1, 1, 10])
    expect(tally.hash.digest).toBe(tallyOf(records).hash.digest)
  })

  it('calls an unknown order resolved when its fate is known, and not before', () => {
    const open = [intended('a', 'buy'), record('order-unknown', { order: 'a', why: 'silence' }), record('order-unknown', { order: 'a', why: 'silence' })]
    expect(tallyOf(open)).toMatchObject({ unknownOpened: 1, unknownResolved: 0 })
    expect(tallyOf([...open, record('order-absent', { order: 'a', proof: 'p' })])).toMatchObject({ unknownOpened: 1, unknownResolved: 1 })
  })

  it('keeps an order that is stuck until it is settled', () => {
    const stuck = [intended('a', 'buy'), record('order-stuck', { order: 'a', why: 'no proof' })]
    expect(tallyOf(stuck)).toMatchObject({ stuck: 1, stuckSeen: 1 })
    expect(tallyOf([...stuck, filled('a', 10)])).toMatchObject({ stuck: 0, stuckSeen: 1 })
  })

  it('names a difference that was seen until it is healed', () => {
    const seen = record('break-seen', { account: 'paper', instrument: 'BTC/USD', what: 'position', detail: 'one more there' })
    expect(tallyOf([seen]).openBreaks).toEqual(['paper BTC/USD position'])
    expect(tallyOf([seen, record('break-healed', { account: 'paper', instrument: 'BTC/USD', what: 'position' })]).openBreaks).toEqual([])
  })

  it('does not take a fill of an order that no record speaks of', () => {
    expect(() => tallyOf([filled('nobody', 1)])).toThrow('no record speaks of')
  })
})
