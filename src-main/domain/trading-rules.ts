import type { Amount, Lots, NotionalScale, Rate, Ticks } from '../base/index.ts'
import type { Instrument } from './instrument.ts'

/** What a venue asks of orders in one instrument, and what it can do for them. */
export interface TradingRules {
  readonly quantityMin: Lots
  readonly quantityMax: Lots
  readonly priceMin: Ticks
  readonly priceMax: Ticks
  /** Of price times quantity, in the settlement asset; none means the venue names none. */
  readonly notionalMin?: Amount
  readonly notionalMax?: Amount
  /** How far a limit price may lie from the reference price, as a part of it. */
  readonly priceBand?: Rate
  /** Plain orders and orders that wait for a trigger, at the venue. */
  readonly ordersOpenMax: number
  readonly triggersOpenMax: number
}

/** What the venue holds by itself. All else is held by the engine and sent as plain limit and market orders. */
export interface VenueAbilities {
  readonly triggerOrders: boolean
  readonly trailing: boolean
  readonly oco: boolean
  readonly iceberg: boolean
  readonly amend: boolean
  readonly goodTillDate: boolean
  readonly postOnly: boolean
  readonly reduceOnly: boolean
  /** A second sell of the same lots is refused while the first rests: on spot only one leg may be live. */
  readonly locksBalance: boolean
}

/** Spot settles base against quote; a linear contract settles profit in the quote currency. */
export type Settlement = 'delivery' | 'linear'

/** An instrument as it is traded: the grid, the rules, the money. */
export interface Tradable {
  readonly instrument: Instrument
  readonly settlement: Settlement
  readonly rules: TradingRules
  readonly abilities: VenueAbilities
  /** Price times quantity in minor units of the quote currency. */
  readonly scale: NotionalScale
  /** Lots of the instrument in minor units of the base asset: `lots * baseUnits`. Of use where base is delivered. */
  readonly baseUnitsPerLot: number
  readonly makerFee: Rate
  readonly takerFee: Rate
  /** Of a linear contract; 0 where nothing may be borrowed. */
  readonly leverageMax: number
  readonly maintenanceMargin: Rate
}

/** A currency or coin as the ledger counts it. One minor unit is 10^-decimals. */
export interface Asset {
  readonly id: string
  readonly decimals: number
}
