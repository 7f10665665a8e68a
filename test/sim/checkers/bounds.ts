import type { EpochReported } from '../../../src-main/domain/index.ts'
import type { Checker, Scene } from './scene.ts'

/**
 * Limits on everything. I20 a cancel leaves at once whatever else waits; I21 what the engine keeps stays in proportion to what it was asked;
 * I22 nothing stays unknown, and the state comes to rest, once the venue is well; I23 no secret gets into an event, a record or a request.
 */
const cancelWaitMaxMs = 250
/** For an input, and for each thing that it tells of. */
const eventsMax = 400
const eventsForEachItemMax = 3

export function createBoundsChecker({ court, witness, facts, engine }: Scene): Checker {
  return {
    left({ request, waitedMs }) {
      if (request.kind === 'send-cancel' || request.kind === 'cancel-everything') {
        court.check('I20', waitedMs <= cancelWaitMaxMs, () => `a cancel waited ${waitedMs} ms`)
      }
    },
    step({ input, events, requests }) {
      const items = input.kind === 'epoch-reported' ? itemsOf(input) : 0
      court.check('I21', events.length <= eventsMax + items * eventsForEachItemMax, () => `${input.kind} led to ${events.length} events`)
      if (events.length === 0 && requests.length === 0) return
      const text = JSON.stringify(events) + JSON.stringify(requests)
      court.check('I23', !text.includes(facts.secret), () => `a secret is in what followed from ${input.kind}`)
    },
    quiet() {
      for (const order of witness.orders.values()) {
        court.check('I22', order.status !== 'unknown' && order.status !== 'sending', () => `${order.id} is still ${order.status}`)
        court.check('I22', order.cancel !== 'sending' && order.cancel !== 'unknown' || !witness.live.has(order.id), () => `the cancel of ${order.id} is still ${order.cancel}`)
      }
      for (const [name, count] of Object.entries(engine().counts())) {
        court.check('I21', count <= 200_000, () => `${name} has grown to ${count}`)
      }
      court.check('I23', !engine().snapshotText().includes(facts.secret), () => 'a secret is in the snapshot')
    },
  }
}

const itemsOf = ({ openOrders, closedOrders, trades, postings }: EpochReported): number =>
  [openOrders, closedOrders, trades, postings].reduce((sum, part) => sum + (part.ok ? part.items.length : 0), 0)
