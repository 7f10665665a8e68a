import {
  absolute, add, countFromRaw, isEqual, isMore, isNegative, isPositive, isZero, lotsFromRaw, minimum, mulDiv, rawOf, subtract,
} from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import type { OrderSpec, Refusal } from '../domain/index.ts'
import { isKeptFromGrowing } from '../risk/index.ts'
import { cancelOrder } from './cancels.ts'
import { accountOf, decide, makeOrderId, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { placeKey } from './engine-state.ts'
import { exitsInTheWay, isPutBack, salesInOtherPairs, wholeInTheWay } from './exits.ts'
import { keepsProtecting } from './halting.ts'
import { isInDoubt, isStop, openLots } from './our-order.ts'
import type { OurOrder } from './our-order.ts'
import { isStandingFor, launch, review } from './placing.ts'

/**
 * The way out of what the engine holds to close a position. It must never give an exit up while there is something left to close: whoever relies on a stop
 * does not look again.
 * Invariants: 1 an exit leaves for no more than is held, and for no less because of other exits that the venue itself keeps from growing the position;
 * 2 where they would lock or turn what a stop needs, they are taken back first; 3 one that is refused stays, is tried again, and a person is told once.
 */
export const isExitHeld = (core: Core, order: OurOrder): boolean => order.spec.reduceOnly === true || keepsProtecting(core, order)

export function releaseExit(core: Core, order: OurOrder): void {
  const waiting = core.watch.exitTries.get(order.id)
  if (waiting !== undefined && core.at < waiting.nextAt) return
  const { spec } = order
  const held = heldAgainst(core, spec)
  if (isZero(held)) return endEmpty(core, order)
  const wanted = spec.size.by === 'all' || isZero(order.lots) ? held : minimum(held, subtract(order.lots, order.filled))
  const room = roomFor(core, order, wanted, held)
  if (room === undefined) return
  const lots = minimum(room, tradableOf(core, spec.instrument).rules.quantityMax)
  const approved = review(core, { order: order.id, spec, lots, askedAt: core.at, isProtecting: keepsProtecting(core, order) })
  if (!approved.ok) return keepTrying(core, order, lots, approved.error)
  core.watch.exitTries.delete(order.id)
  if (!isEqual(lots, order.lots)) decide(core, { kind: 'order-resized', order: order.id, lots, why: 'so much of it there is to close now' })
  if (isMore(room, lots)) intendRest(core, order, subtract(room, lots))
  launch(core, order, approved.value)
}

/** The venue takes no more of it at once: the rest is an order of its own, and leaves by the same door. */
function intendRest(core: Core, { id, spec, triggered, trigger }: OurOrder, lots: Lots): void {
  const rest = makeOrderId(core)
  decide(core, { kind: 'order-intended', order: rest, spec: { ...spec, size: { by: 'quantity', lots } }, lots, replaces: id })
  decide(core, { kind: 'order-held', order: rest, why: triggered ? 'trigger' : 'sibling' })
  if (triggered && trigger !== undefined) decide(core, { kind: 'order-triggered', order: rest, price: trigger })
}

/** What there is to close on the other side. */
function heldAgainst(core: Core, { account, instrument, side, positionSide }: OrderSpec): Lots {
  const lots = accountOf(core, account).books.closable(instrument, positionSide ?? 'net')
  return (side === 'sell' ? isPositive(lots) : isNegative(lots)) ? absolute(lots) : noLots
}

const noLots = lotsFromRaw(0)

/** None: others have to go first, and were asked to. */
function roomFor(core: Core, order: OurOrder, wanted: Lots, held: Lots): Lots | undefined {
  if (isKeptFromGrowing(order.spec, tradableOf(core, order.spec.instrument))) return wanted
  const here = exitsInTheWay(core, order.spec).filter(({ id }) => id !== order.id)
  const elsewhere = salesInOtherPairs(core, order.spec)
  const [takenHere, takenElsewhere] = [takenBy(core, order, here), takenBy(core, order, elsewhere)]
  const taken = add(takenHere, takenElsewhere)
  const there = thereToDeliver(core, order) ?? held
  if (!isMore(add(taken, wanted), there)) return wanted
  if (!isStop(order) && order.heldFor !== 'replaced') {
    if (isMore(there, taken)) return minimum(wanted, subtract(there, taken))
    // Of what only reduces the review says why; a piece of a leg would pass it, and turn the position: it waits for what the others leave.
    return order.spec.reduceOnly === true ? wanted : undefined
  }
  // Another pair's sales go only where the coin does not suffice without this one's.
  const others = isMore(add(takenElsewhere, wanted), there) ? [...here, ...elsewhere] : here
  const removable = others.filter((other) => !isPutBack(core, other))
  if (removable.length === 0) return isMore(there, taken) ? subtract(there, taken) : undefined
  for (const other of removable) if (!other.isCancelWanted) cancelOrder(core, wholeInTheWay(core, other), { by: 'engine', why: 'a stop needs what it would sell' })
  return undefined
}

/** In lots of the exit's own instrument, rounded against it. */
function takenBy(core: Core, { spec: { instrument } }: OurOrder, others: readonly OurOrder[]): Lots {
  const { baseUnitsPerLot } = tradableOf(core, instrument)
  let taken = noLots
  for (const other of others) {
    const { instrument: theirs, baseUnitsPerLot: size } = tradableOf(core, other.spec.instrument)
    const lots = openLots(other)
    taken = add(taken, theirs.id === instrument ? lots : mulDiv(lots, countFromRaw(size), countFromRaw(baseUnitsPerLot), 'ceil'))
  }
  return taken
}

/** Of a coin all pairs share what is there. */
function thereToDeliver(core: Core, { spec: { account, instrument, side } }: OurOrder): Lots | undefined {
  const { settlement, instrument: { base }, baseUnitsPerLot } = tradableOf(core, instrument)
  if (settlement === 'linear' || side === 'buy') return undefined
  return lotsFromRaw(Math.max(0, Math.floor(rawOf(accountOf(core, account).books.balance(base)) / baseUnitsPerLot)))
}

function endEmpty(core: Core, order: OurOrder): void {
  if (isStandingFor(core, order) || mayYetBeHeld(core, order)) return
  decide(core, { kind: 'order-denied', order: order.id, refusal: { rule: 'nothing-to-do', detail: 'Nothing is held any more that it could close.' } })
}

/** What it was to close may be there without our knowing: an order on the other side whose fate is not proven. */
function mayYetBeHeld(core: Core, { spec }: OurOrder): boolean {
  const open = core.state.liveIn.get(placeKey(spec.account, spec.instrument))?.values() ?? []
  return [...open].some((other) => other.spec.side !== spec.side && isInDoubt(other))
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

function keepTrying(core: Core, order: OurOrder, lots: Lots, refusal: Refusal): void {
  if (isStandingFor(core, order)) return
  const before = core.watch.exitTries.get(order.id)
  const waitMs = before === undefined ? firstWaitMs : Math.min(2 * before.waitMs, longestWaitMs)
  core.watch.exitTries.set(order.id, { nextAt: core.at + waitMs, waitMs })
  if (before === undefined) flag(core, order, lots, `${refusal.rule}: ${refusal.detail}`)
}

const flag = (core: Core, { id }: OurOrder, lots: Lots, detail: string): void => {
  decide(core, { kind: 'order-flagged', order: id, what: 'denied-exit', lots, detail })
}

/** Time has passed: exits that were refused are tried again. */
export function retryExits(core: Core): void {
  if (core.watch.exitTries.size === 0 || core.watch.isStopping) return
  for (const id of [...core.watch.exitTries.keys()]) {
    const order = core.state.live.get(id)
    if (order === undefined || order.status !== 'held' || order.isCancelWanted) core.watch.exitTries.delete(id)
    else releaseExit(core, order)
  }
}
