import {
  amountFromRaw, createNotionalScale, ensureOk, lotsFromRaw, rateFromRaw, ticksFromRaw,
} from '../../../src-main/base/index.ts'
import type { Random } from '../../../src-main/base/index.ts'
import type { Asset, Tradable, VenueAbilities } from '../../../src-main/domain/index.ts'

/** What is traded in the simulation: one coin in two spot markets and two perpetuals, on a grid of their own each. */
export const assets: readonly Asset[] = [
  { id: 'USD', decimals: 6 }, { id: 'BTC', decimals: 8 }, { id: 'ETH', decimals: 8 }, { id: 'SOL', decimals: 8 }, { id: 'TKN', decimals: 8 },
]

export interface Market {
  readonly tradable: Tradable
  readonly priceAtStart: number
  readonly spreadTicks: number
  readonly depthLots: number
  readonly stepTicks: number
  /** A usual order. */
  readonly lots: number
  readonly positionMax: number
}

interface Plan {
  readonly id: string
  readonly base: string
  readonly kind: 'spot' | 'perpetual'
  readonly tickDecimals: number
  readonly lotDecimals: number
  readonly price: number
  readonly spreadTicks: number
  readonly stepTicks: number
  readonly depthLots: number
  readonly lots: number
  readonly positionMax: number
}

const plans: readonly Plan[] = [
  { id: 'BTC/USD', base: 'BTC', kind: 'spot', tickDecimals: 1, lotDecimals: 4, price: 640_000, spreadTicks: 12, stepTicks: 30, depthLots: 300, lots: 40, positionMax: 400 },
  { id: 'BTC/USD:MINI', base: 'BTC', kind: 'spot', tickDecimals: 2, lotDecimals: 5, price: 6_402_000, spreadTicks: 140, stepTicks: 320, depthLots: 2_500, lots: 300, positionMax: 3_500 },
  { id: 'ETH/USD:PERP', base: 'ETH', kind: 'perpetual', tickDecimals: 2, lotDecimals: 3, price: 310_000, spreadTicks: 10, stepTicks: 25, depthLots: 4_000, lots: 400, positionMax: 3_500 },
  { id: 'SOL/USD:PERP', base: 'SOL', kind: 'perpetual', tickDecimals: 3, lotDecimals: 2, price: 150_000, spreadTicks: 8, stepTicks: 20, depthLots: 8_000, lots: 900, positionMax: 7_500 },
]

const plain: VenueAbilities = {
  triggerOrders: false, trailing: false, oco: false, iceberg: false, amend: false, goodTillDate: false, postOnly: true, reduceOnly: false, locksBalance: true,
}
const able: VenueAbilities = {
  triggerOrders: true, trailing: false, oco: false, iceberg: true, amend: true, goodTillDate: true, postOnly: true, reduceOnly: true, locksBalance: false,
}

/** What a venue can do differs from seed to seed, so that the engine's own stand-ins are tried as well as the venue's. */
export function drawMarkets(random: Random): readonly Market[] {
  const drawn = random.split('markets')
  return plans.map((plan) => {
    const coin = (): boolean => drawn.nextFloat53() < 0.5
    const [triggerOrders, iceberg, amend, goodTillDate] = [coin(), coin(), coin(), coin()]
    const base = plan.kind === 'spot' ? plain : able
    return marketOf(plan, { ...base, triggerOrders, iceberg, amend, goodTillDate })
  })
}

function marketOf(plan: Plan, abilities: VenueAbilities): Market {
  const { id, base, kind, tickDecimals, lotDecimals, price, lots, positionMax, spreadTicks, stepTicks, depthLots } = plan
  const [tick, lot] = [{ units: 1, decimals: tickDecimals }, { units: 1, decimals: lotDecimals }]
  const scale = ensureOk(createNotionalScale({ tick, lot, multiplier: { units: 1, decimals: 0 }, amountDecimals: 6 }), 'a scale for the instruments of the simulation')
  const tradable: Tradable = {
    instrument: { id, venue: 'sim', kind, name: `${base} against US dollar`, base, quote: 'USD', sector: 'crypto', tick, lot, hours: { kind: 'always' } },
    settlement: kind === 'spot' ? 'delivery' : 'linear',
    rules: {
      quantityMin: lotsFromRaw(1), quantityMax: lotsFromRaw(lots * 1_000), priceMin: ticksFromRaw(Math.floor(price / 10)), priceMax: ticksFromRaw(price * 10),
      notionalMin: amountFromRaw(1_000_000), ordersOpenMax: 80, triggersOpenMax: 20,
    },
    abilities, scale, baseUnitsPerLot: 10 ** (8 - lotDecimals), makerFee: rateFromRaw(200_000), takerFee: rateFromRaw(500_000),
    leverageMax: kind === 'spot' ? 0 : 10, maintenanceMargin: rateFromRaw(kind === 'spot' ? 0 : 5_000_000),
  }
  return { tradable, priceAtStart: price, spreadTicks, depthLots, stepTicks, lots, positionMax }
}

export const openingBalances = [
  { asset: 'USD', amount: amountFromRaw(400_000_000_000) }, { asset: 'BTC', amount: amountFromRaw(300_000_000) }, { asset: 'TKN', amount: amountFromRaw(50_000_000_000) },
]
