import type { OrderSpec, VenueOrderView } from '../domain/index.ts'

/** What somebody placed past us, as far as a venue shows it: enough to count it, never to place it again. */
export function specOfExternal(account: string, view: VenueOrderView): OrderSpec {
  const { instrument, side, lots, limit, trigger, reduceOnly, positionSide } = view
  return {
    account, instrument, side, type: typeOf(view), size: { by: 'quantity', lots }, timeInForce: 'gtc', owner: 'external',
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined ? {} : { trigger: { price: trigger, source: 'last' as const } }),
    ...(reduceOnly === undefined ? {} : { reduceOnly }),
    ...(positionSide === undefined ? {} : { positionSide }),
  }
}

function typeOf({ limit, trigger }: VenueOrderView): OrderSpec['type'] {
  if (trigger !== undefined) return limit === undefined ? 'stop' : 'stop-limit'
  return limit === undefined ? 'market' : 'limit'
}
