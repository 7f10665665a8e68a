import type {
  EngineCommand, EngineEvent, EngineReport, MarketReport, OrderId, PositionSide, TimePassed, Tradable, TradingCommand, TradingEvent, VenueOrderView, VenueReport,
  VenueRequest, VenueTrade,
} from '../../../src-main/domain/index.ts'
import type { Court } from './court.ts'
import type { Witness } from './witness.ts'

/** What checkers may look at: what went in, what came out, what left, and the truth of the venue. Nothing of the engine's own making. */
export type SimInput = EngineCommand | EngineReport | TradingCommand | VenueReport | MarketReport | TimePassed
export type SimEvent = TradingEvent | EngineEvent

export interface Step {
  readonly input: SimInput
  readonly events: readonly SimEvent[]
  readonly requests: readonly { readonly kind: string }[]
}

/** A request whose bytes left the machine. */
export interface Departure {
  readonly request: VenueRequest
  readonly durableSequence: number
  readonly sendEpoch: number
  readonly waitedMs: number
  /** For an order: until when the venue was told that it may take it, by the venue's own time. */
  readonly expiresAt?: number
}

/** What came back for one call, as bytes or as nothing, before anybody made anything of it. */
export interface Answered {
  readonly call: { readonly kind: string; readonly clientId?: string }
  /** The venue's own number for what it says; absent where nothing whole came. */
  readonly code: number | undefined
  readonly status: number | undefined
}

export interface Recovery {
  readonly live: readonly SimEvent[]
  readonly durableCount: number
  readonly recovered: readonly SimEvent[]
  /** Whether reading the durable part with a changed byte was noticed. */
  readonly noticedTampering: boolean | undefined
}

/** The venue as it is, past all lags and lies. */
export interface VenueTruth {
  /** By our id; more than one for an id is a doubled order. */
  ordersOf(order: OrderId): readonly TruthOrder[]
  orders(): readonly TruthOrder[]
  trades(): readonly VenueTrade[]
  positions(): readonly { readonly instrument: string; readonly positionSide: PositionSide; readonly lots: number }[]
  balances(): readonly { readonly asset: string; readonly total: number }[]
}

export interface TruthOrder extends VenueOrderView {
  readonly isExternal: boolean
}

/** The engine's word about itself, as plain data. */
export interface EngineSight {
  mode(): string
  statusOf(order: OrderId): string | undefined
  /** How large an order is, and how much of it is filled. */
  sizeOf(order: OrderId): { readonly lots: number; readonly filled: number } | undefined
  positions(account: string): readonly { readonly instrument: string; readonly positionSide: PositionSide; readonly lots: number }[]
  balances(account: string): readonly { readonly asset: string; readonly total: number }[]
  /** Sum of all postings for each asset: zero, or money came from nowhere. */
  ledgerSums(account: string): readonly { readonly asset: string; readonly sum: number }[]
  snapshotText(): string
  counts(): Readonly<Record<string, number>>
}

export interface SceneFacts {
  readonly account: string
  readonly tradables: readonly Tradable[]
  readonly staleQuoteMs: number
  readonly receiveWindowMs: number
  readonly clockErrorMs: number
  readonly absenceMarginMs: number
  readonly lookupGapMs: number
  /** The venue's number for an order that it searched for and did not find. */
  readonly notFoundCode: number
  /** The most lots that a position may come to hold, by instrument. */
  readonly positionMax: (instrument: string) => number
  /** So many orders may leave within a second. */
  readonly ordersPerSecond: number
  readonly secret: string
}

export interface Scene {
  readonly court: Court
  readonly witness: Witness
  readonly truth: VenueTruth
  readonly facts: SceneFacts
  readonly engine: () => EngineSight
  /** Virtual time of the venue. */
  readonly now: () => number
  /** The last fault is over. */
  readonly isCalm: () => boolean
}

export interface Checker {
  readonly step?: (step: Step) => void
  readonly left?: (departure: Departure) => void
  readonly answered?: (answered: Answered) => void
  readonly recovered?: (recovery: Recovery) => void
  /** Faults are over, everything had time to settle. */
  readonly quiet?: () => void
}
