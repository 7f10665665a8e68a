import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src-main/domain/index.ts'
import { Rig } from './trading-rig.ts'

const failed = { ok: false, why: 'HTTP 503' } as const
const secondsOf = (times: readonly number[]): readonly number[] => times.slice(1).map((at, index) => Math.round((at - (times[index] ?? 0)) / 1_000))

/** Each question is answered, a second later, by nothing that could be used. */
function inVain(rig: Rig, seconds: number): { readonly lookups: number[]; readonly rounds: number[] } {
  const asked = { lookups: [] as number[], rounds: [] as number[] }
  for (let second = 0; second < seconds; second += 1) {
    const { requests } = rig.pass(1_000)
    for (const request of requests) {
      if (request.kind === 'look-up-order') {
        asked.lookups.push(rig.at)
        rig.lookup(request.order, 'failed')
      } else if (request.kind === 'fetch-epoch') {
        asked.rounds.push(rig.at)
        rig.answerEpoch({ trades: failed })
      }
    }
  }
  return asked
}

function stuckOrder(): { readonly rig: Rig; readonly id: OrderId } {
  const rig = Rig.active()
  const id = rig.place()
  rig.process({ kind: 'send-unknown', at: rig.at, account: 'main', order: id, why: 'timeout' })
  rig.pass(rig.setup.timings.stuckAfterMs)
  rig.lookup(id, 'failed')
  expect(rig.order(id).status).toBe('stuck')
  return { rig, id }
}

describe('questions in vain', () => {
  it('for an order that is stuck are asked less and less often, down to one in five minutes', () => {
    const { rig } = stuckOrder()
    expect(secondsOf(inVain(rig, 1_800).lookups)).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300])
  })

  it('for an order that is stuck are asked at once when there is a line again', () => {
    const { rig, id } = stuckOrder()
    inVain(rig, 700)
    rig.process({ kind: 'stream-reported', at: rig.at, account: 'main', state: 'up' })
    expect(rig.pass(1_000).requests).toContainEqual(expect.objectContaining({ kind: 'look-up-order', order: id }))
    rig.lookup(id, 'failed')
    expect(inVain(rig, 6).lookups).toHaveLength(1)
  })

  it('of a whole round are asked less and less often, down to the minute of every round, and at once where something asks for one', () => {
    const rig = Rig.active()
    rig.pass(60_000)
    rig.answerEpoch({ trades: failed })
    expect(secondsOf(inVain(rig, 300).rounds)).toEqual([4, 8, 16, 32, 60, 60, 60])
    rig.process({ kind: 'stream-reported', at: rig.at, account: 'main', state: 'up' })
    expect(inVain(rig, 2).rounds).toHaveLength(1)
  })

  it('of a whole round are asked quickly again after one that was whole', () => {
    const rig = Rig.active()
    inVain(rig, 400)
    rig.pass(60_000)
    rig.answerEpoch()
    rig.pass(60_000)
    rig.answerEpoch({ trades: failed })
    expect(inVain(rig, 3).rounds).toHaveLength(1)
  })

  it('are not put off while a kill waits for the venue', () => {
    const rig = Rig.active()
    inVain(rig, 400)
    rig.process({ kind: 'kill-trading', at: rig.at, reason: 'a test', actor: 'hand' })
    expect(secondsOf(inVain(rig, 11).rounds)).toEqual([2, 2, 2, 2, 2])
  })
})
