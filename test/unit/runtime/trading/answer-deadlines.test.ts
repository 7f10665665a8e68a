import { describe, expect, it } from 'vitest'
import { ensureOk, lotsFromRaw } from '../../../../src-main/base/index.ts'
import { orderIdShape, type VenueReport, type VenueRequest } from '../../../../src-main/domain/index.ts'
import { AnswerDeadlines } from '../../../../src-main/runtime/trading/answer-deadlines.ts'

const order = ensureOk(orderIdShape.parse('0'.repeat(31) + '1'), 'an id of a test')
const named = { account: 'paper', needs: 0, order, instrument: 'BTC/USD' }
const requests: readonly VenueRequest[] = [
  {
    kind: 'send-order', account: 'paper', needs: 1, order, sendEpoch: 1, validUntil: 9_000,
    spec: { instrument: 'BTC/USD', side: 'buy', type: 'market', lots: lotsFromRaw(1), timeInForce: 'ioc', postOnly: false, reduceOnly: false, positionSide: 'net' },
  },
  { kind: 'send-cancel', ...named },
  { kind: 'send-amend', ...named, amendment: 3, sendEpoch: 1, lots: lotsFromRaw(2) },
  { kind: 'look-up-order', ...named },
  { kind: 'fetch-epoch', account: 'paper', needs: 0, epoch: 7, since: 5 },
]

function createWorld() {
  const world = { now: 0, told: [] as VenueReport[] }
  const deadlines = new AnswerDeadlines({ now: () => world.now, tell: (report) => void world.told.push(report), patienceMs: 10_000 })
  return { world, deadlines }
}

describe('what a venue owes an answer to', () => {
  it('is told as unknown when no answer came in time, never as failed, and once', () => {
    const { world, deadlines } = createWorld()
    for (const request of requests) deadlines.left(request)
    world.now = 9_999
    deadlines.look()
    expect(world.told).toEqual([])
    world.now = 10_000
    deadlines.look()
    deadlines.look()
    expect(world.told).toMatchObject([
      { kind: 'send-unknown', order, why: 'no answer in time' },
      { kind: 'cancel-reported', order, outcome: 'unknown' },
      { kind: 'amend-reported', order, amendment: 3, outcome: 'unknown' },
      { kind: 'lookup-reported', order, answer: { kind: 'failed' } },
      { kind: 'epoch-reported', epoch: 7, since: 5, openOrders: { ok: false }, balances: { ok: false } },
    ])
    expect(deadlines.size).toBe(0)
  })

  it('is owed no more once it was answered, and an answer to another amend is none', () => {
    const { world, deadlines } = createWorld()
    for (const request of requests) deadlines.left(request)
    const told = { at: 1, account: 'paper', order }
    deadlines.heard({ kind: 'send-accepted', ...told, venueOrder: 'v1' })
    deadlines.heard({ kind: 'amend-reported', ...told, amendment: 2, outcome: 'accepted', detail: '' })
    deadlines.heard({ kind: 'stream-reported', at: 1, account: 'paper', state: 'up' })
    world.now = 20_000
    deadlines.look()
    expect(world.told.map(({ kind }) => kind)).toEqual(['cancel-reported', 'amend-reported', 'lookup-reported', 'epoch-reported'])
  })

  it('is told at once when the far side is gone', () => {
    const { world, deadlines } = createWorld()
    for (const request of requests) deadlines.left(request)
    deadlines.giveUp('the process of the venue ended')
    expect(world.told).toHaveLength(5)
    expect(world.told[0]).toMatchObject({ kind: 'send-unknown', why: 'the process of the venue ended' })
    expect(deadlines.size).toBe(0)
  })

  it('does not wait for an answer to a sweep, which the next round of questions judges', () => {
    const { deadlines } = createWorld()
    deadlines.left({ kind: 'cancel-everything', account: 'paper', needs: 0 })
    expect(deadlines.size).toBe(0)
  })
})
