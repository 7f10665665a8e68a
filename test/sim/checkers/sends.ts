import type { OrderId } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent } from './scene.ts'

/**
 * What leaves the machine. I1 nothing leaves for an order before the record that says so is durable; I2 an id leaves at most once, ever;
 * I13 (first half) what a halt or a kill has overtaken stays here.
 */
export function createSendsChecker({ court, witness }: Scene): Checker {
  const sent = new Map<OrderId, number>()
  /** The record of the last halt or kill: what was decided before it shall not leave after it. */
  let stoppedBy = 0
  return {
    step({ events }) {
      for (const event of events) if (isStop(event)) stoppedBy = event.sequence
    },
    left({ request, durableSequence, sendEpoch }) {
      court.check('I1', request.needs <= durableSequence, () => `${request.kind} left before record ${request.needs} was durable (${durableSequence})`)
      if (request.kind === 'send-amend') {
        court.check('I13', request.sendEpoch >= sendEpoch, () => `an amend of epoch ${request.sendEpoch} left in epoch ${sendEpoch}`)
        court.check('I13', request.needs > stoppedBy, () => `an amend of record ${request.needs} left after the stop of record ${stoppedBy}`)
      }
      if (request.kind !== 'send-order') return
      const order = witness.orders.get(request.order)
      const written = order?.sendingSequence ?? 0
      court.check('I1', written > 0 && written <= durableSequence, () => `${request.order} left, its sending is record ${written}, durable is ${durableSequence}`)
      court.check('I2', !sent.has(request.order), () => `${request.order} left for the second time`)
      court.check('I13', request.sendEpoch >= sendEpoch, () => `an order of epoch ${request.sendEpoch} left in epoch ${sendEpoch}`)
      court.check('I13', written > stoppedBy, () => `${request.order} of record ${written} left after the stop of record ${stoppedBy}`)
      sent.set(request.order, written)
    },
    recovered({ recovered }) {
      stoppedBy = recovered.findLast(isStop)?.sequence ?? 0
      // What left is in the world: the books that survived must know of it.
      for (const order of sent.keys()) {
        court.check('I15', (witness.orders.get(order)?.sendingSequence ?? 0) > 0, () => `${order} left, and the recovered journal does not know of it`)
      }
    },
  }
}

/** That a kill is complete stops nothing that its beginning did not. */
const isStop = (event: SimEvent): boolean =>
  event.kind === 'mode-changed' && (event.to === 'halted' || event.to === 'killing' || (event.to === 'killed' && event.from !== 'killing'))
