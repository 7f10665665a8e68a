/** The contract's face: the table, and what is derived from it for both ends. */
export { contract, engineEvent, engineMode, engineModes, engineStatus, modeState, profileKind, profileKinds } from './table.ts'
export type { ClockReading, Contract, EngineEventView, EngineMode, EngineStatus, ModeState, ProfileKind } from './table.ts'
export { accessLevels, command, mayUse, query, stream } from './entry.ts'
export type {
  Access, CallName, CommandEntry, CommandName, ContractEntry, ContractTable, DeltaOf, InputOf, OutputOf, QueryEntry, QueryName, SnapshotOf,
  StreamEntry, StreamName,
} from './entry.ts'
export { bridgeError, bridgeErrorSchema, errorCodes, errorTable, fail, succeed } from './errors.ts'
export type { BridgeError, ErrorCode, ErrorDetails, ErrorKind, Reply, Retry } from './errors.ts'
export {
  clientMessage, coalesceMs, parseClientMessage, parseJson, parseServerFrame, protocolVersion, serverMessage, unacknowledgedFramesMax,
} from './protocol.ts'
export type { ClientMessage, ServerFrame, ServerMessage } from './protocol.ts'
export { portPair } from './port.ts'
export type { CloseCause, Port } from './port.ts'
export { createBridge } from './client.ts'
export type { Bridge, BridgeParts, CallOptions, ConnectionState } from './client.ts'
export type { StreamListener } from './client-streams.ts'
export { challengeMessage, helloMessage, parseToken, printToken, proofMessage, shakeHandsAsClient } from './handshake.ts'
export type { Connected, Token } from './handshake.ts'
export { causeOfCloseCode, closeCodeOf, frameKeyText, proofText, sameText, securePort } from './secure-line.ts'
export type { LineKeys, LineSide, Signer, TextSocket } from './secure-line.ts'
export { externalLinks, shellChannels, shellVerbs } from './preload-face.ts'
export type { ExternalLink, LineListener, PreloadFace, ShellAnswer, ShellVerb } from './preload-face.ts'
export * from './text/index.ts'
