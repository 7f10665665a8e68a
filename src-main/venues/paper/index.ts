/**
 * The face of the paper venue: the line between an engine and the simulated exchange, with everything that can go wrong on it, in
 * time that is handed in.
 */
export { PrivateStream } from './line/stream.ts'
export { changeFaults, deadlineMs, questionFaults, Transport } from './line/transport.ts'
export type { CallOptions, TransportSetup } from './line/transport.ts'
export { ownOrder, readReply } from './line/wire.ts'
export type { RawReply, ReadReply } from './line/wire.ts'
export { Schedule } from './schedule.ts'
export type { Timeline } from './timeline.ts'
export { faultMenu, faultNames } from './weather/fault-menu.ts'
export type { FaultPlace } from './weather/fault-menu.ts'
export { Swarm } from './weather/swarm.ts'
