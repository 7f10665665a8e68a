/**
 * The face of the paper venue: the line between an engine and the simulated exchange, with everything that can go wrong on it, in
 * time that is handed in.
 */
export type { AccountReset, ResetOutcome } from './account-reset.ts'
export { PrivateStream } from './line/stream.ts'
export { changeFaults, deadlineMs, questionFaults, Transport } from './line/transport.ts'
export type { CallOptions, TransportSetup } from './line/transport.ts'
export { ownOrder, readReply } from './line/wire.ts'
export type { RawReply, ReadReply } from './line/wire.ts'
export { marketTimeAt } from './market/market-pace.ts'
export type { MarketPace } from './market/market-pace.ts'
export { PaperVenue } from './paper-venue.ts'
export type { OpenedAccount, PaperVenueParts, WeatherNow } from './paper-venue.ts'
export { Schedule } from './schedule.ts'
export type { Timeline } from './timeline.ts'
export { readTruth } from './truth-log.ts'
export type { KeptTruth, ResetNote, TruthLine, TruthLog } from './truth-log.ts'
export { WallTimeline } from './wall-timeline.ts'
export { faultMenu, faultNames } from './weather/fault-menu.ts'
export type { FaultPlace } from './weather/fault-menu.ts'
export { Swarm } from './weather/swarm.ts'
