import { z } from 'zod'
import { instrumentId } from './market-entries.ts'
import { reason, timeMs } from './primitives.ts'
import { verdict } from './refusal-terms.ts'
import {
  accountId, amount, averagePrice, clientKey, groupKind, lots, orderId, orderType, positionSide, price, rate, side, signedLots, size, sizeWish, timeInForce, trail, trigger,
} from './trading-terms.ts'
import { orderView } from './trading-views.ts'

/** An order that is asked for. Which fields its type needs is judged by the engine, and told as a refusal. */
export const orderWish = z.strictObject({
  account: accountId,
  instrument: instrumentId,
  side,
  type: orderType,
  size: sizeWish,
  limit: price.optional(),
  trigger: trigger.optional(),
  trail: trail.optional(),
  timeInForce,
  /** Of `gtd`. */
  expiresAt: timeMs.optional(),
  postOnly: z.boolean().optional(),
  reduceOnly: z.boolean().optional(),
  /** Shown part of an iceberg. */
  display: size.optional(),
  positionSide: positionSide.optional(),
})
export type OrderWish = z.output<typeof orderWish>

/** The first of a bracket or an oto is the entry. Sizes of legs: a quantity each; of a bracket's legs what the entry fills is what counts. */
export const groupWish = z.strictObject({ group: groupKind, orders: z.array(orderWish).min(2).max(10) })
export type GroupWish = z.output<typeof groupWish>

export const actorOfOrder = z.enum(['hand', 'cli', 'hotkey'])

/** Each command carries the caller's own key: see `clientKey`. */
export const asked = { clientKey, actor: actorOfOrder }

export const amendWish = {
  order: orderId,
  /** The whole new quantity, what is filled included. */
  lots: size.optional(),
  limit: price.optional(),
  trigger: price.optional(),
}

/** What a command led to, as far as is known at once: what the venue makes of it comes over the streams. */
export const commandAnswer = z.strictObject({
  verdict,
  /** The key was used before, for the same: this is what came of it, and nothing was done again. */
  isRepeat: z.boolean(),
  /** What it made or touched, in its order, as it is now. */
  orders: z.array(orderView),
})
export type CommandAnswerView = z.output<typeof commandAnswer>

/** One order of what is previewed. Money in the quote currency unless said otherwise. */
export const previewedOrder = z.strictObject({
  verdict,
  /** What the size comes to; null where it cannot be told. */
  lots: lots.nullable(),
  /** At the price that it is expected to trade at, and at the worst that risk counts with. */
  expectedPrice: averagePrice.nullable(),
  worstPrice: price.nullable(),
  cost: amount.nullable(),
  worstCost: amount.nullable(),
  makerFee: amount.nullable(),
  takerFee: amount.nullable(),
  /** What a contract ties up; null for what is delivered. */
  margin: amount.nullable(),
  reduces: z.boolean().nullable(),
  /** Waits in the engine first; what may happen then is reviewed then. */
  isHeld: z.boolean(),
})
export type PreviewedOrder = z.output<typeof previewedOrder>

export const preview = z.strictObject({
  /** Of the whole: what the command would be answered now. */
  verdict,
  orders: z.array(previewedOrder),
  /** The position before, after the entry, and if everything that may still fill on its side does too. */
  position: z.strictObject({ before: signedLots, after: signedLots, worstLong: signedLots, worstShort: signedLots }).nullable(),
  /** Of the position after. */
  averagePriceAfter: averagePrice.nullable(),
  liquidationPriceAfter: price.nullable(),
  /** Down to the stop: of the group's own leg or of the size's; in the reporting currency, fees included. */
  risk: z.strictObject({ stop: price, amount, ofEquity: rate.nullable(), reward: amount.nullable() }).nullable(),
  /** Of the account: what is free of the asset that is needed, before and after. */
  free: z.strictObject({ asset: z.string(), before: amount.nullable(), after: amount.nullable() }).nullable(),
  /** How old the prices are that it rests on; null without any. */
  priceAgeMs: z.int().nullable(),
})
export type PreviewView = z.output<typeof preview>

export const previewInput = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('place'), order: orderWish }),
  z.strictObject({ of: z.literal('place-group'), ...groupWish.shape }),
  z.strictObject({ of: z.literal('amend'), ...amendWish }),
])

export const settleWish = { order: orderId, outcome: z.enum(['never-placed', 'canceled']), reason }
