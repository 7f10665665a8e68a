import { compare, isLess, isMore, isPositive, lotsFromRaw, subtract } from '../../base/index.ts'
import type { Lots, Ticks } from '../../base/index.ts'
import type { OrderId, OrderStatus, SelfTradePolicy } from '../../domain/index.ts'
import type { Intention } from './intention.ts'
import { remainingOf } from './leg.ts'
import type { OrderSeen } from './order-seen.ts'
import { plainTypeOf, needsTrigger } from './placement.ts'

/**
 * Keeps our own orders from trading with each other. It must never let an order leave while one of ours that it could meet on
 * the book may still be there.
 * Invariants: 1 what is in flight, unknown or stuck counts as resting; 2 a newcomer goes only when nothing crosses it: until
 * a cancel is proven it waits; 3 an exit that a trigger, a fill or a close sent is never given up for an order that is none: what
 * rests is canceled for it, what comes later is denied, whatever the policy; 4 what others placed on the account is neither
 * counted nor canceled.
 */
export interface SelfTradeVerdict {
  /** `waits`: held as `sibling` until what crosses it is proven gone; `settle` then releases it. */
  readonly newcomer: 'goes' | 'waits' | 'denied'
  /** Of the newcomer, after what a decrement took off. */
  readonly lots: Lots
  readonly steps: readonly Intention[]
  readonly prevented: readonly { readonly resting: OrderId; readonly did: SelfTradePolicy }[]
}

const mayBeThere: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['sending', 'working', 'partial', 'unknown', 'stuck'])

/**
 * A trigger order that the venue still holds is not on the book; once a part of it filled it is. One that the engine holds is
 * never there itself, whatever its pieces filled: they are judged on their own.
 */
const isOnBook = (seen: OrderSeen): boolean => {
  if (!mayBeThere.has(seen.status) || (seen.heldFor !== undefined && seen.venueSpec === undefined)) return false
  const sentAs = seen.venueSpec?.type ?? seen.spec.type
  return sentAs === 'limit' || sentAs === 'market' || isPositive(seen.filled)
}

const restsNever = (seen: OrderSeen): boolean =>
  plainTypeOf(seen.spec.type) === 'market' || seen.spec.timeInForce === 'ioc' || seen.spec.timeInForce === 'fok'

/** None for a market order: it takes any price. */
const limitOf = (seen: OrderSeen): Ticks | undefined =>
  plainTypeOf(seen.spec.type) === 'limit' ? (seen.limit ?? seen.spec.limit) : undefined

/** Whether the two would trade with each other if both were at the venue. Two that never rest cannot. */
export const doCross = (one: OrderSeen, other: OrderSeen): boolean => {
  if (one.spec.account !== other.spec.account || one.spec.instrument !== other.spec.instrument) return false
  if (one.spec.side === other.spec.side || (restsNever(one) && restsNever(other))) return false
  const [buy, sell] = one.spec.side === 'buy' ? [one, other] : [other, one]
  const bid = limitOf(buy)
  const ask = limitOf(sell)
  return bid === undefined || ask === undefined || !isLess<Ticks>(bid, ask)
}

/** What is cheap to tell comes first: most orders of ours are on the newcomer's own side. */
const isMet = (newcomer: OrderSeen, seen: OrderSeen): boolean =>
  seen.spec.side !== newcomer.spec.side && doCross(newcomer, seen) && seen.id !== newcomer.id && seen.spec.owner !== 'external' && isOnBook(seen)

/** All of ours that the newcomer could meet, the one it would meet first in front. */
export const crossedBy = (newcomer: OrderSeen, open: readonly OrderSeen[]): readonly OrderSeen[] => {
  const met = open.filter((seen) => isMet(newcomer, seen))
  if (met.length < 2) return met
  const direction = newcomer.spec.side === 'buy' ? 1 : -1
  return met.toSorted((a, b) => {
    const left = limitOf(a)
    const right = limitOf(b)
    if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
    return direction * compare<Ticks>(left, right)
  })
}

/** The order that a resting one speaks for: a slice alone would only be followed by the next. */
const wholeOf = (seen: OrderSeen, open: readonly OrderSeen[]): OrderSeen => {
  const parent = seen.onBehalfOf === undefined ? undefined : open.find(({ id }) => id === seen.onBehalfOf)
  return parent === undefined || parent.link?.role === 'child' ? seen : parent
}

/** What a trigger, a fill or a close sent: a plain order whose trigger was pulled, a piece of a leg, or one that closes at any price. */
const isExit = (seen: OrderSeen, open: readonly OrderSeen[]): boolean =>
  seen.triggered || (seen.spec.type === 'market' && seen.spec.reduceOnly === true) || (seen.onBehalfOf !== undefined && wholeOf(seen, open) === seen)

/** A list, or what is kept by id. */
interface OpenOrders {
  readonly values: () => Iterable<OrderSeen>
}

/** No exit, and nothing of ours on the other side that it could meet: seen without a list of what is open, because most orders are like that. */
const isAlone = (newcomer: OrderSeen, open: OpenOrders): boolean => {
  const { spec, triggered, onBehalfOf } = newcomer
  if (triggered || onBehalfOf !== undefined || (spec.type === 'market' && spec.reduceOnly === true)) return false
  for (const seen of open.values()) if (isMet(newcomer, seen)) return false
  return true
}

/** Ready to leave, and kept only by another order of ours that is not gone yet. */
export const isWaitingForAnother = ({ status, heldFor, triggered, link }: OrderSeen): boolean => {
  if (status !== 'held') return false
  return heldFor === 'sibling' || (heldFor === 'trigger' && triggered && link?.role !== 'child')
}

/** Exits that already wait for something to be gone; who comes later does not overtake them. */
const exitsAhead = (newcomer: OrderSeen, open: readonly OrderSeen[]): readonly OrderSeen[] => {
  const place = open.findIndex(({ id }) => id === newcomer.id)
  const older = place < 0 ? open : open.slice(0, place)
  return older.filter((seen) => isWaitingForAnother(seen) && isExit(seen, open) && doCross(newcomer, seen))
}

/** What stands between an order and its leaving. */
export interface InTheWay {
  readonly met: readonly OrderSeen[]
  readonly ahead: readonly OrderSeen[]
  /** An order of no urgency meets an exit: it is the one that gives way. */
  readonly mustYield: boolean
}

export const inTheWayOf = (newcomer: OrderSeen, open: readonly OrderSeen[]): InTheWay => {
  const met = crossedBy(newcomer, open)
  if (isExit(newcomer, open)) return { met, ahead: exitsAhead(newcomer, open), mustYield: false }
  return { met, ahead: [], mustYield: met.some((seen) => isExit(seen, open)) }
}

const why = 'it would have traded with another order of this account'

export const takeBack = (met: readonly OrderSeen[], open: readonly OrderSeen[]): readonly OrderSeen[] =>
  [...new Set(met.map((seen) => wholeOf(seen, open)))].filter(({ cancel }) => cancel === 'none')

const cancelAll = (met: readonly OrderSeen[], open: readonly OrderSeen[]): readonly Intention[] =>
  takeBack(met, open).map(({ id }) => ({ kind: 'cancel-order', order: id, why }))

/**
 * Takes the smaller size off both, from the first met on. What already has a cancel under way was counted before. An iceberg
 * is not cut into: it goes whole, and counts as what it showed.
 */
const decrement = (lots: Lots, met: readonly OrderSeen[], open: readonly OrderSeen[]): SelfTradeVerdict => {
  let left = lots
  const steps: Intention[] = []
  const prevented: { resting: OrderId; did: SelfTradePolicy }[] = []
  for (const resting of met) {
    if (!isPositive(left)) break
    const whole = wholeOf(resting, open)
    if (resting.cancel !== 'none' || whole.cancel !== 'none') continue
    const remaining = remainingOf(resting)
    const isLarger = isMore<Lots>(remaining, left)
    prevented.push({ resting: resting.id, did: 'decrement-both' })
    steps.push(
      isLarger && whole === resting
        ? { kind: 'resize-order', order: resting.id, lots: subtract<Lots>(resting.lots, left), why }
        : { kind: 'cancel-order', order: whole.id, why },
    )
    left = isLarger ? lotsFromRaw(0) : subtract<Lots>(left, remaining)
  }
  return { newcomer: isPositive(left) ? 'waits' : 'denied', lots: left, steps, prevented }
}

/** Nothing can be taken off what is in flight, in doubt or being changed: then the newcomer gives way whole. */
const fitting = (policy: SelfTradePolicy, met: readonly OrderSeen[]): SelfTradePolicy => {
  const isSettled = ({ status, amend }: OrderSeen): boolean => (status === 'working' || status === 'partial') && amend === 'none'
  return policy === 'decrement-both' && !met.every(isSettled) ? 'cancel-new' : policy
}

/**
 * What becomes of a newcomer of this size, and of what it would meet. `all`: all open orders of its account and instrument,
 * oldest first.
 */
export const preventSelfTrade = (
  newcomer: OrderSeen, lots: Lots, all: OpenOrders, policy: SelfTradePolicy,
): SelfTradeVerdict => {
  const isHeldAtVenue = needsTrigger(newcomer.spec.type) && !newcomer.triggered && newcomer.heldFor === undefined
  if (isHeldAtVenue || isAlone(newcomer, all)) return { newcomer: 'goes', lots, steps: [], prevented: [] }
  const open = [...all.values()]
  const { met, ahead, mustYield } = inTheWayOf(newcomer, open)
  if (met.length === 0) return { newcomer: ahead.length === 0 ? 'goes' : 'waits', lots, steps: [], prevented: [] }
  const did = mustYield ? 'cancel-new' : isExit(newcomer, open) ? 'cancel-resting' : fitting(policy, met)
  if (did === 'decrement-both') return decrement(lots, met, open)
  const news = did === 'cancel-resting' ? met.filter(({ cancel }) => cancel === 'none') : met
  const prevented = news.map(({ id }) => ({ resting: id, did }))
  const newcomerIs = did === 'cancel-resting' ? 'waits' : 'denied'
  return { newcomer: newcomerIs, lots, steps: did === 'cancel-new' ? [] : cancelAll(met, open), prevented }
}
