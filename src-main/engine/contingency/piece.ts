import {
  add, ensureSettled, hasOverflowed, isLess, isMore, isPositive, minimum, rawOf, subtract, tryNotional,
} from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import type { OrderSpec, Tradable } from '../../domain/index.ts'
import type { Desire } from './desire.ts'
import type { Intention } from './intention.ts'
import { failuresOf, remainingOf, triesOf } from './leg.ts'
import type { Leg } from './leg.ts'
import type { OrderSeen } from './order-seen.ts'
import type { Patience } from './patience.ts'
import { backoffMs } from './patience.ts'
import { plainTypeOf } from './placement.ts'

/**
 * Brings what is at the venue for one held order to what is desired. It must never place more than `room`, and never place
 * for lots that an order in flight, unknown or being canceled may still fill.
 */
export interface Settling {
  readonly at: number
  /** By which time it is judged what is over: long before all of it while the clock is not trusted. */
  readonly expiryAt: number
  readonly patience: Patience
}

/** So often something that protects nothing is tried in a row before it is given up. */
export const triesMax = 3

/** What leaves on behalf of a leg: its own terms, without the trigger where that was pulled, and never more than it may close. */
const pieceSpec = ({ seen, tradable }: Leg, lots: Lots, form: Desire['form']): OrderSpec => {
  const { spec, limit, trigger } = seen
  const type = form === 'trigger' ? spec.type : plainTypeOf(spec.type)
  const hasLimit = type === 'limit' || type === 'stop-limit' || type === 'take-profit-limit'
  const hasTrigger = form === 'trigger' && spec.trigger !== undefined
  const isExit = spec.reduceOnly === true || (seen.link?.kind === 'bracket' && tradable.settlement === 'linear')
  return {
    account: spec.account,
    instrument: spec.instrument,
    side: spec.side,
    type,
    size: { by: 'quantity', lots },
    ...(hasLimit && limit !== undefined ? { limit } : {}),
    ...(hasTrigger && trigger !== undefined ? { trigger: { price: trigger, source: spec.trigger.source } } : {}),
    timeInForce: spec.timeInForce === 'ioc' || spec.timeInForce === 'fok' ? spec.timeInForce : 'gtc',
    ...(spec.postOnly === true && type === 'limit' ? { postOnly: true } : {}),
    ...(isExit && tradable.abilities.reduceOnly ? { reduceOnly: true } : {}),
    ...(spec.positionSide === undefined ? {} : { positionSide: spec.positionSide }),
    owner: spec.owner,
  }
}

/** Whether the venue would take so small an order. The price of a market order is not known here; its trigger stands for it. */
export const isLargeEnough = ({ limit, trigger }: OrderSeen, lots: Lots, { rules, scale }: Tradable): boolean => {
  if (!isPositive(lots) || isLess<Lots>(lots, rules.quantityMin)) return false
  const price = limit ?? trigger
  if (rules.notionalMin === undefined || price === undefined) return true
  const worth = tryNotional(price, lots, scale, 'floor')
  return hasOverflowed(worth) || !isLess(ensureSettled(worth), rules.notionalMin)
}

const isSettled = (piece: OrderSeen): boolean =>
  (piece.status === 'working' || piece.status === 'partial') && piece.cancel === 'none' && piece.amend === 'none'

/** What is held has not left; the whole of an iceberg is partly filled and never left. */
export const canBeCanceled = (piece: OrderSeen): boolean =>
  isSettled(piece) || (piece.heldFor !== undefined && piece.venueSpec === undefined && piece.cancel === 'none')

export const cancelPieces = (live: readonly OrderSeen[], why: string, { at, patience }: Settling): readonly Intention[] =>
  live
    .filter((piece) => canBeCanceled(piece) && patience.mayAsk(piece.id, 'cancel', at))
    .map(({ id }) => ({ kind: 'cancel-order', order: id, why }))

const sizeAsked = ({ lots }: OrderSeen): string => `resize from ${rawOf(lots)}`

/** An amend that the venue refused is not tried again: the other ways are slower, but they are ways. */
const canResize = (leg: Leg, piece: OrderSeen, { patience }: Settling): boolean =>
  mayResize(leg, piece) && !patience.wasInVain(piece.id, sizeAsked(piece))

const mayResize = ({ tradable }: Leg, piece: OrderSeen): boolean =>
  tradable.abilities.amend && isSettled(piece) && piece.spec.type !== 'market'

/**
 * Newest first. Where the venue cannot amend, the piece that is too large goes whole, and the rest comes back once that is
 * proven.
 */
export const shrink = (leg: Leg, desired: Lots, settling: Settling): readonly Intention[] => {
  let excess = subtract<Lots>(leg.covered, desired)
  const steps: Intention[] = []
  for (const piece of leg.live.toReversed()) {
    if (!isPositive(excess)) break
    const remaining = remainingOf(piece)
    const isResized = isMore<Lots>(remaining, excess) && canResize(leg, piece, settling)
    if (isResized && settling.patience.mayAsk(piece.id, sizeAsked(piece), settling.at)) {
      const lots = subtract<Lots>(piece.lots, excess)
      steps.push({ kind: 'resize-order', order: piece.id, lots, why: 'what it protects became smaller' })
    } else if (!isResized) {
      steps.push(...cancelPieces([piece], 'what it was for became smaller', settling))
    }
    excess = subtract<Lots>(excess, remaining)
  }
  return steps
}

/** Waits after a failure: a venue that refuses is not asked in a loop. */
const mayTry = (leg: Leg, { at, patience }: Settling): boolean => {
  const failures = failuresOf(leg.pieces)
  const last = failures.at(-1)
  // A trigger order that was turned away is followed by the engine's own guard, which is another thing and need not wait.
  if (last === undefined || (leg.isTriggerRefused && failures.every(({ spec }) => spec.trigger !== undefined))) return true
  const nextAt = last.intendedAt + backoffMs(triesOf(failures))
  if (at < nextAt) patience.wakeNotAfter(nextAt)
  return at >= nextAt
}

const grow = (leg: Leg, lots: Lots, form: Desire['form'], settling: Settling): readonly Intention[] => {
  const size = minimum<Lots>(lots, leg.tradable.rules.quantityMax)
  const isSendable = isLargeEnough(leg.seen, size, leg.tradable)
  const [only, more] = leg.live
  const isOfForm = (form === 'trigger') === (only?.spec.trigger !== undefined)
  // What is too little for an order of its own has no other way than to be added to what is there: that is asked for again.
  if (only !== undefined && more === undefined && isOfForm && (isSendable ? canResize(leg, only, settling) : mayResize(leg, only))) {
    if (!settling.patience.mayAsk(only.id, sizeAsked(only), settling.at)) return []
    return [{ kind: 'resize-order', order: only.id, lots: add<Lots>(only.lots, lots), why: 'more of the entry was filled' }]
  }
  if (!isSendable || !mayTry(leg, settling)) return []
  const before = failuresOf(leg.pieces).at(-1)
  const former = before === undefined ? {} : { replaces: before.id }
  return [{ kind: 'place-piece', onBehalfOf: leg.seen.id, spec: pieceSpec(leg, size, form), lots: size, ...former }]
}

/** Sent with prices that the leg has no more: somebody amended it. */
const isOutdated = ({ seen }: Leg, piece: OrderSeen): boolean =>
  (piece.spec.limit !== undefined && seen.limit !== undefined && piece.limit !== seen.limit) ||
  (piece.spec.trigger !== undefined && seen.trigger !== undefined && piece.trigger !== seen.trigger)

/** `room`: what may be added without the legs together passing what is left. */
export const settlePieces = ({ leg, lots, form }: Desire, room: Lots, settling: Settling): readonly Intention[] => {
  const outdated = leg.live.filter((piece) => isOutdated(leg, piece))
  if (outdated.length > 0) return cancelPieces(outdated, 'the order that it was sent for was amended', settling)
  if (isMore<Lots>(leg.covered, lots)) return shrink(leg, lots, settling)
  const missing = minimum<Lots>(subtract<Lots>(lots, leg.covered), room)
  return isPositive(missing) ? grow(leg, missing, form, settling) : []
}
