import { z } from 'zod'
import { instrumentId } from './market-entries.ts'
import { timeMs } from './primitives.ts'
import { refusalView } from './refusal-terms.ts'
import { accountId, amount, averagePrice, lots, orderId, orderStatus, orderType, price, side, timeInForce } from './trading-terms.ts'

/** Where a page begins: what the page before it said. */
const cursor = z.string().regex(/^[\w.:-]{1,200}$/)

/** What all questions for the past may be narrowed by. */
export const pastWish = {
  account: accountId.optional(),
  instrument: instrumentId.optional(),
  since: timeMs.optional(),
  until: timeMs.optional(),
  /** Newest first unless asked otherwise. */
  direction: z.enum(['newest-first', 'oldest-first']).optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(1_000),
}
const pageOf = <Row extends z.ZodType>(row: Row) => z.strictObject({
  rows: z.array(row),
  /** Null: that was the last page. */
  next: cursor.nullable(),
  /** How many match in all. */
  count: z.int(),
})

const assetAmount = z.strictObject({ asset: z.string(), amount })

export const pastOrder = z.strictObject({
  id: orderId,
  clientOrderId: z.string(),
  venueOrder: z.string().nullable(),
  account: accountId,
  instrument: instrumentId,
  side,
  type: orderType,
  timeInForce,
  lots,
  filled: lots,
  averagePrice: averagePrice.nullable(),
  limit: price.nullable(),
  trigger: price.nullable(),
  postOnly: z.boolean(),
  reduceOnly: z.boolean(),
  status: orderStatus,
  owner: z.string(),
  group: z.string().nullable(),
  refusal: refusalView.nullable(),
  why: z.string().nullable(),
  fees: z.array(assetAmount),
  /** In the quote currency; null where it closed nothing. */
  realised: amount.nullable(),
  intendedAt: timeMs,
  sentAt: timeMs.nullable(),
  workingAt: timeMs.nullable(),
  endedAt: timeMs.nullable(),
})
export type PastOrder = z.output<typeof pastOrder>
export const pastOrders = pageOf(pastOrder)

export const pastFill = z.strictObject({
  order: orderId,
  trade: z.string(),
  account: accountId,
  instrument: instrumentId,
  side,
  price,
  lots,
  liquidity: z.enum(['maker', 'taker']),
  fee: amount,
  feeAsset: z.string(),
  /** In the quote currency; null where it closed nothing. */
  realised: amount.nullable(),
  isInferred: z.boolean(),
  at: timeMs,
})
export type PastFill = z.output<typeof pastFill>
export const pastFills = pageOf(pastFill)

/** What somebody asked of the engine. What was refused at once made no order, and is found here. */
export const pastCommand = z.strictObject({
  /** Of the journal. */
  record: z.int(),
  at: timeMs,
  command: z.string(),
  /** Of the caller, where one was given. */
  clientKey: z.string().nullable(),
  who: z.string().nullable(),
  /** `none`: asked again, and answered with what it had led to before; or its answer is on its way here. */
  outcome: z.enum(['none', 'taken', 'refused', 'lost']),
  refusal: refusalView.nullable(),
  account: accountId.nullable(),
  instrument: instrumentId.nullable(),
  side: side.nullable(),
  type: orderType.nullable(),
  lots: lots.nullable(),
  limit: price.nullable(),
  /** The order that it is about: of an amend or a cancel. */
  order: orderId.nullable(),
})
export type PastCommand = z.output<typeof pastCommand>
export const pastCommands = pageOf(pastCommand)

/** One line of the double-entry books; the lines of an entry sum to zero in each asset. */
export const ledgerLine = z.strictObject({
  /** The journal's record that caused it. */
  entry: z.int(),
  at: timeMs,
  account: accountId,
  asset: z.string(),
  /** Whose side: the wallet, fees, funding, realised profit and so on. */
  book: z.string(),
  amount,
  /** Of this book, after the line. */
  balance: amount,
  reason: z.string(),
  instrument: instrumentId.nullable(),
  order: orderId.nullable(),
})
export type LedgerLine = z.output<typeof ledgerLine>
export const ledgerLines = pageOf(ledgerLine)

/** One step in the life of an order, as it was written down. */
export const timelineStep = z.strictObject({
  /** Of the journal. */
  record: z.int(),
  at: timeMs,
  /** Since the step before; null of the first. */
  afterMs: z.int().nullable(),
  kind: z.string(),
  /** Who asked: `hand`, `cli`, `hotkey`, a strategy, or the engine itself. */
  who: z.string().nullable(),
  correlation: z.string().nullable(),
  refusal: refusalView.nullable(),
  fill: pastFill.nullable(),
  detail: z.string().nullable(),
})
export type TimelineStep = z.output<typeof timelineStep>

export const equityPoint = z.strictObject({
  at: timeMs, open: amount, high: amount, low: amount, close: amount,
})
export type EquityPoint = z.output<typeof equityPoint>
