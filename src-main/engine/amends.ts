import { ensureDefined, fail, isMore, isPositive, lotsFromRaw, ok, subtract } from '../base/index.ts'
import type { Lots, Result, Ticks } from '../base/index.ts'
import type { OrderId, OrderSpec, Refusal } from '../domain/index.ts'
import { ensureApproved, reviewAmend, reviewForm } from '../risk/index.ts'
import type { Approved, PlaceableAmend } from '../risk/index.ts'
import { cancelOrder } from './cancels.ts'
import { crossedBy } from './contingency/index.ts'
import { accountWatch, ask, decide, makeOrderId, orderWatch, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { placeKey } from './engine-state.ts'
import { exitsInTheWay } from './exits.ts'
import { keepsProtecting } from './halting.ts'
import { sayNaked } from './naked.ts'
import { refusalOfGrid } from './place-plans.ts'
import { refusalOfMode, release, review } from './placing.ts'
import { isInDoubt, isLive, mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Changing what is live. It must never lose what was filled meanwhile, and never have the old and the new order live at the same time.
 * Invariants: 1 a new quantity is the whole one, what is filled included; 2 until the venue answers, the larger of both sizes counts; 3 where the
 * venue cannot amend, the new order leaves only after the old one is proven gone, and for what is then left.
 */
export interface AmendWanted {
  readonly lots?: Lots
  readonly limit?: Ticks
  readonly trigger?: Ticks
}

/** Whether it may be changed, and what is to be done; nothing is changed before `enact`. */
export interface AmendPlan {
  readonly orders: readonly OrderId[]
  readonly enact: () => void
}

const notPossible = (detail: string): { readonly ok: false; readonly error: Refusal } => fail({ rule: 'order.amend-not-possible', detail })

export function planAmend(core: Core, order: OurOrder, wanted: AmendWanted, askedAt: number): Result<AmendPlan, Refusal> {
  if (!isLive(order)) return fail({ rule: 'order.already-ended', detail: `The order is ${order.status}.` })
  if (order.isExternal) return notPossible('Somebody else placed it.')
  if (order.isCancelWanted) return notPossible('It is being canceled.')
  if (!mayBeAtVenue(order)) return planHere(core, order, wanted, askedAt)
  if (isInDoubt(order)) return notPossible('It is not known yet whether it is at the venue.')
  if (order.amend !== 'none') return notPossible('A change of it is under way.')
  const tradable = tradableOf(core, order.spec.instrument)
  if (!tradable.abilities.amend) return planReplacement(core, order, wanted, askedAt)
  const crossed = refusalOfCrossing(core, order, wanted)
  if (crossed !== undefined) return fail(crossed)
  const approved = approveAmend(core, order, wanted, askedAt, false)
  return approved.ok ? ok({ orders: [order.id], enact: () => sendAmend(core, order, approved.value) }) : approved
}

/** At its new price it must not meet another order of ours. A trigger order is not on the book. */
function refusalOfCrossing(core: Core, order: OurOrder, { limit }: AmendWanted): Refusal | undefined {
  if (limit === undefined || order.venueSpec?.type !== 'limit') return undefined
  const { account, instrument } = order.spec
  const open = [...(core.state.liveIn.get(placeKey(account, instrument))?.values() ?? [])]
  const [met] = crossedBy({ ...order, limit }, open)
  return met === undefined ? undefined : { rule: 'self-trade', detail: 'At this price it would trade with another order of this account.' }
}

function approveAmend(
  core: Core, order: OurOrder, wanted: AmendWanted, askedAt: number, isProtecting: boolean,
): Result<Approved<PlaceableAmend>, Refusal> {
  const { spec, lots, filled, limit, trigger } = order
  const tradable = tradableOf(core, spec.instrument)
  const ledger = ensureDefined(core.risk.get(spec.account), 'an account of this engine')
  const approved = reviewAmend({
    order: order.id, spec, lots, filled, at: core.at, askedAt,
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(wanted.lots === undefined ? {} : { newLots: wanted.lots }),
    ...(wanted.limit === undefined ? {} : { newLimit: wanted.limit }),
    ...(wanted.trigger === undefined ? {} : { newTrigger: wanted.trigger }),
  }, ledger, core.setup.limits, tradable)
  if (!approved.ok) return approved
  // Making an order smaller is always possible; anything else is a new decision.
  const isSmallerOnly = wanted.limit === undefined && wanted.trigger === undefined && wanted.lots !== undefined && !isMore(wanted.lots, lots)
  const refusal = isSmallerOnly ? undefined : refusalOfMode(core, spec, ensureApproved(approved.value).reduces, isProtecting)
  return refusal === undefined ? approved : fail(refusal)
}

function sendAmend(core: Core, order: OurOrder, approved: Approved<PlaceableAmend>): void {
  const { lots, limit, trigger, worstPrice, reduces } = ensureApproved(approved)
  const prices = { ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }) }
  const amendment = order.amendment + 1
  const { sequence } = decide(core, { kind: 'amend-changed', order: order.id, to: 'sending', amendment, lots, ...prices, worstPrice, reduces, detail: 'asked for' })
  const { account, instrument } = order.spec
  ask(core, {
    kind: 'send-amend', account, needs: sequence, order: order.id, instrument, amendment, sendEpoch: core.state.sendEpoch, lots, ...prices,
    ...(order.venueOrder === undefined ? {} : { venueOrder: order.venueOrder }),
  })
  orderWatch(core, order).changeSince = core.at
}

/** What the engine holds is changed here and now. */
function planHere(core: Core, order: OurOrder, wanted: AmendWanted, askedAt: number): Result<AmendPlan, Refusal> {
  if (order.link !== undefined && wanted.lots !== undefined) return notPossible('The size of a leg follows the group.')
  if (wanted.lots !== undefined && !isMore(wanted.lots, order.filled)) return notPossible('The new quantity is not above what is filled.')
  if (wanted.limit !== undefined && order.limit === undefined) return notPossible('It has no limit price to change.')
  if (wanted.trigger !== undefined && order.trigger === undefined) return notPossible('It has no trigger to change.')
  if (wanted.trigger !== undefined && order.triggered) return notPossible('Its trigger was pulled already.')
  if (order.heldFor === 'replaced') return notPossible('It takes the place of another order that is not gone yet.')
  const spec = {
    ...order.spec,
    ...(wanted.lots === undefined ? {} : { size: { by: 'quantity' as const, lots: wanted.lots } }),
    ...(wanted.limit === undefined ? {} : { limit: wanted.limit }),
    ...(wanted.trigger === undefined || order.spec.trigger === undefined ? {} : { trigger: { ...order.spec.trigger, price: wanted.trigger } }),
  }
  const malformed = reviewForm(spec, tradableOf(core, spec.instrument), ensureDefined(core.risk.get(spec.account), 'an account of this engine').positions)
  const refused = malformed ?? refusalOfGrid(core, order.heldFor === 'iceberg' ? { ...spec, size: order.spec.size } : spec) ?? refusalOfGrowth(core, order, spec, askedAt)
  if (refused !== undefined) return fail(refused)
  return ok({ orders: [order.id], enact: () => amendHere(core, order, wanted) })
}

/** More than was agreed to is a new decision, as if the rest of it were placed now. */
function refusalOfGrowth(core: Core, { id, lots, filled, heldFor }: OurOrder, spec: OrderSpec, askedAt: number): Refusal | undefined {
  if (spec.size.by !== 'quantity' || !isMore(spec.size.lots, lots)) return undefined
  if (heldFor !== 'iceberg') return refusalOfMode(core, spec, spec.reduceOnly === true, false)
  const approved = review(core, { order: id, spec, lots: subtract(spec.size.lots, filled), askedAt })
  return approved.ok ? undefined : approved.error
}

function amendHere(core: Core, order: OurOrder, wanted: AmendWanted): void {
  const amendment = order.amendment + 1
  const { limit, trigger } = wanted
  decide(core, {
    kind: 'amend-changed', order: order.id, to: 'sending', amendment, lots: wanted.lots ?? order.lots, detail: 'asked for',
    ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }),
  })
  decide(core, { kind: 'amend-changed', order: order.id, to: 'acked', amendment, detail: 'the engine holds it' })
}

/** Two intents: the old one goes, and only when that is proven the new one leaves. */
function planReplacement(core: Core, order: OurOrder, wanted: AmendWanted, askedAt: number): Result<AmendPlan, Refusal> {
  if (order.link !== undefined || order.onBehalfOf !== undefined) return notPossible('It belongs to a group, and this venue cannot amend.')
  const lots = wanted.lots ?? order.lots
  if (!isMore(lots, order.filled)) return notPossible('The new quantity is not above what is filled.')
  const { limit: _limit, trigger: _trigger, ...rest } = order.spec
  const limit = wanted.limit ?? order.limit
  const trigger = wanted.trigger ?? order.trigger
  const spec = {
    ...rest, size: { by: 'quantity' as const, lots },
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined || order.spec.trigger === undefined ? {} : { trigger: { ...order.spec.trigger, price: trigger } }),
  }
  const ledger = ensureDefined(core.risk.get(spec.account), 'an account of this engine')
  const malformed = reviewForm(spec, tradableOf(core, spec.instrument), ledger.positions)
  if (malformed !== undefined) return fail(malformed)
  // As if the old one were gone already: what would be refused then must not take the old one away now.
  const judged = approveAmend(core, order, wanted, askedAt, false)
  if (!judged.ok) return judged
  const stopped = refusalOfMode(core, spec, ensureApproved(judged.value).reduces, false)
  if (stopped !== undefined) return fail(stopped)
  const id = makeOrderId(core)
  return ok({
    orders: [id],
    enact: () => {
      decide(core, { kind: 'order-intended', order: id, spec, lots, replaces: order.id })
      decide(core, { kind: 'order-held', order: id, why: 'replaced' })
      cancelOrder(core, order, { by: 'person', why: 'another order takes its place' })
    },
  })
}

const noLots = lotsFromRaw(0)

/** Held orders whose former has ended: they leave for what is left of it, or end with it. */
export function followReplaced(core: Core, former: OurOrder): void {
  // With a stop of trading nothing leaves; as time passes it is looked at again.
  if (core.state.replacedHeld === 0 || core.watch.isStopping) return
  const place = core.state.liveIn.get(`${former.spec.account}|${former.spec.instrument}`)
  if (place === undefined) return
  for (const order of [...place.values()]) {
    if (order.heldFor !== 'replaced' || order.status !== 'held') continue
    if (order.spec.size.by === 'all' ? isStillInTheWay(core, order) : order.replaces !== former.id) continue
    if (order.spec.size.by !== 'all' && mayHaveFilledMore(core, former)) {
      orderWatch(core, former).isCurious = true
      continue
    }
    const left = order.spec.size.by === 'all' ? order.lots : leftOf(order, former)
    if (order.spec.size.by !== 'all' && !isPositive(left)) {
      cancelOrder(core, order, { by: 'engine', why: 'what it was to replace was filled' })
      continue
    }
    if (isMore(order.lots, left)) decide(core, { kind: 'order-resized', order: order.id, lots: left, why: 'part of what it replaces was filled' })
    release(core, order)
  }
}

/** What it takes the place of counts by name: it need not look like an exit, and may still sell beside it. */
function isStillInTheWay(core: Core, { spec, replaces }: OurOrder): boolean {
  const replaced = replaces === undefined ? undefined : core.state.orders.get(replaces)
  return (replaced !== undefined && isLive(replaced)) || exitsInTheWay(core, spec).length > 0
}

/** The word that ended it may have come before its last trades: an answer by name has to show it too, or a whole round from well after. */
function mayHaveFilledMore(core: Core, former: OurOrder): boolean {
  const { status, venueOrder, spec } = former
  // A clock that went back must not make it wait for as long as it went.
  const endedAt = Math.min(former.endedAt, core.at)
  if (venueOrder === undefined || status === 'filled') return false
  const shownAt = core.watch.orders.get(former.id)?.endedShownAt ?? 0
  return shownAt < endedAt && accountWatch(core, spec.account).toldAt < endedAt + core.setup.timings.graceMs
}

/** After a start: what waited for an end that was heard before it. */
export function followAllReplaced(core: Core): void {
  if (core.state.replacedHeld === 0 || core.state.mode.mode === 'starting' || core.watch.isStopping) return
  for (const order of [...core.state.live.values()]) {
    if (order.heldFor !== 'replaced' || order.status !== 'held' || order.replaces === undefined) continue
    const former = core.state.orders.get(order.replaces)
    if (former !== undefined && !isLive(former)) followReplaced(core, former)
  }
}

/** By what was asked for, so that it comes to the same however often it is looked at. */
const leftOf = ({ spec, lots }: OurOrder, former: OurOrder): Lots => {
  const whole = spec.size.by === 'quantity' ? spec.size.lots : lots
  return isMore(whole, former.filled) ? subtract(whole, former.filled) : noLots
}

/** For the contingencies: only the size, and only where the venue amends; what is held is resized here. */
export function resizeOrder(core: Core, order: OurOrder, lots: Lots, why: string): void {
  if (!isLive(order)) return
  if (!mayBeAtVenue(order)) {
    decide(core, { kind: 'order-resized', order: order.id, lots, why })
    return
  }
  if (order.isCancelWanted || isInDoubt(order) || order.amend !== 'none' || core.watch.isStopping) return
  if (!tradableOf(core, order.spec.instrument).abilities.amend) return cancelOrder(core, order, { by: 'engine', why })
  // Before the first clean round only what the venue itself keeps from growing a position may be made larger.
  const isProven = core.state.mode.mode !== 'starting' || order.venueSpec?.reduceOnly === true
  const approved = approveAmend(core, order, { lots }, core.at, isProven && keepsProtecting(core, order))
  if (approved.ok) sendAmend(core, order, approved.value)
  else if (isMore(lots, order.lots)) sayNaked(core, order, subtract(lots, order.lots))
}
