import { isLess, isMore, isNegative, isPositive, isZero, maximum, negate, subtract } from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import { isTerminal } from '../../domain/index.ts'
import type { OrderId } from '../../domain/index.ts'
import { desiresOf } from './desire.ts'
import type { Desire } from './desire.ts'
import { isEntryOver, shareOf } from './group.ts'
import type { Group } from './group.ts'
import type { Intention } from './intention.ts'
import { failuresOf, isExpired, noLots, sumOf, triesOf } from './leg.ts'
import type { Leg } from './leg.ts'
import { cancelPieces, isLargeEnough, settlePieces, triesMax } from './piece.ts'
import type { Settling } from './piece.ts'
import { watchesOf } from './trigger-watch.ts'
import type { TriggerWatch } from './trigger-watch.ts'

/**
 * What a group asks for as it stands. It must never leave a filled entry without its stop, or a leg behind that has nothing
 * to close.
 * Invariants: 1 stops cover what the entry filled less what exits filled, from the event of the fill on; 2 where legs
 * compete, the sum of what may fill at the venue never passes what is left to close: a leg takes the place of another only
 * after proof that it is gone; 3 when nothing is left and nothing more can come, every leg ends, and the group after its last
 * piece; 4 what may still fill counts as live: in flight, unknown, being canceled.
 */
export interface GroupOutcome {
  readonly intentions: readonly Intention[]
  /** For each leg, what the engine waits for in its place; nothing for those that the venue guards. */
  readonly watches: ReadonlyMap<OrderId, readonly TriggerWatch[]>
}

/** Too little to be sent, and nothing that could make it more. */
const isDust = (group: Group): boolean =>
  group.legs.every((leg) => {
    if (leg.live.length > 0) return false
    return !leg.isOpen || !isLargeEnough(leg.seen, shareOf(leg, group), leg.tradable)
  })

const isShareDone = (group: Group) => (leg: Leg): boolean => !leg.isOpen || !isPositive(shareOf(leg, group))

/** Nothing is left to do for it, and nothing more can come. */
const isOver = (group: Group): boolean => {
  if (!isEntryOver(group)) return false
  if (group.legs.every(({ isOpen }) => !isOpen)) return true
  if (group.kind === 'oto') return group.legs.every(isShareDone(group))
  return !isPositive(group.left) || isDust(group)
}

const endingOf = (group: Group): string => {
  if (group.kind !== 'oco' && group.entry !== undefined && isZero(group.entry.filled)) return 'the entry ended without a fill'
  return isPositive(group.left) ? 'what is left is too small to be sent' : 'nothing is left to close'
}

const endLeg = ({ seen, tradable }: Leg, why: string, expiryAt: number): Intention =>
  isExpired(seen, tradable, expiryAt) ? { kind: 'expire-order', order: seen.id } : { kind: 'cancel-order', order: seen.id, why }

/** Takes back the pieces of legs that are wanted no more, and ends each leg after its last piece. */
const closeLegs = (legs: readonly Leg[], why: string, settling: Settling): readonly Intention[] =>
  legs.flatMap((leg): readonly Intention[] => {
    if (leg.live.length > 0) return cancelPieces(leg.live, why, settling)
    return isTerminal(leg.seen.status) ? [] : [endLeg(leg, why, settling.expiryAt)]
  })

/** Once the stop speaks, or everything was closed again, the rest of the entry would only open anew what was just left. */
const endEntry = ({ entry, legs, left }: Group, settling: Settling): readonly Intention[] => {
  if (entry === undefined || isTerminal(entry.status) || isZero(entry.filled)) return []
  const hasStopped = legs.some(({ isStop, seen }) => isStop && (seen.triggered || isPositive(seen.filled)))
  return hasStopped || !isPositive(left) ? cancelPieces([entry], 'the position it opened is being closed', settling) : []
}

const settleLegs = (group: Group, desires: readonly Desire[], settling: Settling): readonly Intention[] => {
  const taken = sumOf(group.legs.map(({ covered }) => covered))
  let room = group.isExclusive ? subtract<Lots>(maximum<Lots>(group.left, noLots), taken) : undefined
  return desires.flatMap((desire) => {
    const free = room ?? desire.lots
    if (desire.leg.isTriggerRefused) settling.patience.wakeNotAfter(desire.leg.triggerRefusedUntil)
    const steps = settlePieces(desire, free, settling)
    if (room !== undefined) room = subtract<Lots>(room, addedBy(steps, desire.leg))
    return steps
  })
}

const addedBy = (steps: readonly Intention[], leg: Leg): Lots =>
  sumOf(
    steps.map((step) => {
      if (step.kind === 'place-piece') return step.lots
      const piece = step.kind === 'resize-order' ? leg.live.find(({ id }) => id === step.order) : undefined
      if (step.kind !== 'resize-order' || piece === undefined || isLess<Lots>(step.lots, piece.lots)) return noLots
      return subtract<Lots>(step.lots, piece.lots)
    }),
  )

/** A plain leg that is turned away again and again is given up; a stop never is, but a person is told. */
const judgeFailures = (group: Group): readonly Intention[] =>
  group.legs.flatMap((leg): readonly Intention[] => {
    if (!leg.isOpen || leg.live.length > 0 || triesOf(failuresOf(leg.pieces)) < triesMax) return []
    const lots = shareOf(leg, group)
    if (leg.isStop && !leg.seen.triggered) return []
    const order = leg.seen.id
    const detail = 'it was turned away each time it was sent'
    if (!leg.isStop) return isTerminal(leg.seen.status) ? [] : [{ kind: 'cancel-order', order, why: detail }]
    return isPositive(lots) ? [{ kind: 'flag-order', order, what: 'naked', lots, detail }] : []
  })

/** The group was thought to be over, and its entry filled after all. */
const judgeLateFill = ({ isAwake, left, entry, kind }: Group): readonly Intention[] =>
  isAwake && kind === 'bracket' && entry !== undefined && isPositive(left)
    ? [{ kind: 'flag-order', order: entry.id, what: 'naked', lots: left, detail: 'it filled after its group had ended' }]
    : []

/**
 * A person is told, with the amounts, and nothing is sent: which side of the excess is wanted only the trader knows, and the trade that shows it may yet be
 * taken back. The legs that are left end, so that it grows no further.
 */
const judgeOverfill = ({ left, legs, entry }: Group): readonly Intention[] => {
  const order = entry ?? legs[0]?.seen
  if (!isNegative(left) || order === undefined) return []
  const detail = 'its legs together traded more than there was to close'
  return [{ kind: 'flag-order', order: order.id, what: 'overfilled', lots: negate<Lots>(left), detail }]
}

/** The engine guards what no live piece covers, and what is asked for now may yet be refused. */
const guardsOf = (desires: readonly Desire[]): ReadonlyMap<OrderId, readonly TriggerWatch[]> =>
  new Map(
    desires.map(({ leg, guarded }) => {
      const isGuarded = leg.isOpen && !leg.seen.triggered && isMore<Lots>(guarded, leg.covered)
      return [leg.seen.id, isGuarded ? watchesOf(leg.seen) : []]
    }),
  )

export const settleGroup = (group: Group, settling: Settling): GroupOutcome => {
  const overfill = judgeOverfill(group)
  if (isOver(group)) {
    const closing = closeLegs(group.legs, endingOf(group), settling)
    const isLast = group.legs.every(({ seen, live }) => live.length === 0 && isTerminal(seen.status))
    const end: Intention = { kind: 'end-group', group: group.id, why: endingOf(group) }
    const intentions = [...overfill, ...closing, ...(isLast && !group.hasEnded ? [end] : [])]
    return { intentions, watches: new Map(group.legs.map(({ seen }) => [seen.id, []])) }
  }
  const desires = desiresOf(group)
  const closed = group.legs.filter(({ isOpen }) => !isOpen)
  const open = desires.filter(({ leg }) => leg.isOpen)
  return {
    intentions: [
      ...overfill,
      ...judgeLateFill(group),
      ...closeLegs(closed, 'its leg ended', settling),
      ...endEntry(group, settling),
      ...settleLegs(group, open, settling),
      ...judgeFailures(group),
    ],
    watches: guardsOf(desires),
  }
}
