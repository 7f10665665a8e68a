import { amountFromRaw, createNotionalScale, ensureOk, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { Tradable } from '../../../src-main/domain/index.ts'

/** Three instruments to test with: ticks of 0.01, lots of 0.001, dollars counted in millionths. */
const tick = { units: 1, decimals: 2 }
const lot = { units: 1, decimals: 3 }
const scale = ensureOk(createNotionalScale({ tick, lot, multiplier: { units: 1, decimals: 0 }, amountDecimals: 6 }), 'a scale')

export const spot: Tradable = {
  instrument: { id: 'BTC/USD', venue: 'sim', kind: 'spot', name: 'Bitcoin against US dollar', base: 'BTC', quote: 'USD', sector: 'coins', tick, lot, hours: { kind: 'always' } },
  settlement: 'delivery',
  rules: {
    quantityMin: lotsFromRaw(1), quantityMax: lotsFromRaw(1_000_000), priceMin: ticksFromRaw(1), priceMax: ticksFromRaw(1_000_000_000),
    notionalMin: amountFromRaw(5_000_000), priceBand: rateFromRaw(500_000_000), ordersOpenMax: 200, triggersOpenMax: 5,
  },
  abilities: { triggerOrders: true, trailing: false, oco: false, iceberg: false, amend: true, goodTillDate: true, postOnly: true, reduceOnly: false, locksBalance: true },
  scale,
  baseUnitsPerLot: 100_000,
  makerFee: rateFromRaw(200_000),
  takerFee: rateFromRaw(1_000_000),
  leverageMax: 0,
  maintenanceMargin: rateFromRaw(0),
}

export const perpetual: Tradable = {
  ...spot,
  instrument: { ...spot.instrument, id: 'BTC/USD:PERP', kind: 'perpetual', name: 'Bitcoin against US dollar, perpetual' },
  settlement: 'linear',
  abilities: { ...spot.abilities, reduceOnly: true, locksBalance: false },
  leverageMax: 20,
  maintenanceMargin: rateFromRaw(5_000_000),
}

/** Whole shares in cents, in New York's hours. */
export const share: Tradable = {
  ...spot,
  instrument: {
    ...spot.instrument, id: 'ACME', kind: 'equity', name: 'Acme', base: 'ACME', quote: 'USD', sector: 'industry', lot: { units: 1, decimals: 0 },
    hours: { kind: 'sessions', openMinute: 13 * 60 + 30, closeMinute: 20 * 60, weekdays: [1, 2, 3, 4, 5] },
  },
  scale: ensureOk(createNotionalScale({ tick, lot: { units: 1, decimals: 0 }, multiplier: { units: 1, decimals: 0 }, amountDecimals: 6 }), 'a scale'),
  baseUnitsPerLot: 1,
}

/** One tick times one lot is a third of a minor unit, so that every amount is rounded. */
export const uneven: Tradable = { ...spot, instrument: { ...spot.instrument, id: 'ODD/USD', base: 'ODD' }, scale: { numerator: 1, denominator: 3 } }

/** The same coin for another currency, in lots of 0.0025, which are no multiple of the others and the others none of them. */
const coarseLot = { units: 25, decimals: 4 }
export const spotInEuro: Tradable = {
  ...spot,
  instrument: { ...spot.instrument, id: 'BTC/EUR', name: 'Bitcoin against euro', quote: 'EUR', lot: coarseLot },
  scale: ensureOk(createNotionalScale({ tick, lot: coarseLot, multiplier: { units: 1, decimals: 0 }, amountDecimals: 6 }), 'a scale'),
  baseUnitsPerLot: 250_000,
}

/** A coin that is paid with another coin. */
export const spotInCoin: Tradable = {
  ...spot,
  instrument: { ...spot.instrument, id: 'ETH/BTC', name: 'Ether against Bitcoin', base: 'ETH', quote: 'BTC' },
  scale: ensureOk(createNotionalScale({ tick, lot, multiplier: { units: 1, decimals: 0 }, amountDecimals: 8 }), 'a scale'),
}
