/**
 * The face of the simulated exchange: a venue that keeps its own book, its own money and its own ids, and knows nothing of the
 * engine that trades on it.
 */
export type {
  AccountTruth, AmendCall, BalancesCall, CancelAllCall, CancelCall, ClosedOrdersCall, ExchangeAnswer, ExchangeBody, ExchangeCall, ExchangeOutput,
  ExchangeQuery, LookupCall, OpenOrdersCall, Page, PlaceCall, PositionsCall, PostingsCall, StreamBody, TradesCall,
} from './exchange-call.ts'
export { venueBehaviourPreset } from './exchange-setup.ts'
export type {
  Crowd, ExchangeAccount, FeeAsset, FeeRules, FeeTier, LogNormalDelay, PriceShock, ReplicaLag, RequestLimits, SimExchangeSetup, VenueBehaviour,
} from './exchange-setup.ts'
export { ExchangeConnection } from './exchange-connection.ts'
export { chaosPresetNames, chaosPresets } from './chaos-presets.ts'
export type { ChaosPreset, ChaosPresetName } from './chaos-presets.ts'
export { houseAssets, houseCrowds, houseTradables } from './house-tradables.ts'
export { MatchingCore, entries, nothingRests, turnedAway } from './matching-core.ts'
export type { Entry } from './matching-core.ts'
export { SimExchange } from './sim-exchange.ts'
export type { ChangeableBehaviour } from './sim-exchange.ts'
export type { RoomOutcome } from './order-room.ts'
export { venueCodes } from './venue-codes.ts'
export type { VenueCodeName } from './venue-codes.ts'
export { readBookLines } from './exchange-books.ts'
export type { BookLine, ExchangeBooks, ExchangeCounts, KeptOrder } from './exchange-books.ts'
export { impactOf } from './price-impact.ts'
export type { ImpactModel, PriceImpact } from './price-impact.ts'
