import { z } from 'zod'
import { instrumentId } from './market-entries.ts'
import { assetId } from './trading-terms.ts'

/** Every reason for which an order or a command is refused. A code is an interface; the sentences are in the catalogue under `refusal.`. */
export const refusalRuleNames = [
  'order.malformed', 'order.unknown-instrument', 'order.unknown-account', 'order.not-found', 'order.already-ended', 'order.amend-not-possible',
  'filter.quantity-min', 'filter.quantity-max', 'filter.price-range', 'filter.notional-min', 'filter.notional-max', 'filter.price-band',
  'filter.orders-open', 'filter.session-closed', 'filter.expiry-past',
  'time.drift', 'time.replayed',
  'risk.no-price', 'risk.stale-price', 'risk.crossed-book', 'risk.no-balance', 'risk.order-notional', 'risk.order-quantity', 'risk.price-band', 'risk.orders-open', 'risk.order-rate',
  'risk.position', 'risk.gross', 'risk.leverage', 'risk.balance', 'risk.not-reducing', 'risk.overflow', 'risk.fault',
  'mode.not-allowed', 'instrument.reducing', 'self-trade', 'queue.full', 'nothing-to-do',
] as const
export type RefusalRuleName = (typeof refusalRuleNames)[number]

/** What limit and actual count: prices, sizes, money of `asset`, things, milliseconds, a moment, billionths. */
export const refusalUnits = ['ticks', 'lots', 'amount', 'count', 'ms', 'moment', 'rate'] as const
export type RefusalUnit = (typeof refusalUnits)[number]

export const refusalView = z.strictObject({
  rule: z.enum(refusalRuleNames),
  /** The numbers that were compared, in their unit; null where nothing was compared. */
  limit: z.int().nullable(),
  actual: z.int().nullable(),
  unit: z.enum(refusalUnits).nullable(),
  /** Of an amount. */
  asset: assetId.nullable(),
  instrument: instrumentId.nullable(),
  /** The engine's own words, in English: for the trail. */
  detail: z.string(),
})
export type RefusalView = z.output<typeof refusalView>

export const verdict = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), refusal: refusalView }),
])
export type VerdictView = z.output<typeof verdict>
