import type { Lots, Ticks } from '../base/index.ts'
import type { AmendOrder, OrderSpec, PlaceGroup, PlaceOrder, Refusal } from '../domain/index.ts'
import { ensureApproved } from '../risk/index.ts'
import { heldFor, preventSelfTrade } from './contingency/index.ts'
import { planOf } from './commands.ts'
import { makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { placeKey } from './engine-state.ts'
import { freshOrder } from './our-order.ts'
import { refusalOfGrid, refusalOfPlace } from './place-plans.ts'
import { review, selfTradePolicy } from './placing.ts'

/**
 * What a command would lead to. It must never decide anything: it asks the very plans that a command is judged by, and enacts none.
 * Invariants: 1 the state, the numbering and what is watched are after it what they were before; 2 the verdict is the one that the command would get now.
 */
export type PreviewedCommand = Omit<PlaceOrder, 'commandId' | 'at'> | Omit<PlaceGroup, 'commandId' | 'at'> | Omit<AmendOrder, 'commandId' | 'at'>

/** One order of it. Without lots where its size cannot be told before its time. */
export interface PreviewedOrder {
  readonly refusal?: Refusal
  readonly lots?: Lots
  readonly worstPrice?: Ticks
  readonly reduces?: boolean
  /** Waits in the engine first, and is reviewed when its time comes. */
  readonly isHeld: boolean
}

export interface Preview {
  readonly refusal?: Refusal
  readonly orders: readonly PreviewedOrder[]
}

const withRefusal = (refusal: Refusal | undefined): { readonly refusal?: Refusal } => (refusal === undefined ? {} : { refusal })

export function previewOf(core: Core, wanted: PreviewedCommand): Preview {
  const planned = planOf(core, { ...wanted, commandId: 'preview', at: core.at })
  const refusal = planned.ok ? undefined : planned.error
  if (wanted.kind === 'place-order') {
    const order = previewOrder(core, wanted.order)
    return { ...withRefusal(refusal ?? order.refusal), orders: [order] }
  }
  if (wanted.kind === 'amend-order') return { ...withRefusal(refusal), orders: [{ ...withRefusal(refusal), isHeld: false, ...(wanted.lots === undefined ? {} : { lots: wanted.lots }) }] }
  const orders = wanted.orders.map((spec, place) => (wanted.group !== 'oco' && place === 0 ? previewOrder(core, spec) : previewLeg(core, spec)))
  return { ...withRefusal(refusal ?? orders[0]?.refusal), orders }
}

function previewOrder(core: Core, spec: OrderSpec): PreviewedOrder {
  const malformed = refusalOfPlace(core, spec)
  if (malformed !== undefined) return { refusal: malformed, isHeld: false }
  const tradable = tradableOf(core, spec.instrument)
  if (heldFor(spec, tradable) === 'trigger') return previewLeg(core, spec)
  const id = makeOrderId(core)
  const approved = review(core, { order: id, spec, askedAt: core.at })
  if (!approved.ok) return { refusal: approved.error, isHeld: false }
  const { lots, worstPrice, reduces } = ensureApproved(approved.value)
  const open = [...(core.state.liveIn.get(placeKey(spec.account, spec.instrument))?.values() ?? [])]
  const meets = preventSelfTrade(freshOrder(id, spec, core.at, lots), lots, open, selfTradePolicy(core, spec))
  const selfTrade: Refusal = { rule: 'self-trade', detail: 'It would have traded with another order of this account.' }
  return { ...withRefusal(meets.newcomer === 'denied' ? selfTrade : undefined), lots, worstPrice, reduces, isHeld: false }
}

/** Of what waits only the form and the grid are judged: the rest is, when its time comes. */
function previewLeg(core: Core, spec: OrderSpec): PreviewedOrder {
  const refusal = refusalOfPlace(core, spec) ?? refusalOfGrid(core, spec)
  const lots = spec.size.by === 'quantity' ? { lots: spec.size.lots } : {}
  return { ...withRefusal(refusal), ...lots, isHeld: true }
}
