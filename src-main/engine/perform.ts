import { ensureDefined } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import { cancelOrder } from './cancels.ts'
import type { Intention } from './contingency/index.ts'
import { resizeOrder } from './amends.ts'
import { accountOf, decide, makeOrderId } from './core.ts'
import type { Core } from './core.ts'
import { keepsProtecting } from './halting.ts'
import { mayProtectUnproven, sayNaked } from './naked.ts'
import { launch, release, review } from './placing.ts'
import type { OurOrder } from './our-order.ts'

/** Turns what should follow into events and requests. What cannot be done now is left: as long as the state asks for it, it is intended again. */
export function perform(core: Core, step: Intention): void {
  if (step.kind === 'end-group') {
    decide(core, { kind: 'group-ended', group: step.group, why: step.why })
    return
  }
  if (step.kind === 'place-piece') return placePiece(core, step)
  const order = core.state.orders.get(step.order)
  if (order !== undefined) performOn(core, order, step)
}

type Step = Exclude<Intention, { readonly kind: 'end-group' | 'place-piece' }>

function performOn(core: Core, order: OurOrder, step: Step): void {
  switch (step.kind) {
    case 'trigger-order': {
      if (!order.triggered) decide(core, { kind: 'order-triggered', order: order.id, price: step.price })
      return
    }
    case 'move-stop': {
      decide(core, { kind: 'stop-moved', order: order.id, trigger: step.trigger })
      return
    }
    case 'release-order': return core.watch.isStopping ? undefined : release(core, order)
    case 'cancel-order': return cancelOrder(core, order, { by: 'engine', why: step.why })
    case 'resize-order': return resizeOrder(core, order, step.lots, step.why)
    case 'expire-order': return cancelOrder(core, order, { by: 'engine', why: 'its time was over', isExpiry: true })
    case 'flag-order': {
      if (step.what === 'overfilled') sayOverfilled(core, order, step.lots)
      else decide(core, { kind: 'order-flagged', order: order.id, what: step.what, lots: step.lots, detail: step.detail })
      return
    }
  }
}

/** With what it leaves: whoever is told has to see how much is held that nobody asked for. */
function sayOverfilled(core: Core, { id, spec, link }: OurOrder, excess: Lots): void {
  const { lots: position } = accountOf(core, spec.account).books.position(spec.instrument, spec.positionSide ?? 'net')
  decide(core, { kind: 'overfill-seen', order: id, excess, position, ...(link === undefined ? {} : { group: link.group }) })
}

/** A piece is an order of its own, reviewed like any other; one that is refused is on record, so that the next try waits. */
function placePiece(core: Core, { onBehalfOf, spec, lots, replaces }: Extract<Intention, { readonly kind: 'place-piece' }>): void {
  // An owner that ended may still need a piece: a stop that was full, or a bracket whose entry filled late.
  const owner = core.state.orders.get(onBehalfOf)
  if (owner === undefined || core.watch.isStopping) return
  const isProtecting = keepsProtecting(core, owner)
  if (core.state.mode.mode === 'starting' && !(isProtecting && mayProtectUnproven(core, spec))) return sayNaked(core, owner, lots)
  const order = makeOrderId(core)
  decide(core, { kind: 'order-intended', order, spec, lots, onBehalfOf, ...(replaces === undefined ? {} : { replaces }) })
  const approved = review(core, { order, spec, lots, askedAt: core.at, isProtecting })
  if (approved.ok) launch(core, ensureDefined(core.state.orders.get(order), 'the piece that was just intended'), approved.value)
  else decide(core, { kind: 'order-denied', order, refusal: approved.error })
}
