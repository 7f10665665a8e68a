import { describe, expect, it } from 'vitest'
import { ensureOk, lotsFromRaw, ticksFromRaw } from '../../../../src-main/base/index.ts'
import { orderIdShape, type VenueRequest } from '../../../../src-main/domain/index.ts'
import { Outbox } from '../../../../src-main/runtime/trading/outbox.ts'

const orderOf = (number: number) => ensureOk(orderIdShape.parse(number.toString(16).padStart(32, '0')), 'an id of a test')
const account = 'paper'
const send = (number: number, needs: number, more: { sendEpoch?: number; validUntil?: number } = {}): VenueRequest => ({
  kind: 'send-order', account, needs, order: orderOf(number), sendEpoch: more.sendEpoch ?? 1, validUntil: more.validUntil ?? 10_000,
  spec: {
    instrument: 'BTC/USD', side: 'buy', type: 'limit', lots: lotsFromRaw(1), limit: ticksFromRaw(100), timeInForce: 'gtc', postOnly: false, reduceOnly: false,
    positionSide: 'net',
  },
})
const amend = (number: number, sendEpoch: number): VenueRequest => ({
  kind: 'send-amend', account, needs: 0, order: orderOf(number), instrument: 'BTC/USD', amendment: 1, sendEpoch, lots: lotsFromRaw(2),
})
const cancel = (number: number): VenueRequest => ({ kind: 'send-cancel', account, needs: 0, order: orderOf(number), instrument: 'BTC/USD' })
const round = (epoch: number): VenueRequest => ({ kind: 'fetch-epoch', account, needs: 0, epoch, since: 0 })
const lookup = (number: number): VenueRequest => ({ kind: 'look-up-order', account, needs: 0, order: orderOf(number), instrument: 'BTC/USD' })

function createWorld(pace = { capacity: 100, perSecond: 100 }) {
  const world = {
    durable: 0, sendEpoch: 1, now: 1_000, ms: 0,
    left: [] as VenueRequest[],
    stayed: [] as string[],
    timers: [] as { at: number; work: () => void }[],
    onLeave: undefined as ((request: VenueRequest) => void) | undefined,
    pass(forMs: number) {
      world.ms += forMs
      for (const timer of world.timers.filter(({ at }) => at <= world.ms)) {
        world.timers.splice(world.timers.indexOf(timer), 1)
        timer.work()
      }
    },
  }
  const outbox = new Outbox({
    durable: () => world.durable, sendEpoch: () => world.sendEpoch, now: () => world.now, monotonicMs: () => world.ms, pace,
    later(afterMs, work) {
      const timer = { at: world.ms + afterMs, work }
      world.timers.push(timer)
      return () => void world.timers.splice(world.timers.indexOf(timer), 1)
    },
    leave(request) {
      world.left.push(request)
      world.onLeave?.(request)
    },
    stay: (request, why) => void world.stayed.push(`${request.kind} ${why}`),
  })
  return { world, outbox }
}

describe('the outbox', () => {
  it('lets nothing leave before the record that it needs is durable', () => {
    const { world, outbox } = createWorld()
    outbox.take(send(1, 5))
    outbox.take(send(2, 6))
    world.durable = 4
    outbox.release()
    expect(world.left).toEqual([])
    world.durable = 5
    outbox.release()
    expect(world.left).toEqual([send(1, 5)])
    world.durable = 9
    outbox.release()
    outbox.release()
    expect(world.left).toEqual([send(1, 5), send(2, 6)])
    expect(outbox.size).toBe(0)
  })

  it('lets cancels and questions leave at once, past what waits for the disk', () => {
    const { world, outbox } = createWorld()
    outbox.take(send(1, 5))
    outbox.take(cancel(2))
    outbox.take(lookup(3))
    expect(world.left).toEqual([cancel(2), lookup(3)])
  })

  it('keeps what a halt has overtaken, and says so', () => {
    const { world, outbox } = createWorld()
    outbox.take(send(1, 5))
    world.sendEpoch = 2
    outbox.take(amend(2, 1))
    world.durable = 5
    outbox.release()
    outbox.take(send(3, 5, { sendEpoch: 2 }))
    expect(world.left).toEqual([send(3, 5, { sendEpoch: 2 })])
    expect(world.stayed).toEqual(['send-amend overtaken by a halt', 'send-order overtaken by a halt'])
  })

  it('keeps what waited longer for the disk than the venue would take, and says so', () => {
    const { world, outbox } = createWorld()
    outbox.take(send(1, 5, { validUntil: 2_000 }))
    world.now = 2_001
    world.durable = 5
    outbox.release()
    expect(world.left).toEqual([])
    expect(world.stayed).toEqual(['send-order older than the venue would take'])
  })

  it('keeps its pace, cancels first and without waiting, rounds of questions last', () => {
    const { world, outbox } = createWorld({ capacity: 2, perSecond: 10 })
    for (const request of [send(1, 0), send(2, 0), round(1), send(3, 0), lookup(4), round(2)]) outbox.take(request)
    expect(world.left).toEqual([send(1, 0), send(2, 0)])
    outbox.take(cancel(9))
    expect(world.left.slice(2)).toEqual([cancel(9)])
    world.pass(100)
    expect(world.left).toHaveLength(3)
    world.pass(100)
    expect(world.left.slice(3)).toEqual([lookup(4)])
    world.pass(100)
    expect(world.left.slice(4)).toEqual([send(3, 0)])
    world.pass(100)
    expect(world.left).toHaveLength(5)
    world.pass(100)
    // It costs more than the bucket holds: it leaves when that is full, and the next one waits for its debt.
    expect(world.left.slice(5)).toEqual([round(1)])
    outbox.take(send(4, 0))
    for (let step = 0; step < 5; step++) world.pass(100)
    expect(world.left).toHaveLength(6)
    world.pass(100)
    expect(world.left.slice(6)).toEqual([send(4, 0)])
    for (let step = 0; step < 3; step++) world.pass(100)
    expect(world.left.slice(7)).toEqual([round(2)])
    expect(outbox.size).toBe(0)
  })

  it('lets each request leave once, in its turn, when a venue that answers at once asks for more', () => {
    const { world, outbox } = createWorld()
    world.onLeave = (request) => {
      if (request.kind === 'send-order' && request.order === orderOf(1)) {
        outbox.take(send(3, 0))
        outbox.take(cancel(1))
      }
    }
    outbox.take(send(1, 0))
    expect(world.left).toEqual([send(1, 0), cancel(1), send(3, 0)])
  })

  it('lets nothing leave after its end', () => {
    const { world, outbox } = createWorld({ capacity: 1, perSecond: 1 })
    outbox.take(send(1, 0))
    outbox.take(send(2, 0))
    outbox.take(send(3, 7))
    outbox.close()
    world.durable = 7
    outbox.release()
    world.pass(10_000)
    outbox.take(cancel(4))
    expect(world.left).toEqual([send(1, 0)])
  })
})
