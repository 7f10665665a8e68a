import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderId, VenueOrderView } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent, Step } from './scene.ts'

/**
 * One intent, one order. I3 never two orders at the venue for one id, and a new try only after the end of the one before; I4 at rest every
 * order of ours at the venue is known and every open one is there; I5 an end rests on what the venue said, and the venue agrees.
 */
export function createIntentsChecker(scene: Scene): Checker {
  const { court, witness, truth } = scene
  const evidence = new Map<OrderId, Evidence>()
  /** Until when each could still arrive at the venue, by the venue's time. */
  const arrivesUntil = new Map<OrderId, number>()
  /** What others placed is known by the venue's own id. */
  const externals = new Map<string, OrderId>()

  const of = (order: OrderId): Evidence => {
    const known = evidence.get(order)
    if (known !== undefined) return known
    const fresh: Evidence = { said: new Set(), notFound: [], toldNotFound: 0 }
    evidence.set(order, fresh)
    return fresh
  }

  const judge = (event: SimEvent): void => {
    if (event.kind === 'order-sending') {
      arrivesUntil.set(event.order, scene.now() + scene.facts.receiveWindowMs)
      const replaced = witness.orders.get(event.order)?.replaces
      const before = replaced === undefined ? undefined : witness.orders.get(replaced)
      if (before !== undefined) {
        court.check('I3', isTerminal(before.status) || before.sendingSequence === 0, () => `${event.order} is sent in place of ${before.id}, which is ${before.status}`)
      }
      return
    }
    const ending = endings[event.kind]
    if (ending === undefined || !('order' in event)) return
    const order = witness.orders.get(event.order)
    if (order === undefined) return
    const wasSent = order.sendingSequence > 0 || order.view !== undefined
    const isPersonal = event.kind === 'order-canceled' && event.by === 'person'
    if (event.kind === 'order-absent') judgeAbsence(event.order)
    else if (wasSent && !isPersonal && !(event.kind === 'order-rejected' && of(event.order).said.has('not-sent'))) {
      court.check('I5', ending.some((status) => of(event.order).said.has(status)), () => `${event.order} ended as ${event.kind}; the venue never said so`)
    }
    for (const there of truth.ordersOf(event.order)) {
      if (!isPersonal) court.check('I5', there.status !== 'open', () => `${event.order} ended as ${event.kind} while it is open at the venue`)
    }
  }

  const judgeAbsence = (id: OrderId): void => {
    const { notFound, said } = of(id)
    if (said.has('not-sent')) return
    // By the true time, because the machine's own clock may have jumped meanwhile; an answer is heard at most so long after it was asked for.
    const { clockErrorMs, absenceMarginMs, lookupGapMs } = scene.facts
    const from = (arrivesUntil.get(id) ?? 0) + clockErrorMs + absenceMarginMs - 1_000
    const proofs = notFound.filter((heardAt) => heardAt >= from)
    const isApart = proofs.length >= 2 && Math.max(...proofs) - Math.min(...proofs) >= lookupGapMs - answerMaxMs
    court.check('I5', isApart, () => `${id} is called absent after not-found answers at ${notFound.join(', ')}; proof counts from ${from}`)
    court.check('I5', truth.ordersOf(id).length === 0, () => `${id} is called absent and is at the venue`)
  }

  /** That it was not found is told only where the venue said so, in so many words. */
  const judgeNotFound = (id: OrderId): void => {
    const known = of(id)
    known.toldNotFound += 1
    court.check('I18', known.toldNotFound <= known.notFound.length, () => `${id} is told as not found, and the venue said so ${known.notFound.length} times only`)
  }

  const judgeAmended = (id: OrderId): void => {
    const [here, asked] = [scene.engine().sizeOf(id)?.lots, witness.orders.get(id)?.lots]
    court.check('I6', here === asked, () => `${id} was changed to ${asked} lots and counts as ${here}`)
  }

  const hear = ({ input }: Step): void => {
    const view = (seen: VenueOrderView): void => {
      const order = seen.order ?? externals.get(seen.venueOrder)
      if (order !== undefined) of(order).said.add(seen.status)
    }
    switch (input.kind) {
      case 'order-reported': view(input.view); break
      case 'send-rejected': of(input.order).said.add('rejected'); break
      case 'send-not-sent': of(input.order).said.add('not-sent').add('rejected'); break
      case 'lookup-reported':
        if (input.answer.kind === 'found') view(input.answer.view)
        if (input.answer.kind === 'not-found') judgeNotFound(input.order)
        break
      case 'epoch-reported':
        for (const part of [input.openOrders, input.closedOrders]) if (part.ok) part.items.forEach(view)
        break
      default: break
    }
  }

  return {
    step(step) {
      for (const event of step.events) if (event.kind === 'external-adopted') externals.set(event.view.venueOrder, event.order)
      hear(step)
      for (const event of step.events) {
        judge(event)
        if (event.kind === 'amend-changed' && event.to === 'acked') judgeAmended(event.order)
      }
      for (const event of step.events) {
        if (event.kind === 'order-working' || event.kind === 'order-filled') {
          court.check('I3', truth.ordersOf(event.order).length <= 1, () => `${event.order} is at the venue more than once`)
        }
      }
    },
    answered({ call, code }) {
      if (call.kind === 'lookup' && code === scene.facts.notFoundCode && call.clientId !== undefined) of(call.clientId as OrderId).notFound.push(scene.now())
    },
    left({ request, expiresAt = Infinity }) {
      // A machine that stood still lets a send go late: the venue takes it only while it is both young and not past its own expiry.
      if (request.kind === 'send-order') arrivesUntil.set(request.order, Math.min(scene.now() + scene.facts.receiveWindowMs, expiresAt))
    },
    recovered() {
      externals.clear()
      for (const order of witness.orders.values()) if (order.view !== undefined) externals.set(order.view.venueOrder, order.id)
    },
    quiet() {
      for (const there of truth.orders()) {
        if (there.order === undefined || there.isExternal) continue
        const known = witness.orders.get(there.order)
        court.check('I3', truth.ordersOf(there.order).length === 1, () => `${there.order} is at the venue more than once`)
        court.check('I4', known !== undefined, () => `${there.order} is at the venue and in no journal`)
        if (known === undefined) continue
        const isOpen = there.status === 'open'
        const size = scene.engine().sizeOf(there.order)
        if (isOpen && there.reduceOnly !== true) {
          court.check('I4', size?.lots === rawOf(there.lots), () => `${there.order} has ${rawOf(there.lots)} lots at the venue and ${size?.lots} here`)
          court.check('I4', size?.filled === rawOf(there.filled), () => `${there.order} is filled by ${rawOf(there.filled)} at the venue and by ${size?.filled} here`)
        }
        court.check('I4', isOpen === !isTerminal(known.status), () => `${there.order} is ${there.status} at the venue and ${known.status} here`)
      }
      for (const order of witness.live.values()) {
        if (order.sendingSequence === 0) continue
        const there = truth.ordersOf(order.id)
        court.check('I4', there.some(({ status }) => status === 'open'), () => `${order.id} is ${order.status} here (${order.lots} lots) and not open at the venue`)
      }
    },
  }
}

const answerMaxMs = 3_000

interface Evidence {
  readonly said: Set<string>
  /** When the venue said so, as it came over the wire. */
  readonly notFound: number[]
  toldNotFound: number
}

/** Which words of the venue allow which end. What is gone after a fill in full may be told either way. */
const endings: Readonly<Partial<Record<SimEvent['kind'], readonly string[]>>> = {
  'order-canceled': ['canceled'],
  'order-expired': ['expired', 'canceled'],
  'order-rejected': ['rejected'],
  'order-absent': [],
}
