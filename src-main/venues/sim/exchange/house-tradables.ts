import { amountFromRaw, createNotionalScale, ensureOk, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../base/index.ts'
import type { Asset, Tradable, VenueAbilities } from '../../../domain/index.ts'
import { demoInstruments } from '../demo-instruments.ts'
import type { DemoInstrument } from '../demo-instruments.ts'
import type { Crowd } from './exchange-setup.ts'

/** The demo market's instruments as the house's own venue trades them, with rules of the kind that venues in the field have. */
const usdDecimals = 6
const decimalsOf = (asset: string): number => (asset === 'EUR' ? 6 : 8)

export const houseAssets: readonly Asset[] = [
  { id: 'USD', decimals: usdDecimals },
  ...[...new Set(demoInstruments.map(({ instrument }) => instrument.base))].map((id) => ({ id, decimals: decimalsOf(id) })),
]

const spotAbilities: VenueAbilities = {
  triggerOrders: true, trailing: false, oco: false, iceberg: true, amend: false, goodTillDate: false, postOnly: true, reduceOnly: false, locksBalance: true,
}
const contractAbilities: VenueAbilities = {
  triggerOrders: true, trailing: false, oco: false, iceberg: false, amend: true, goodTillDate: true, postOnly: true, reduceOnly: true, locksBalance: false,
}

/** Five dollars. */
const notionalMin = amountFromRaw(5 * 10 ** usdDecimals)

const ticksOf = ({ instrument: { tick }, driver }: DemoInstrument): number => Math.round((driver.priceAtStart * 10 ** tick.decimals) / tick.units)

function tradableOf(traits: DemoInstrument): Tradable {
  const { instrument, depthLots } = traits
  const isContract = instrument.kind === 'perpetual'
  const { tick, lot } = instrument
  const scale = createNotionalScale({ tick, lot, multiplier: { units: 1, decimals: 0 }, amountDecimals: usdDecimals })
  return {
    instrument,
    settlement: isContract ? 'linear' : 'delivery',
    rules: {
      quantityMin: lotsFromRaw(1), quantityMax: lotsFromRaw(depthLots * 1_000),
      priceMin: ticksFromRaw(Math.max(1, Math.floor(ticksOf(traits) / 100))), priceMax: ticksFromRaw(ticksOf(traits) * 100),
      notionalMin, priceBand: rateFromRaw(200_000_000), ordersOpenMax: 200, triggersOpenMax: 20,
    },
    abilities: isContract ? contractAbilities : spotAbilities,
    scale: ensureOk(scale, 'a scale of a demo instrument'),
    baseUnitsPerLot: isContract ? 0 : lot.units * 10 ** (decimalsOf(instrument.base) - lot.decimals),
    makerFee: rateFromRaw(isContract ? 200_000 : 1_000_000), takerFee: rateFromRaw(isContract ? 500_000 : 1_000_000),
    leverageMax: isContract ? 10 : 0, maintenanceMargin: rateFromRaw(isContract ? 5_000_000 : 0),
  }
}

export const houseTradables: readonly Tradable[] = demoInstruments.map(tradableOf)

const secondsOfDay = 86_400
const crowdStepMs = 500

/** A crowd in the manner of each demo market, for whoever wants an exchange without feeding it. */
export const houseCrowds: readonly Crowd[] = demoInstruments.map((traits) => ({
  instrument: traits.instrument.id,
  priceAtStart: ticksFromRaw(ticksOf(traits)),
  spreadTicks: Math.max(2, traits.spreadTicks),
  levels: 12,
  depthLots: lotsFromRaw(traits.depthLots),
  stepTicks: (ticksOf(traits) * traits.driver.dailyVolatility) / Math.sqrt((secondsOfDay * 1_000) / crowdStepMs),
  stepMs: crowdStepMs,
  tradeShare: 0.3,
  fundingRate: rateFromRaw(100_000),
}))
