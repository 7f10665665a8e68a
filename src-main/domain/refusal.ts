/** Every reason for which the engine refuses a command, with what it kept and what it met. One table; a code is an interface. */
export const refusalRules = [
  // form
  'order.malformed', 'order.unknown-instrument', 'order.unknown-account', 'order.not-found', 'order.already-ended', 'order.amend-not-possible',
  // filters of the venue
  'filter.quantity-min', 'filter.quantity-max', 'filter.price-range', 'filter.notional-min', 'filter.notional-max', 'filter.price-band',
  'filter.orders-open', 'filter.session-closed', 'filter.expiry-past',
  // time
  'time.drift', 'time.replayed',
  // review
  'risk.no-price', 'risk.stale-price', 'risk.crossed-book', 'risk.no-balance', 'risk.order-notional', 'risk.order-quantity', 'risk.price-band', 'risk.orders-open', 'risk.order-rate',
  'risk.position', 'risk.gross', 'risk.leverage', 'risk.balance', 'risk.not-reducing', 'risk.overflow', 'risk.fault',
  // state
  'mode.not-allowed', 'instrument.reducing', 'self-trade', 'queue.full', 'nothing-to-do',
] as const
export type RefusalRule = (typeof refusalRules)[number]

/** `limit` and `actual` are raw numbers in the unit that the rule names: ticks, lots, minor units, a count, milliseconds. */
export interface Refusal {
  readonly rule: RefusalRule
  readonly limit?: number
  readonly actual?: number
  /** One plain sentence. */
  readonly detail: string
}
