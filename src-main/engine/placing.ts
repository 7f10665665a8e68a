import { assert, ensureDefined, fail, isMore, isPositive, lotsFromRaw, ok, subtract } from '../base/index.ts'
import type { Lots, Result, Ticks } from '../base/index.ts'
import type { EngineMode, OrderId, OrderSpec, Refusal, SelfTradePolicy, VenueOrderSpec } from '../domain/index.ts'
import { ensureApproved, reviewPlace, worstPriceOf as worstPriceForRisk } from '../risk/index.ts'
import type { Approved, PlaceableOrder, ReferencePrice } from '../risk/index.ts'
import { preventSelfTrade, resolveSize, venueSpecOf, worstPriceOf } from './contingency/index.ts'
import { cancelOrder } from './cancels.ts'
import { accountOf, ask, decide, orderWatch, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { keepsProtecting } from './halting.ts'
import { placeKey } from './engine-state.ts'
import { isExitHeld, releaseExit } from './exit-release.ts'
import { isStill } from './mode-transitions.ts'
import { mayProtectUnproven } from './naked.ts'
import { isInstrumentReducing } from './reducing.ts'
import type { OurOrder } from './our-order.ts'
import { isLive } from './our-order.ts'
import { perform } from './perform.ts'

/**
 * The way of an order out of the house. It must never let one leave without the approval of risk, twice, or before its record.
 * Invariants: 1 an order is sent at most once, whatever happens; 2 a send needs the record of `order-sending` to be durable; 3 outside of `active` only what
 * lowers risk leaves, and where trading stands still or has not begun only what protects a position; 4 nothing leaves that would trade with another order of ours.
 */
export interface Proposal {
  readonly order: OrderId
  readonly spec: OrderSpec
  /** When it was asked for. */
  readonly askedAt: number
  /** What a command or a contingency settled already. */
  readonly lots?: Lots
  readonly isProtecting?: boolean
}

/** May it leave now, and with how much? Changes nothing. */
export function review(core: Core, proposal: Proposal): Result<Approved<PlaceableOrder>, Refusal> {
  const { order, spec, askedAt } = proposal
  const { mode } = core.state.mode
  if (isStanding(mode) && proposal.isProtecting !== true) return fail(standing(mode))
  const tradable = tradableOf(core, spec.instrument)
  const ledger = ensureDefined(core.risk.get(spec.account), 'an account of this engine')
  const lots = proposal.lots === undefined ? sizeOf(core, spec, order) : ok(proposal.lots)
  if (!lots.ok) return lots
  const approved = reviewPlace({ order, spec, lots: lots.value, at: core.at, askedAt }, ledger, core.setup.limits, tradable)
  if (!approved.ok) return approved
  const refusal = refusalOfMode(core, spec, ensureApproved(approved.value).reduces, proposal.isProtecting === true)
  return refusal === undefined ? approved : fail(refusal)
}

function sizeOf(core: Core, spec: OrderSpec, order: OrderId): Result<Lots, Refusal> {
  const tradable = tradableOf(core, spec.instrument)
  // A size that was named rests on nothing else, and to count what is free is dear.
  if (spec.size.by === 'quantity' && spec.reduceOnly !== true) return resolveSize(spec, nothingKnown, tradable)
  const ledger = ensureDefined(core.risk.get(spec.account), 'an account of this engine')
  const side = spec.positionSide ?? 'net'
  const asset = tradable.settlement === 'delivery' && spec.side === 'sell' ? tradable.instrument.base : tradable.instrument.quote
  const facts = {
    price: priceToSizeBy(core, spec, ledger.price(spec.instrument)),
    free: ledger.free(asset),
    position: accountOf(core, spec.account).books.closable(spec.instrument, side),
    otherExits: exitsOf(core, spec, order),
  }
  return resolveSize(spec, facts, tradable)
}

const nothingKnown = { position: lotsFromRaw(0), otherExits: lotsFromRaw(0) }

/** What risk will count it with, so that the size that is cut to the money fits the money. */
function priceToSizeBy(core: Core, spec: OrderSpec, reference: ReferencePrice | undefined): Ticks | undefined {
  if (reference === undefined) return worstPriceOf(spec, {})
  if (spec.side === 'sell') return worstPriceOf(spec, reference)
  const worst = worstPriceForRisk(spec, reference, core.setup.limits.marketSlippage)
  return worst.ok ? worst.value : undefined
}

/** Of other orders on this side that may still fill and that only reduce. */
function exitsOf(core: Core, { account, instrument, side, positionSide }: OrderSpec, order: OrderId): Lots {
  const exposure = ensureDefined(core.risk.get(account), 'an account of this engine').exposure(instrument, positionSide ?? 'net')
  const exits = side === 'buy' ? exposure.reducingBuys : exposure.reducingSells
  const own = core.state.live.get(order)
  return own?.sentAt !== undefined && own.sentAt > 0 ? subtract(exits, own.lots) : exits
}

export function refusalOfMode(core: Core, spec: OrderSpec, reduces: boolean, isProtecting: boolean): Refusal | undefined {
  const { mode } = core.state.mode
  if (mode === 'active' && !isInstrumentReducing(core, spec.account, spec.instrument)) return undefined
  if (mode === 'active' || mode === 'reducing') {
    if (reduces) return undefined
    if (mode === 'reducing') return { rule: 'mode.not-allowed', detail: 'Trading may only reduce now, and this order does not.' }
    return { rule: 'instrument.reducing', detail: `${spec.instrument} may only reduce now: something about it is not explained yet.` }
  }
  const mayProtect = isProtecting && reduces && (mode !== 'starting' || mayProtectUnproven(core, spec))
  return mayProtect ? undefined : standing(mode)
}

const isStanding = (mode: EngineMode): boolean => mode === 'starting' || isStill(mode)
/** Nothing that this order could do may be done now; it waits without a word. */
export const isStandingFor = (core: Core, order: OurOrder): boolean => {
  const { mode } = core.state.mode
  return isStanding(mode) && !(keepsProtecting(core, order) && (mode !== 'starting' || mayProtectUnproven(core, order.spec)))
}

const standing = (mode: EngineMode): Refusal => ({ rule: 'mode.not-allowed', detail: `Trading is ${mode}: no order leaves.` })

/** An order that exists goes as far as it may: to the venue, into waiting, or to its end. */
export function launch(core: Core, order: OurOrder, approved: Approved<PlaceableOrder>): void {
  const { lots } = ensureApproved(approved)
  const { spec } = order
  const open = ensureDefined(core.state.liveIn.get(placeKey(spec.account, spec.instrument)), 'the place of an order that is live')
  const verdict = preventSelfTrade(order, lots, open, selfTradePolicy(core, spec))
  for (const { resting, did } of verdict.prevented) decide(core, { kind: 'self-trade-prevented', newcomer: order.id, resting, did })
  if (verdict.newcomer === 'denied') {
    decide(core, { kind: 'order-denied', order: order.id, refusal: { rule: 'self-trade', detail: 'It would have traded with another order of this account.' } })
  } else if (verdict.newcomer === 'waits') {
    if (isMore(lots, verdict.lots)) decide(core, { kind: 'order-resized', order: order.id, lots: verdict.lots, why: 'the rest would have met an order of this account' })
    if (order.status !== 'held' || order.heldFor !== 'sibling') decide(core, { kind: 'order-held', order: order.id, why: 'sibling' })
    if (isForNow(core, order)) core.watch.forNow.add(order.id)
  } else {
    send(core, order, approved)
  }
  for (const step of verdict.steps) perform(core, step)
}

/** Where the venue cannot amend, a part cannot be taken off what rests: the whole of it would go. */
export const selfTradePolicy = (core: Core, { instrument }: OrderSpec): SelfTradePolicy =>
  core.setup.selfTrade === 'decrement-both' && !tradableOf(core, instrument).abilities.amend ? 'cancel-new' : core.setup.selfTrade

function send(core: Core, order: OurOrder, approved: Approved<PlaceableOrder>): void {
  const { lots, worstPrice, reduces, order: id } = ensureApproved(approved)
  assert(id === order.id && order.sentAt === 0 && isLive(order), 'expected an order to be sent once, with the approval that is its own')
  const spec = keptFromTurning(core, order, venueSpecOf(order, lots, tradableOf(core, order.spec.instrument)), reduces)
  const validUntil = core.at + core.setup.timings.receiveWindowMs
  const { sequence } = decide(core, { kind: 'order-sending', order: id, venueSpec: spec, validUntil, worstPrice, reduces })
  ask(core, { kind: 'send-order', account: order.spec.account, needs: sequence, order: id, sendEpoch: core.state.sendEpoch, validUntil, spec })
  orderWatch(core, order).changeSince = core.at
}

/** While only what reduces may leave, the venue is asked to see to it too: another exit may be filled first. */
function keptFromTurning(core: Core, { spec }: OurOrder, venueSpec: VenueOrderSpec, reduces: boolean): VenueOrderSpec {
  const isFree = core.state.mode.mode === 'active' && !isInstrumentReducing(core, spec.account, spec.instrument)
  if (isFree || !reduces || !tradableOf(core, spec.instrument).abilities.reduceOnly) return venueSpec
  return { ...venueSpec, reduceOnly: true }
}

/** A held order's time has come. What may not leave now for good is denied; while nothing may leave it waits. */
export function release(core: Core, order: OurOrder): void {
  if (order.status !== 'held' || order.isCancelWanted) return
  if (isExitHeld(core, order)) return releaseExit(core, order)
  if (endIfLate(core, order)) return
  const left = order.spec.size.by === 'quantity' || isPositive(order.lots) ? { lots: remainderOf(order) } : {}
  const approved = review(core, { order: order.id, spec: order.spec, askedAt: core.at, ...left })
  if (approved.ok) return launch(core, order, approved.value)
  if (isStanding(core.state.mode.mode)) return
  decide(core, { kind: 'order-denied', order: order.id, refusal: approved.error })
}

/** Asked for at the price of the moment, by a person and not by a trigger, and it closes nothing. */
const isForNow = (core: Core, order: OurOrder): boolean => {
  const { type, timeInForce } = order.spec
  return (type === 'market' || timeInForce === 'ioc' || timeInForce === 'fok') && !order.triggered && order.onBehalfOf === undefined && !isExitHeld(core, order)
}

/** The moment it was asked for is over: it must not leave at another price, minutes later. */
function endIfLate(core: Core, order: OurOrder): boolean {
  if (!isForNow(core, order) || core.at - order.intendedAt <= core.setup.limits.commandAgeMaxMs) return false
  cancelOrder(core, order, { by: 'engine', why: 'it waited longer for another order than a command may be old' })
  return true
}

/** Time has passed: what was asked for the moment and waits still. */
export function endLate(core: Core): void {
  for (const id of core.watch.forNow) {
    const order = core.state.live.get(id)
    if (order === undefined || order.status !== 'held' || endIfLate(core, order)) core.watch.forNow.delete(id)
  }
}

const noLots = lotsFromRaw(0)

const remainderOf = ({ lots, filled }: OurOrder): Lots => (isMore(lots, filled) ? subtract(lots, filled) : noLots)
