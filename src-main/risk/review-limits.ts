import { amountFromRaw, lotsFromRaw, quantityMax, rateFromRaw } from '../base/index.ts'
import type { Amount, Lots, Rate } from '../base/index.ts'

/** What the trader allows in one instrument. Money is in the reporting currency. */
export interface InstrumentLimits {
  readonly orderLotsMax: Lots
  readonly orderNotionalMax: Amount
  /** Long or short, with everything that may still fill. */
  readonly positionLotsMax: Lots
  /** How far through the market a limit price may reach, as a part of the reference price. */
  readonly priceBand: Rate
  readonly ordersOpenMax: number
}

/** What the trader allows on one account. The review knows no other source of limits. */
export interface ReviewLimits {
  readonly everyInstrument: InstrumentLimits
  /** In place of the above, whole. */
  readonly instruments: ReadonlyMap<string, InstrumentLimits>
  /** The worst case of all positions and orders together. */
  readonly grossMax: Amount
  /** Gross over equity: 1,000,000,000 is once the equity. */
  readonly leverageMax: Rate
  readonly ordersOpenMax: number
  readonly ordersPerSecond: number
  readonly ordersPerMinute: number
  readonly priceAgeMaxMs: number
  /** How far ahead of our clock a command may be dated. */
  readonly driftMaxMs: number
  /** How old a command may be before it counts as a replay. */
  readonly commandAgeMaxMs: number
  /** What is set aside for an order without a limit, on top of the price seen. */
  readonly marketSlippage: Rate
}

export const limitsFor = (limits: ReviewLimits, instrument: string): InstrumentLimits =>
  limits.instruments.get(instrument) ?? limits.everyInstrument

/** No limit of ours at all, for tests and measurements of what remains: form, filters, prices, balance. */
export const boundlessLimits: ReviewLimits = {
  everyInstrument: {
    orderLotsMax: lotsFromRaw(quantityMax),
    orderNotionalMax: amountFromRaw(quantityMax),
    positionLotsMax: lotsFromRaw(quantityMax),
    priceBand: rateFromRaw(1_000_000_000),
    ordersOpenMax: quantityMax,
  },
  instruments: new Map(),
  grossMax: amountFromRaw(quantityMax),
  leverageMax: rateFromRaw(quantityMax),
  ordersOpenMax: quantityMax,
  ordersPerSecond: quantityMax,
  ordersPerMinute: quantityMax,
  priceAgeMaxMs: quantityMax,
  driftMaxMs: quantityMax,
  commandAgeMaxMs: quantityMax,
  marketSlippage: rateFromRaw(0),
}
