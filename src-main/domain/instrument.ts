import type { DecimalStep } from '../base/index.ts'

/** When an instrument trades: always, or in sessions of a place's local day. */
export type TradingHours =
  | { readonly kind: 'always' }
  | {
      readonly kind: 'sessions'
      /** Minutes of a UTC day; an exchange's own time zone is turned into these by whoever knows its calendar. */
      readonly openMinute: number
      readonly closeMinute: number
      /** 0 is Sunday. */
      readonly weekdays: readonly number[]
    }

export type InstrumentKind = 'spot' | 'perpetual' | 'equity'

/** What can be traded, with the grid of its prices and sizes. Each price of it is in its ticks, each size in its lots. */
export interface Instrument {
  /** As a person writes it: "BTC/USD", "BTC/USD:PERP". Unique within a venue. */
  readonly id: string
  readonly venue: string
  readonly kind: InstrumentKind
  /** One plain line: "Bitcoin against US dollar, perpetual". */
  readonly name: string
  readonly base: string
  readonly quote: string
  readonly sector: string
  readonly tick: DecimalStep
  readonly lot: DecimalStep
  readonly hours: TradingHours
}
