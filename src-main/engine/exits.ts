import type { OrderSpec } from '../domain/index.ts'
import { tradableOf } from './core.ts'
import type { Core } from './core.ts'
import { mayBeAtVenue } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/** Orders of ours on the same side that already reach for the lots which a close would sell or buy back. */
export const exitsInTheWay = (core: Core, { account, instrument, side }: OrderSpec): readonly OurOrder[] =>
  [...(core.state.liveIn.get(`${account}|${instrument}`)?.values() ?? [])].filter((order) =>
    mayBeAtVenue(order) && !order.isExternal && order.spec.side === side && (order.spec.reduceOnly === true || tradableOf(core, instrument).abilities.locksBalance))
