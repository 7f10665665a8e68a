import type { OrderSpec } from '../domain/index.ts'
import { accountOf, tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { placeKey } from './engine-state.ts'
import { mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/**
 * Orders of ours on the same side that already reach for the lots which a close would sell or buy back. Where the venue keeps no order from growing a
 * position, that is each of them: with the close it could turn the position round.
 */
export function exitsInTheWay(core: Core, { account, instrument, side, positionSide }: OrderSpec): readonly OurOrder[] {
  const { locksBalance, reduceOnly } = tradableOf(core, instrument).abilities
  return [...(core.state.liveIn.get(`${account}|${instrument}`)?.values() ?? [])].filter((order) =>
    mayBeAtVenue(order) && !order.isExternal && order.spec.side === side && (order.spec.positionSide ?? 'net') === (positionSide ?? 'net')
    && (order.spec.reduceOnly === true || locksBalance || !reduceOnly))
}

/** Sales of the same coin in its other pairs: what they hold back cannot be delivered a second time. */
export function salesInOtherPairs(core: Core, { account, instrument, side }: OrderSpec): readonly OurOrder[] {
  const { settlement, instrument: { base } } = tradableOf(core, instrument)
  if (settlement === 'linear' || side === 'buy') return []
  return accountOf(core, account).books.pairs(base).filter((pair) => pair.instrument.id !== instrument).flatMap((pair) =>
    [...(core.state.liveIn.get(placeKey(account, pair.instrument.id))?.values() ?? [])].filter((order) =>
      mayBeAtVenue(order) && !order.isExternal && order.spec.side === 'sell'))
}

/** What has to be taken back so that it stays away: a slice alone would be followed by the next. The legs of a group stand back by themselves. */
export function wholeInTheWay(core: Core, order: OurOrder): OurOrder {
  const owner = order.onBehalfOf === undefined ? undefined : core.state.live.get(order.onBehalfOf)
  return owner === undefined || owner.link?.role === 'child' ? order : owner
}

/** Those of an oto stand back for nobody. */
export function isPutBack(core: Core, { onBehalfOf }: OurOrder): boolean {
  const owner = onBehalfOf === undefined ? undefined : core.state.live.get(onBehalfOf)
  return owner?.link?.role === 'child' && owner.link.kind === 'oto' && !owner.isCancelWanted
}
