import { assert, fail, isMore, lotsFromRaw, ok, rawOf } from '../base/index.ts'
import type { OrderId, OrderSpec, PlaceOrder, Refusal } from '../domain/index.ts'
import { reviewForm } from '../risk/index.ts'
import { heldFor } from './contingency/index.ts'
import { decide, makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { launch, refusalOfMode, review } from './placing.ts'
import type { Planned } from './plan.ts'

/** What placing one order leads to: it leaves, or the engine holds it. */
export function refusalOfPlace(core: Core, spec: OrderSpec): Refusal | undefined {
  const account = core.risk.get(spec.account)
  if (account === undefined) return { rule: 'order.unknown-account', detail: `There is no account called ${spec.account}.` }
  const tradable = core.tradables.get(spec.instrument)
  if (tradable === undefined) return { rule: 'order.unknown-instrument', detail: `There is no instrument called ${spec.instrument}.` }
  return reviewForm(spec, tradable, account.positions)
}

export function planPlace(core: Core, { order: spec, at }: PlaceOrder): Planned {
  const refusal = refusalOfPlace(core, spec)
  if (refusal !== undefined) return fail(refusal)
  const order = makeOrderId(core)
  const waitsFor = heldFor(spec, tradableOf(core, spec.instrument))
  return waitsFor === 'trigger' ? planHeld(core, spec, order, at) : planFree(core, spec, order, at, waitsFor)
}

/** The engine holds it until its price comes; what it may do then is reviewed then. */
function planHeld(core: Core, spec: OrderSpec, order: OrderId, at: number): Planned {
  const refusal = refusalOfMode(core, spec, spec.reduceOnly === true, false) ?? refusalOfAge(core, at) ?? refusalOfGrid(core, spec)
  if (refusal !== undefined) return fail(refusal)
  return ok({ orders: [order], enact: () => hold(core, spec, order) })
}

/** What no venue would ever take is not held until its price comes. */
export function refusalOfGrid(core: Core, { instrument, size, limit, trigger }: OrderSpec): Refusal | undefined {
  const { rules } = tradableOf(core, instrument)
  if (size.by === 'quantity') {
    const limits = { actual: rawOf(size.lots) }
    if (isMore(rules.quantityMin, size.lots)) return { rule: 'filter.quantity-min', limit: rawOf(rules.quantityMin), ...limits, detail: 'The venue takes no order so small.' }
    if (isMore(size.lots, rules.quantityMax)) return { rule: 'filter.quantity-max', limit: rawOf(rules.quantityMax), ...limits, detail: 'The venue takes no order so large.' }
  }
  for (const price of [limit, trigger?.price]) {
    if (price === undefined || !(isMore(rules.priceMin, price) || isMore(price, rules.priceMax))) continue
    return { rule: 'filter.price-range', limit: rawOf(isMore(price, rules.priceMax) ? rules.priceMax : rules.priceMin), actual: rawOf(price), detail: 'The venue knows no such price.' }
  }
  return undefined
}

export function refusalOfAge(core: Core, at: number): Refusal | undefined {
  const { driftMaxMs, commandAgeMaxMs } = core.setup.limits
  if (at - core.at > driftMaxMs) return { rule: 'time.drift', limit: driftMaxMs, actual: at - core.at, detail: 'The command is dated in the future.' }
  if (core.at - at > commandAgeMaxMs) return { rule: 'time.replayed', limit: commandAgeMaxMs, actual: core.at - at, detail: 'The command is too old to be obeyed.' }
  return undefined
}

export const noLots = lotsFromRaw(0)
export const lotsOf = ({ size }: OrderSpec) => (size.by === 'quantity' ? size.lots : noLots)

function hold(core: Core, spec: OrderSpec, order: OrderId): void {
  decide(core, { kind: 'order-intended', order, spec, lots: lotsOf(spec) })
  decide(core, { kind: 'order-held', order, why: 'trigger' })
}

export function planFree(core: Core, spec: OrderSpec, order: OrderId, askedAt: number, waitsFor: 'nothing' | 'iceberg' | 'parent' | string): Planned {
  const approved = review(core, { order, spec, askedAt })
  if (!approved.ok) return approved
  return ok({
    orders: [order],
    enact: () => {
      decide(core, { kind: 'order-intended', order, spec, lots: approved.value.value.lots })
      if (waitsFor === 'iceberg') decide(core, { kind: 'order-held', order, why: 'iceberg' })
      else launchNew(core, order, approved.value)
    },
  })
}

export function launchNew(core: Core, id: OrderId, approved: Parameters<typeof launch>[2]): void {
  const order = core.state.orders.get(id)
  assert(order !== undefined, 'expected the order that was just intended')
  launch(core, order, approved)
}
