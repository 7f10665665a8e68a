import { absolute, add, isMore, isPositive, isZero, lotsFromRaw, mulDiv, subtract } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import { cancelOrder } from './cancels.ts'
import { accountOf, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { isStill } from './mode-transitions.ts'
import { isProtective, isStop, mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * The first act of a halt and of a kill. It must never wait for anything, never leave an entry alive, and never take away the stop that protects
 * what is held; what others placed stays as it is.
 */
export function cancelRisk(core: Core, why: string): void {
  for (const order of [...core.state.live.values()]) {
    if (!order.isExternal && !keepsProtecting(core, order)) cancelOrder(core, order, { by: 'engine', why })
  }
}

/** While nothing may leave: what turned up since, and a stop whose holding is gone. What was asked for already is asked again by its own time. */
export function cancelLeftovers(core: Core): void {
  if (!isStill(core.state.mode.mode)) return
  for (const order of [...core.state.live.values()]) {
    if (order.isExternal || order.isCancelWanted || keepsProtecting(core, order)) continue
    cancelOrder(core, order, { by: 'engine', why: `trading is ${core.state.mode.mode}, and it protects nothing` })
  }
}

/** A stop that lowers risk, or what was sent on its behalf. */
export function keepsProtecting(core: Core, order: OurOrder): boolean {
  if (protects(core, order)) return true
  const owner = order.onBehalfOf === undefined ? undefined : core.state.orders.get(order.onBehalfOf)
  return owner !== undefined && protects(core, owner)
}

const protects = (core: Core, order: OurOrder): boolean =>
  isProtective(order) || isClosing(order) ? !isLeftAlone(core, order) : isStop(order) && isCoveredByHolding(core, order)

/** A close for which the stops were taken back: without it nothing would stand between the position and the market. */
const isClosing = ({ spec, heldFor }: OurOrder): boolean =>
  spec.type === 'market' && spec.reduceOnly === true && (heldFor === 'replaced' || heldFor === 'sibling')

/** A stop at a venue that keeps none from growing a position, with nothing to close and nothing that may yet come: it could only open one. */
function isLeftAlone(core: Core, order: OurOrder): boolean {
  const { account, instrument, side, positionSide } = order.spec
  if (!mayBeAtVenue(order) || order.venueSpec?.reduceOnly === true || order.link !== undefined || order.onBehalfOf !== undefined) return false
  const held = accountOf(core, account).books.closable(instrument, positionSide ?? 'net')
  if (!isZero(held) && isPositive(held) === (side === 'sell')) return false
  return ![...(core.state.liveIn.get(`${account}|${instrument}`)?.values() ?? [])].some((other) => other.spec.side !== side && mayBeAtVenue(other) && !isStop(other))
}

const noLots = lotsFromRaw(0)

/**
 * A stop that nobody called reduce-only, against what is held. On spot it can only sell what is there; elsewhere those stops protect, in the order in which
 * they came, that the position is large enough for.
 */
function isCoveredByHolding(core: Core, { id, spec }: OurOrder): boolean {
  const { account, instrument, side, positionSide } = spec
  const held = accountOf(core, account).books.closable(instrument, positionSide ?? 'net')
  if (isZero(held) || isPositive(held) !== (side === 'sell')) return false
  if (tradableOf(core, instrument).settlement === 'delivery') return true
  let taken = noLots
  for (const other of core.state.liveIn.get(`${account}|${instrument}`)?.values() ?? []) {
    if (other.onBehalfOf !== undefined || other.isCancelWanted || !isStop(other) || other.spec.side !== side || other.isExternal) continue
    taken = add(taken, reachOf(core, other))
    if (other.id === id) return !isMore(taken, absolute(held))
  }
  // It ended, and its pieces are looked at.
  return !isMore(taken, absolute(held))
}

/** What of it may still trade. The leg of an oto follows what its entry filled. */
function reachOf({ state }: Core, { link, lots, filled }: OurOrder): Lots {
  const members = link?.kind === 'oto' && link.role === 'child' ? state.groups.get(link.group) : undefined
  const entry = members?.map((id) => state.orders.get(id)).find((member) => member?.link?.role === 'parent')
  const planned = entry === undefined ? lots : isPositive(lots) && isPositive(entry.lots) ? mulDiv(lots, entry.filled, entry.lots, 'floor') : entry.filled
  return isMore(planned, filled) ? subtract(planned, filled) : noLots
}
