import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId, OrderStatus, VenueTrade } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent, Step } from './scene.ts'
import { tradeKey } from './witness.ts'

/**
 * Fills and status. I6 what is filled is the sum of its trades, only grows, and is never more than was asked without a flag; I7 each trade
 * counts once, with the venue's own numbers; I12 an order that ended stays ended, unless a query (never a stream) proves otherwise.
 */
export function createFillsChecker({ court, witness, truth }: Scene): Checker {
  const applied = new Map<string, VenueTrade>()
  const before = new Map<OrderId, OrderStatus>()
  let openedUpTo = 0

  const filled = (event: Extract<SimEvent, { kind: 'order-filled' }>, step: Step): void => {
    const key = tradeKey(event.trade)
    court.check('I7', !applied.has(key), () => `trade ${key} was counted twice`)
    applied.set(key, event.trade)
    const order = witness.orders.get(event.order)
    court.check('I6', order !== undefined, () => `trade ${key} counts for ${event.order}, which was never intended`)
    if (order === undefined) return
    let sum = 0
    for (const { trade } of order.fills.values()) sum += rawOf(trade.lots)
    court.check('I6', sum === order.filled, () => `${order.id} is filled by ${order.filled}, its trades add up to ${sum}`)
    const isFlagged = step.events.some((other) => other.kind === 'overfill-seen' && other.order === order.id)
    court.check('I6', order.filled <= order.lots || isFlagged || flagged.has(order.id), () => `${order.id} is filled by ${order.filled} of ${order.lots}, and nobody says so`)
    if (isFlagged) flagged.add(order.id)
  }
  const flagged = new Set<OrderId>()

  const regress = (event: SimEvent, step: Step): void => {
    if (!('order' in event) || typeof event.order !== 'string') return
    const order = witness.orders.get(event.order)
    if (order === undefined) return
    const was = before.get(event.order)
    before.set(event.order, order.status)
    if (was === undefined || was === order.status) return
    if (event.kind === 'order-corrected') {
      const isStream = step.input.kind === 'order-reported' && step.input.via === 'stream'
      court.check('I12', !isStream, () => `${event.order} went from ${was} back to ${order.status} on the word of a stream`)
      return
    }
    if (event.kind === 'fill-superseded') return
    court.check('I12', !isTerminal(was) || isTerminal(order.status), () => `${event.order} went from ${was} back to ${order.status} by ${event.kind}`)
    if (isTerminal(was)) court.check('I12', was !== 'filled', () => `${event.order} was filled and became ${order.status}`)
  }

  return {
    step(step) {
      for (const event of step.events) {
        if (event.kind === 'opening-taken') openedUpTo = event.upTo ?? event.at
        if (event.kind === 'fill-superseded') applied.delete(tradeKey(event.trade))
        if (event.kind === 'order-filled') filled(event, step)
        regress(event, step)
      }
    },
    recovered() {
      applied.clear()
      before.clear()
      for (const order of witness.orders.values()) {
        before.set(order.id, order.status)
        for (const [key, { trade }] of order.fills) applied.set(key, trade)
      }
    },
    quiet() {
      const real = new Map(truth.trades().map((trade) => [tradeKey(trade), trade]))
      for (const [key, trade] of real) {
        // I8 counts from an opening: what others did before the account was first seen is in it, and I8 and I9 compare what it says.
        if (trade.order === undefined && trade.at <= openedUpTo && !applied.has(key)) continue
        const here = applied.get(key)
        court.check('I7', here !== undefined, () => `trade ${key} of ${trade.order ?? 'somebody else'} never reached us`)
        if (here === undefined) continue
        const same = rawOf(here.lots) === rawOf(trade.lots) && rawOf(here.price) === rawOf(trade.price) && rawOf(here.fee) === rawOf(trade.fee) && here.feeAsset === trade.feeAsset
        court.check('I7', same, () => `trade ${key} was counted with other numbers than the venue's`)
      }
      for (const key of applied.keys()) court.check('I7', real.has(key), () => `trade ${key} is counted and the venue has no such trade`)
    },
  }
}
