import type { Instrument, TradingHours } from '../../domain/index.ts'
import type { RhythmName } from './daily-rhythm.ts'

/** What moves a price: one driver per underlying thing, shared by its spot market and its perpetual. */
export interface DriverTraits {
  readonly name: string
  /** In quote currency on the first day of history, and where the price is drawn back to. */
  readonly priceAtStart: number
  /** Standard deviation of a day's logarithmic return. */
  readonly dailyVolatility: number
  /** The part of each move that is common to all; its square is the share of variance. */
  readonly commonLoading: number
  /** Per day, back to `priceAtStart`. */
  readonly reversion: number
  /** Chance per day of news of its own. */
  readonly newsPerDay: number
  readonly rhythm: RhythmName
}

/** An instrument with the manners of its market. Prices in ticks, sizes in lots. */
export interface DemoInstrument {
  readonly instrument: Instrument
  readonly driver: DriverTraits
  /** Average distance of best ask and best bid. */
  readonly spreadTicks: number
  /** Average distance of neighbouring levels. */
  readonly gapTicks: number
  /** Average size at the best price; deeper levels hold more. */
  readonly depthLots: number
  /** Average volume of a minute. */
  readonly minuteLots: number
  /** Average updates per second where the market is not told otherwise. */
  readonly updatesPerSecond: number
}

const always: TradingHours = { kind: 'always' }
const sessionHours: TradingHours = { kind: 'sessions', openMinute: 13 * 60 + 30, closeMinute: 20 * 60, weekdays: [1, 2, 3, 4, 5] }

const bitcoin: DriverTraits = {
  name: 'BTC', priceAtStart: 64_000, dailyVolatility: 0.026, commonLoading: 0.86, reversion: 0.008, newsPerDay: 0.08, rhythm: 'crypto',
}
const ether: DriverTraits = {
  name: 'ETH', priceAtStart: 3_100, dailyVolatility: 0.033, commonLoading: 0.84, reversion: 0.008, newsPerDay: 0.08, rhythm: 'crypto',
}
const solana: DriverTraits = {
  name: 'SOL', priceAtStart: 150, dailyVolatility: 0.043, commonLoading: 0.76, reversion: 0.009, newsPerDay: 0.1, rhythm: 'crypto',
}
const ripple: DriverTraits = {
  name: 'XRP', priceAtStart: 0.9, dailyVolatility: 0.04, commonLoading: 0.68, reversion: 0.009, newsPerDay: 0.12, rhythm: 'crypto',
}
const euro: DriverTraits = {
  name: 'EUR', priceAtStart: 1.09, dailyVolatility: 0.0045, commonLoading: 0.15, reversion: 0.01, newsPerDay: 0.1, rhythm: 'currency',
}
const ballastWorks: DriverTraits = {
  name: 'BLST', priceAtStart: 182, dailyVolatility: 0.018, commonLoading: 0.3, reversion: 0.01, newsPerDay: 0.06, rhythm: 'equity',
}

const step = (units: number, decimals: number) => ({ units, decimals })

/** Base and quote are in the name already; a share is quoted in dollars. */
function listed(id: string, rest: Omit<Instrument, 'id' | 'venue' | 'base' | 'quote' | 'hours'>, hours: TradingHours = always): Instrument {
  const [base = id, quote = 'USD'] = id.replace(':PERP', '').split('/')
  return { id, venue: 'sim', base, quote, hours, ...rest }
}

const spot = (id: string, name: string, sector: string, tick: Instrument['tick'], lot: Instrument['lot']): Instrument =>
  listed(id, { kind: 'spot', name, sector, tick, lot })
const perpetual = (id: string, name: string, sector: string, tick: Instrument['tick'], lot: Instrument['lot']): Instrument =>
  listed(id, { kind: 'perpetual', name, sector, tick, lot })

/** In the order in which simultaneous events are told. */
export const demoInstruments: readonly DemoInstrument[] = [
  {
    instrument: spot('BTC/USD', 'Bitcoin against US dollar', 'Layer 1', step(1, 1), step(1, 5)),
    driver: bitcoin, spreadTicks: 12, gapTicks: 40, depthLots: 60_000, minuteLots: 900_000, updatesPerSecond: 24,
  },
  {
    instrument: spot('ETH/USD', 'Ether against US dollar', 'Layer 1', step(1, 2), step(1, 4)),
    driver: ether, spreadTicks: 9, gapTicks: 25, depthLots: 90_000, minuteLots: 1_500_000, updatesPerSecond: 20,
  },
  {
    instrument: spot('SOL/USD', 'Solana against US dollar', 'Layer 1', step(1, 2), step(1, 2)),
    driver: solana, spreadTicks: 2, gapTicks: 2, depthLots: 12_000, minuteLots: 160_000, updatesPerSecond: 14,
  },
  {
    instrument: spot('XRP/USD', 'XRP against US dollar', 'Payments', step(1, 5), step(1, 0)),
    driver: ripple, spreadTicks: 6, gapTicks: 10, depthLots: 14_000, minuteLots: 180_000, updatesPerSecond: 10,
  },
  {
    instrument: perpetual('BTC/USD:PERP', 'Bitcoin against US dollar, perpetual', 'Layer 1', step(5, 1), step(1, 3)),
    driver: bitcoin, spreadTicks: 2, gapTicks: 6, depthLots: 1_800, minuteLots: 30_000, updatesPerSecond: 30,
  },
  {
    instrument: perpetual('ETH/USD:PERP', 'Ether against US dollar, perpetual', 'Layer 1', step(5, 2), step(1, 2)),
    driver: ether, spreadTicks: 2, gapTicks: 4, depthLots: 2_400, minuteLots: 40_000, updatesPerSecond: 24,
  },
  {
    instrument: spot('EUR/USD', 'Euro against US dollar', 'Currencies', step(1, 5), step(1000, 0)),
    driver: euro, spreadTicks: 3, gapTicks: 2, depthLots: 1_500, minuteLots: 14_000, updatesPerSecond: 12,
  },
  {
    instrument: listed(
      'BLST', { kind: 'equity', name: 'Ballast Works, an invented share', sector: 'Industrials', tick: step(1, 2), lot: step(1, 0) }, sessionHours,
    ),
    driver: ballastWorks, spreadTicks: 2, gapTicks: 2, depthLots: 500, minuteLots: 9_000, updatesPerSecond: 8,
  },
]

/** Each driver once. */
export const demoDrivers: readonly DriverTraits[] = [bitcoin, ether, solana, ripple, euro, ballastWorks]
