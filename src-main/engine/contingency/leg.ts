import { add, isPositive, isZero, lotsFromRaw, maximum, subtract } from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import { isTerminal } from '../../domain/index.ts'
import type { OrderStatus, Tradable } from '../../domain/index.ts'
import { expiryOf } from './expiry.ts'
import type { ContingencyView, OrderSeen } from './order-seen.ts'
import { isStopType, isTriggerAtVenue, needsTrigger } from './placement.ts'

/** One leg of a group with what was sent on its behalf. The leg itself never leaves; its pieces do. */
export interface Leg {
  readonly seen: OrderSeen
  readonly tradable: Tradable
  readonly pieces: readonly OrderSeen[]
  readonly live: readonly OrderSeen[]
  /** What the live pieces may still fill: those in flight and unknown too. */
  readonly covered: Lots
  /** Whether it is still wanted, as far as the leg itself goes. */
  readonly isOpen: boolean
  readonly isStop: boolean
  /**
   * Until when its trigger order is not tried again, because the venue would not have it. The engine holds the trigger
   * instead.
   */
  readonly triggerRefusedUntil: number
  readonly isTriggerRefused: boolean
}

export const noLots: Lots = lotsFromRaw(0)

/** What may still fill at the worst: an amend under way counts with the larger of its two sizes. */
export const remainingOf = ({ lots, filled, amend, amendTo }: OrderSeen): Lots => {
  const isAmending = amendTo !== undefined && (amend === 'sending' || amend === 'unknown')
  const left = subtract<Lots>(isAmending ? maximum<Lots>(lots, amendTo.lots) : lots, filled)
  return isPositive(left) ? left : noLots
}

export const sumOf = (lots: Iterable<Lots>): Lots => {
  let sum = noLots
  for (const each of lots) sum = add<Lots>(sum, each)
  return sum
}

export const isExpired = (seen: OrderSeen, tradable: Tradable, at: number): boolean => {
  const expiry = expiryOf(seen.spec, tradable, seen.intendedAt)
  return expiry !== undefined && at >= expiry
}

const refusedForMs = 60_000

/** Refused for good reasons or bad: it may have been too near the market, or the venue may have had a bad minute. */
const refusedUntil = (seen: OrderSeen, pieces: readonly OrderSeen[]): number =>
  pieces.reduce((until, { status, filled, spec, intendedAt }) => {
    const isRefused = status === 'rejected' && isZero(filled) && needsTrigger(spec.type) && spec.trigger?.price === seen.trigger
    return isRefused ? Math.max(until, intendedAt + refusedForMs) : until
  }, -Infinity)

const endedEarly: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['rejected', 'denied', 'absent', 'canceled', 'expired'])

const wasTakenBack = ({ cancel, isCancelWanted }: OrderSeen): boolean => cancel !== 'none' || isCancelWanted === true

/** Nobody knows yet what comes of it. */
const undecided: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['intent', 'held', 'sending', 'unknown', 'stuck'])

const isFailure = (piece: OrderSeen): boolean => endedEarly.has(piece.status) && !isPositive(piece.filled) && !wasTakenBack(piece)

/** The last pieces in a row that came to nothing without our having taken them back. Of several on their way at once, one that is still on it ends no row. */
export const failuresOf = (pieces: readonly OrderSeen[]): readonly OrderSeen[] => {
  const place = pieces.findLastIndex((piece) => !isFailure(piece) && (!undecided.has(piece.status) || isPositive(piece.filled)))
  return pieces.slice(place + 1).filter(isFailure)
}

/** How often it was tried in vain: what was on its way together is one try. */
export const triesOf = (failures: readonly OrderSeen[]): number => {
  let tries = 0
  let endedAt = -Infinity
  for (const { intendedAt, changedAt } of failures) {
    if (intendedAt <= endedAt) continue
    tries += 1
    endedAt = changedAt ?? intendedAt
  }
  return tries
}

/** A bracket that ended is woken by a fill that came late: its stop counts again, unless a person took it away. */
const isWanted = (seen: OrderSeen, isAwake: boolean): boolean => {
  if (seen.status === 'filled') return isStopType(seen.spec.type) && seen.link?.kind === 'bracket'
  if (!isTerminal(seen.status)) return seen.cancel === 'none'
  const isStopOfBracket = isStopType(seen.spec.type) && seen.link?.kind === 'bracket'
  return isAwake && seen.status === 'canceled' && seen.endedBy !== 'person' && isStopOfBracket
}

/** `isAwake`: its group had ended, and its entry was filled since. */
export const legFrom = (view: ContingencyView, seen: OrderSeen, at: number, isAwake: boolean, expiryAt = at): Leg => {
  const tradable = view.tradable(seen.spec.account, seen.spec.instrument)
  const pieces = view.piecesOf(seen.id)
  const live = pieces.filter(({ status }) => !isTerminal(status))
  const triggerRefusedUntil = refusedUntil(seen, pieces)
  return {
    seen,
    tradable,
    pieces,
    live,
    covered: sumOf(live.map(remainingOf)),
    isOpen: isWanted(seen, isAwake || live.length > 0) && !isExpired(seen, tradable, expiryAt),
    isStop: isStopType(seen.spec.type),
    triggerRefusedUntil,
    isTriggerRefused: at < triggerRefusedUntil,
  }
}

/** Whether the venue can hold the trigger of this leg, as far as we know. */
export const canRestAsTrigger = ({ seen, tradable, isTriggerRefused }: Leg): boolean =>
  !seen.triggered && !isTriggerRefused && seen.trigger !== undefined && isTriggerAtVenue(seen.spec, tradable)

/** What the leg was meant to be in whole; nothing where it follows the size of its entry. */
export const plannedOf = ({ spec, lots }: OrderSeen): Lots => (spec.size.by === 'all' ? noLots : lots)
