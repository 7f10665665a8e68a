import { isPositive, maximum, minimum, subtract } from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import { shareOf } from './group.ts'
import type { Group } from './group.ts'
import { canRestAsTrigger, noLots } from './leg.ts'
import type { Leg } from './leg.ts'
import { needsTrigger } from './placement.ts'

/** What should be at the venue for a leg, and what the engine should watch prices for. */
export interface Desire {
  readonly leg: Leg
  /** Lots that live pieces should cover. */
  readonly lots: Lots
  /** A trigger order at the venue, or the plain order that remains of it. */
  readonly form: 'trigger' | 'plain'
  /** Watched for by the engine as far as no piece covers it. */
  readonly guarded: Lots
}

const none = (leg: Leg): Desire => ({ leg, lots: noLots, form: 'plain', guarded: noLots })

const atLeastNothing = (lots: Lots): Lots => maximum<Lots>(lots, noLots)

/** Every leg rests where it can: the venue keeps an exit from passing the position. */
const standing = (leg: Leg, lots: Lots): Desire => {
  if (!needsTrigger(leg.seen.spec.type) || leg.seen.triggered) return { leg, lots, form: 'plain', guarded: noLots }
  if (canRestAsTrigger(leg)) return { leg, lots, form: 'trigger', guarded: lots }
  return { leg, lots: noLots, form: 'plain', guarded: lots }
}

/** Hands out what is left, leg by leg, in the order of the group. */
class Budget {
  #left: Lots

  constructor(left: Lots) {
    this.#left = atLeastNothing(left)
  }

  take(wanted: Lots): Lots {
    const taken = minimum<Lots>(atLeastNothing(wanted), this.#left)
    this.#left = subtract<Lots>(this.#left, taken)
    return taken
  }
}

/** All legs live: stops share what is left among themselves, and so do the targets. */
const desireTogether = (group: Group): readonly Desire[] => {
  const stops = new Budget(group.left)
  const targets = new Budget(group.left)
  return group.legs.map((leg) => {
    if (!leg.isOpen) return none(leg)
    const share = shareOf(leg, group)
    if (group.kind !== 'bracket') return standing(leg, atLeastNothing(share))
    return standing(leg, (leg.isStop ? stops : targets).take(share))
  })
}

/** Those that rest while nothing is triggered: a stop that the venue can hold; without any stop, the targets. */
const restingOf = (open: readonly Leg[]): readonly Leg[] => {
  const stops = open.filter(({ isStop }) => isStop)
  return stops.length > 0 ? stops.filter(canRestAsTrigger).slice(0, 1) : open.filter(({ seen }) => seen.spec.type === 'limit')
}

/**
 * Legs that compete: a stop that was triggered takes everything; then targets whose price was reached; then what may rest.
 * All others are watched by the engine. So the sum at the venue never passes what is left.
 */
const desireApart = (group: Group): readonly Desire[] => {
  const open = group.legs.filter(({ isOpen }) => isOpen)
  const budget = new Budget(group.left)
  const given = new Map<Leg, Lots>()
  const hasStopped = open.some(({ isStop, seen }) => isStop && seen.triggered)
  const first = open.filter(({ isStop, seen }) => seen.triggered && isStop === hasStopped)
  for (const leg of first) given.set(leg, budget.take(shareOf(leg, group)))
  const resting = restingOf(open).filter((leg) => !given.has(leg))
  for (const leg of resting) given.set(leg, budget.take(shareOf(leg, group)))
  return group.legs.map((leg): Desire => {
    if (!leg.isOpen) return none(leg)
    const lots = given.get(leg) ?? noLots
    const form = resting.includes(leg) && needsTrigger(leg.seen.spec.type) && !leg.seen.triggered ? 'trigger' : 'plain'
    const guarded = hasStopped || leg.seen.triggered ? noLots : atLeastNothing(shareOf(leg, group))
    return { leg, lots, form, guarded: isPositive(lots) && form === 'plain' ? noLots : guarded }
  })
}

export const desiresOf = (group: Group): readonly Desire[] => {
  const desires = group.isExclusive ? desireApart(group) : desireTogether(group)
  return group.isBeingClosed ? desires.map((desire) => ({ ...desire, lots: noLots })) : desires
}
