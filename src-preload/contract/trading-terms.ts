import { z } from 'zod'

/** The small words of trading, each with one form everywhere. Prices are whole ticks, sizes whole lots, money whole minor units of an asset. */
export const orderId = z.string().regex(/^[0-9a-f]{32}$/)
export const accountId = z.string().regex(/^[\w.-]{1,40}$/)
export const assetId = z.string().regex(/^[A-Z0-9]{1,12}$/)
/** Who asks chooses it; asked again with the same one, a command is answered and not obeyed twice, for a day. */
export const clientKey = z.string().regex(/^[\w.:-]{1,64}$/)

export const ticks = z.int()
/** Of an order, a trigger or a trail: never nothing. */
export const price = z.int().min(1)
export const lots = z.int().min(0)
export const size = z.int().min(1)
/** Long is above zero, short below. */
export const signedLots = z.int()
/** Minor units of the asset that the field or its neighbour names. */
export const amount = z.int()
/** Billionths. */
export const rate = z.int()
/** In the quote currency for one unit, as exact text: an average lies between ticks. */
export const averagePrice = z.string().regex(/^-?\d+(\.\d+)?$/)

export const side = z.enum(['buy', 'sell'])
export type TradeSide = z.output<typeof side>

export const orderTypeNames = ['market', 'limit', 'stop', 'stop-limit', 'take-profit', 'take-profit-limit', 'trailing-stop'] as const
export const orderType = z.enum(orderTypeNames)
export type OrderTypeName = z.output<typeof orderType>

export const timeInForceNames = ['gtc', 'ioc', 'fok', 'gtd', 'day'] as const
export const timeInForce = z.enum(timeInForceNames)
export type TimeInForceName = z.output<typeof timeInForce>

export const triggerSource = z.enum(['last', 'mark', 'index', 'mid'])
export type TriggerSourceName = z.output<typeof triggerSource>

export const positionSide = z.enum(['net', 'long', 'short'])
export type PositionSideName = z.output<typeof positionSide>

export const groupKind = z.enum(['oco', 'oto', 'bracket'])
export type GroupKindName = z.output<typeof groupKind>

/**
 * `held` waits in the engine for its trigger or its parent and was never sent; `unknown` was sent and its fate is not proven: it counts as live.
 * Only the proof of absence makes it `absent`; `stuck` needs a person.
 */
export const orderStatusNames = [
  'intent', 'denied', 'held', 'sending', 'working', 'partial', 'filled', 'canceled', 'expired', 'rejected', 'unknown', 'absent', 'stuck',
] as const
export const orderStatus = z.enum(orderStatusNames)
export type OrderStatusName = z.output<typeof orderStatus>

export const endedStatusNames = ['denied', 'filled', 'canceled', 'expired', 'rejected', 'absent'] as const satisfies readonly OrderStatusName[]
export const hasEnded = (status: OrderStatusName): boolean => (endedStatusNames as readonly OrderStatusName[]).includes(status)

/** A cancel or an amend under way lies over the status, so that it never hides a fill. */
export const overlay = z.enum(['none', 'sending', 'unknown', 'acked'])
export type OverlayName = z.output<typeof overlay>

export const sizeWish = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('quantity'), lots: size }),
  /** Of the quote currency. */
  z.strictObject({ by: z.literal('cash'), cash: amount.min(1) }),
  /** What may be lost, in the reporting currency, until the stop is reached. */
  z.strictObject({ by: z.literal('risk'), amount: amount.min(1), stop: price }),
  /** The same as a part of the equity. */
  z.strictObject({ by: z.literal('risk-part'), rate: rate.min(1).max(1_000_000_000), stop: price }),
  /** A part of the equity, as the worth of the order. */
  z.strictObject({ by: z.literal('equity-part'), rate: rate.min(1) }),
  z.strictObject({ by: z.literal('all') }),
])
export type SizeWish = z.output<typeof sizeWish>

export const trailDistance = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('amount'), ticks: price }),
  z.strictObject({ by: z.literal('percent'), rate: rate.min(1) }),
])
export const trigger = z.strictObject({ price, source: triggerSource })
/** Trails only once `activation` was seen. */
export const trail = z.strictObject({ distance: trailDistance, source: triggerSource, activation: price.optional() })
