import { cancelOrder } from './cancels.ts'
import type { Core } from './core.ts'
import { isProtective } from './our-order.ts'
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

/** A stop that lowers risk, or what was sent on its behalf. */
export function keepsProtecting(core: Core, order: OurOrder): boolean {
  if (isProtective(order)) return true
  const owner = order.onBehalfOf === undefined ? undefined : core.state.orders.get(order.onBehalfOf)
  return owner !== undefined && isProtective(owner)
}
