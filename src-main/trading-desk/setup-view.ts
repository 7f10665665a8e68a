import { orderTypeNames, type LimitsView, type TradableView, type TradingSetupView } from '../../src-preload/contract/index.ts'
import { rawOf } from '../base/index.ts'
import type { Amount, Rate } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import type { InstrumentLimits, ReviewLimits } from '../risk/index.ts'

const rawOrNull = (quantity: Amount | Rate | undefined): number | null => (quantity === undefined ? null : rawOf(quantity))

export const setupViewOf = ({ reportingAsset, assets, accounts, tradables, limits }: EngineSetup): TradingSetupView => ({
  reportingAsset,
  assets: assets.map(({ id, decimals }) => ({ id, decimals })),
  accounts: accounts.map(({ id, venue, positions, lots }) => ({ id, venue, positions, lots })),
  tradables: tradables.map(tradableViewOf),
  limits: limitsViewOf(limits),
})

function tradableViewOf({ instrument, settlement, rules, abilities, scale, baseUnitsPerLot, makerFee, takerFee, leverageMax, maintenanceMargin }: Tradable): TradableView {
  const { postOnly, reduceOnly, amend, goodTillDate } = abilities
  return {
    instrument: instrument.id, settlement, base: instrument.base, quote: instrument.quote,
    quantityMin: rawOf(rules.quantityMin), quantityMax: rawOf(rules.quantityMax), priceMin: rawOf(rules.priceMin), priceMax: rawOf(rules.priceMax),
    notionalMin: rawOrNull(rules.notionalMin), notionalMax: rawOrNull(rules.notionalMax), priceBand: rawOrNull(rules.priceBand),
    scale: { numerator: scale.numerator, denominator: scale.denominator }, baseUnitsPerLot,
    makerFee: rawOf(makerFee), takerFee: rawOf(takerFee), leverageMax, maintenanceMargin: rawOf(maintenanceMargin),
    // What a venue does not know of is held here until its time, so each type can be asked for everywhere.
    orderTypes: [...orderTypeNames],
    can: { postOnly, reduceOnly, amend, goodTillDate },
  }
}

const instrumentLimitsOf = ({ orderLotsMax, orderNotionalMax, positionLotsMax, priceBand, ordersOpenMax }: InstrumentLimits): LimitsView['everyInstrument'] => ({
  orderLotsMax: rawOf(orderLotsMax), orderNotionalMax: rawOf(orderNotionalMax), positionLotsMax: rawOf(positionLotsMax), priceBand: rawOf(priceBand), ordersOpenMax,
})

const limitsViewOf = (limits: ReviewLimits): LimitsView => ({
  everyInstrument: instrumentLimitsOf(limits.everyInstrument),
  instruments: [...limits.instruments].map(([instrument, own]) => ({ instrument, ...instrumentLimitsOf(own) })),
  grossMax: rawOf(limits.grossMax), leverageMax: rawOf(limits.leverageMax), ordersOpenMax: limits.ordersOpenMax,
  ordersPerSecond: limits.ordersPerSecond, ordersPerMinute: limits.ordersPerMinute, priceAgeMaxMs: limits.priceAgeMaxMs, marketSlippage: rawOf(limits.marketSlippage),
})
