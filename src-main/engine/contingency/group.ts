import { absolute, add, isLess, isMore, isPositive, maximum, minimum, mulDiv, negate, subtract } from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import { isTerminal } from '../../domain/index.ts'
import type { GroupKind, Side } from '../../domain/index.ts'
import { legFrom, noLots, plannedOf, sumOf } from './leg.ts'
import type { Leg } from './leg.ts'
import type { ContingencyView, OrderSeen } from './order-seen.ts'
import { isStopType, plainTypeOf } from './placement.ts'

/** Orders that depend on each other, as they stand. */
export interface Group {
  readonly id: string
  readonly kind: GroupKind
  readonly hasEnded: boolean
  /** It ended, and its entry was filled since by more than what was closed till then. */
  readonly isAwake: boolean
  readonly entry: OrderSeen | undefined
  readonly legs: readonly Leg[]
  /** What the legs together may still trade. Negative: they traded more than there was. */
  readonly left: Lots
  /**
   * A market order for all there is waits for the exits to be gone, or needs what they would lock: the legs stand back for
   * it.
   */
  readonly isBeingClosed: boolean
  /** Of a group whose legs would lock, or turn, what only one of them may use. */
  readonly isExclusive: boolean
}

const isExit = ({ seen, tradable }: Leg, kind: GroupKind): boolean =>
  (kind === 'bracket' || seen.spec.reduceOnly === true) && tradable.settlement === 'linear'

/**
 * Two legs on one side of one instrument compete where the venue locks for each, and where it cannot keep an exit from
 * turning the position.
 */
const competes = (legs: readonly Leg[], kind: GroupKind): boolean => {
  if (kind === 'oto') return false
  const first = legs[0]?.seen.spec
  const isOneSided = legs.every(({ seen: { spec } }) => spec.side === first?.side && spec.instrument === first.instrument)
  return isOneSided && legs.some((leg) => {
    const { locksBalance, reduceOnly } = leg.tradable.abilities
    return locksBalance || (isExit(leg, kind) && !reduceOnly)
  })
}

/** What can be closed of the position that an order of this leg's side closes; none where it is not known. */
const heldAgainst = (view: ContingencyView, { spec }: OrderSeen): Lots | undefined => {
  const side = spec.positionSide ?? 'net'
  const position = view.position(spec.account, spec.instrument, side)
  if (position === undefined) return undefined
  if (side !== 'net') return absolute<Lots>(position)
  const held = spec.side === 'sell' ? position : negate<Lots>(position)
  return isPositive(held) ? held : noLots
}

/** A position that was closed past the group leaves its legs nothing to close. */
const cappedByPosition = (view: ContingencyView, left: Lots, kind: GroupKind, legs: readonly Leg[]): Lots => {
  const first = legs[0]
  if (first === undefined || !isPositive(left)) return left
  if (kind !== 'bracket' && !legs.every(({ seen }) => seen.spec.reduceOnly === true)) return left
  const { account, instrument, side } = first.seen.spec
  const isSold = side === 'sell' && first.tradable.settlement === 'delivery'
  const limits = [heldAgainst(view, first.seen), isSold ? view.deliverable?.(account, instrument) : undefined]
  const known = limits.filter((limit) => limit !== undefined)
  return known.reduce<Lots>((least, limit) => minimum<Lots>(least, maximum<Lots>(limit, noLots)), left)
}

/** Where the legs keep nobody from leaving they stay until the close has left: should it come to nothing, they were never away. */
const isClosing = (view: ContingencyView, { spec: { account, instrument, side } }: OrderSeen, isExclusive: boolean, at: number): boolean => {
  if (view.openOrders(account, instrument).some((seen) => needsTheirRoom(seen, side, isExclusive, at))) return true
  // A coin is sold once: what waits in another pair of it waits for what these legs hold back.
  return side === 'sell' && (view.openInOtherPairs?.(account, instrument).some((seen) => isWaitingSince(seen, at) && needsTheirRoom(seen, side, true, at)) ?? false)
}

const needsTheirRoom = (seen: OrderSeen, side: Side, isExclusive: boolean, at: number): boolean => {
  const { spec, status, heldFor, link } = seen
  if (spec.side === side && isPulledAlone(seen, at) && (isExclusive || spec.reduceOnly !== true)) return true
  if (spec.type !== 'market' || spec.size.by !== 'all' || spec.side !== side || link?.role === 'child') return false
  return status === 'held' ? heldFor === 'replaced' || isCloseMetByOurs(seen, isExclusive) : isExclusive
}

/** What it was to replace is gone, and now it waits for an order of ours that it would meet: legs that came back in between would hold what it is to sell. */
const isCloseMetByOurs = ({ spec, heldFor }: OrderSeen, isExclusive: boolean): boolean =>
  heldFor === 'sibling' && spec.reduceOnly === true && isExclusive

/** Not only in this moment, in which it may leave without them. */
const isWaitingSince = ({ status, changedAt }: OrderSeen, at: number): boolean => status === 'held' && (changedAt ?? at) < at

/** A stop that stands alone was pulled and still waits for what the legs hold, or is on its way to sell it. Put back each time, they would keep it from leaving. */
const isPulledAlone = ({ spec, status, triggered, link, changedAt }: OrderSeen, at: number): boolean => {
  if (!triggered || !isStopType(spec.type) || link?.role === 'child') return false
  return status === 'held' ? (changedAt ?? at) < at : plainTypeOf(spec.type) === 'market'
}

const wholeOf = (view: ContingencyView, kind: GroupKind, entry: OrderSeen | undefined, legs: readonly Leg[]): Lots => {
  if (kind !== 'oco') return entry?.filled ?? noLots
  const [first] = legs
  // Legs for all there is follow the position: what one of them sold is gone from it already.
  if (first !== undefined && legs.every(({ seen }) => seen.spec.size.by === 'all')) {
    return add<Lots>(heldAgainst(view, first.seen) ?? noLots, sumOf(legs.map(({ seen }) => seen.filled)))
  }
  return legs.reduce((most, { seen }) => (isLess<Lots>(most, seen.lots) ? seen.lots : most), noLots)
}

/** A fill comes late by minutes. What is older was settled long ago, and part of it may be forgotten. */
const lateMaxMs = 1_800_000

/** None: not a group, or one that is forgotten in part. */
export const groupFrom = (view: ContingencyView, id: string, at: number, expiryAt = at): Group | undefined => {
  const members = view.membersOf(id)
  const kind = members[0]?.link?.kind
  if (kind === undefined) return undefined
  const hasEnded = view.hasGroupEnded(id)
  const entry = members.find(({ link }) => link?.role === 'parent')
  if (kind !== 'oco' && entry === undefined) return undefined
  const children = members.filter(({ link }) => link?.role === 'child')
  const traded = sumOf(children.map(({ filled }) => filled))
  const settled = add<Lots>(traded, hasEnded && kind === 'bracket' ? (entry?.leftAtGroupEnd ?? noLots) : noLots)
  const isLate = entry?.changedAt !== undefined && at - entry.changedAt < lateMaxMs
  const isAwake = hasEnded && isLate && isMore<Lots>(entry.filled, settled)
  const legs = children.map((seen) => legFrom(view, seen, at, isAwake, expiryAt))
  const left = subtract<Lots>(wholeOf(view, kind, entry, legs), settled)
  const isExclusive = competes(legs, kind)
  const isBeingClosed = kind !== 'oto' && legs[0] !== undefined && isClosing(view, legs[0].seen, isExclusive, at)
  return { id, kind, hasEnded, isAwake, entry, legs, left: cappedByPosition(view, left, kind, legs), isBeingClosed, isExclusive }
}

/**
 * What one leg may trade of what the entry filled, by its own plan: a target for half of the entry follows each partial fill
 * with a half. A stop takes all there is, and so does a leg that was planned for the whole.
 */
export const shareOf = (leg: Leg, { kind, entry, left }: Group): Lots => {
  const planned = plannedOf(leg.seen)
  if (kind === 'oco') return leg.seen.spec.size.by === 'all' ? left : minimum<Lots>(left, planned)
  if (entry === undefined) return left
  const whole = entry.spec.size.by === 'quantity' ? entry.spec.size.lots : entry.lots
  const budget = kind === 'oto' ? subtract<Lots>(entry.filled, leg.seen.filled) : left
  const isWhole = !isPositive(planned) || (kind === 'bracket' && leg.isStop)
  if (!isPositive(whole) || isWhole) return budget
  const meant = subtract<Lots>(mulDiv<Lots, Lots>(planned, entry.filled, whole, 'floor'), leg.seen.filled)
  return kind === 'oto' ? meant : minimum<Lots>(meant, budget)
}

/** No further fill can come from the entry, as far as is proven. */
export const isEntryOver = ({ entry }: Group): boolean => entry === undefined || isTerminal(entry.status)
