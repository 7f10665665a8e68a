import { z } from 'zod'
import { instrumentId } from './market-entries.ts'
import { accountId, amount, assetId, lots, orderType, price, rate } from './trading-terms.ts'

/** What an instrument asks of orders and costs, beside what `market.instruments` says of it. */
export const tradableView = z.strictObject({
  instrument: instrumentId,
  /** `delivery`: base against quote, owned; `linear`: a contract whose profit is in the quote currency. */
  settlement: z.enum(['delivery', 'linear']),
  base: assetId,
  quote: assetId,
  quantityMin: lots,
  quantityMax: lots,
  priceMin: price,
  priceMax: price,
  /** Of price times quantity, in the quote currency; null: the venue names none. */
  notionalMin: amount.nullable(),
  notionalMax: amount.nullable(),
  priceBand: rate.nullable(),
  /** Price times quantity in minor units of the quote currency is `ticks * lots * numerator / denominator`. */
  scale: z.strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) }),
  /** Minor units of the base asset in a lot. */
  baseUnitsPerLot: z.int().min(0),
  /** Below zero is a rebate. */
  makerFee: rate,
  takerFee: rate,
  /** 0: nothing may be borrowed. */
  leverageMax: z.int().min(0),
  maintenanceMargin: rate,
  /** What can be asked for; what the venue cannot do by itself the engine holds. */
  orderTypes: z.array(orderType),
  can: z.strictObject({ postOnly: z.boolean(), reduceOnly: z.boolean(), amend: z.boolean(), goodTillDate: z.boolean() }),
})
export type TradableView = z.output<typeof tradableView>

const instrumentLimits = z.strictObject({
  orderLotsMax: lots, orderNotionalMax: amount, positionLotsMax: lots, priceBand: rate, ordersOpenMax: z.int(),
})

/** What the trader allows; money in the reporting currency. */
export const limitsView = z.strictObject({
  everyInstrument: instrumentLimits,
  instruments: z.array(z.strictObject({ instrument: instrumentId, ...instrumentLimits.shape })),
  grossMax: amount,
  leverageMax: rate,
  ordersOpenMax: z.int(),
  ordersPerSecond: z.int(),
  ordersPerMinute: z.int(),
  priceAgeMaxMs: z.int(),
  marketSlippage: rate,
})
export type LimitsView = z.output<typeof limitsView>

export const tradingSetup = z.strictObject({
  reportingAsset: assetId,
  /** One minor unit is ten to the power of minus `decimals`. */
  assets: z.array(z.strictObject({ id: assetId, decimals: z.int().min(0).max(30) })),
  accounts: z.array(z.strictObject({ id: accountId, venue: z.string(), positions: z.enum(['netting', 'hedging']), lots: z.enum(['fifo', 'average']) })),
  tradables: z.array(tradableView),
  limits: limitsView,
})
export type TradingSetupView = z.output<typeof tradingSetup>
