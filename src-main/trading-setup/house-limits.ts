import { amountFromRaw, lotsFromRaw, quantityMax, rateFromRaw } from '../base/index.ts'
import { usualTimings } from '../engine/index.ts'
import type { ReviewLimits } from '../risk/index.ts'

/** What a profile without limits of its own allows: wide enough to trade by hand, too narrow for a slip of the finger or a loop that runs away. */
const dollars = (units: number) => amountFromRaw(units * 1_000_000)
const percent = (units: number) => rateFromRaw(units * 10_000_000)

export const houseLimits: ReviewLimits = {
  everyInstrument: {
    // A size means little across instruments: their worth is what is limited.
    orderLotsMax: lotsFromRaw(quantityMax),
    positionLotsMax: lotsFromRaw(quantityMax),
    orderNotionalMax: dollars(10_000),
    priceBand: percent(3),
    ordersOpenMax: 100,
  },
  instruments: new Map(),
  grossMax: dollars(300_000),
  leverageMax: percent(300),
  ordersOpenMax: 400,
  ordersPerSecond: 20,
  ordersPerMinute: 600,
  priceAgeMaxMs: usualTimings.staleQuoteMs,
  driftMaxMs: 2_000,
  commandAgeMaxMs: 10_000,
  marketSlippage: percent(1),
}
