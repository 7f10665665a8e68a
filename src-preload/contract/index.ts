/** The contract's face: the table, and what is derived from it for both ends. */
export { contract } from './table.ts'
export type { Contract } from './table.ts'
export { engineEvent, engineMode, engineModes, engineStatus, modeState, profileKind, profileKinds } from './engine-entries.ts'
export type { ClockReading, EngineEventView, EngineMode, EngineStatus, ModeState, ProfileKind } from './engine-entries.ts'
export { auditVerdict, backupFact, booksStatus, booksTroubleCodes, drillFact } from './books-entries.ts'
export type { AuditVerdict, BackupFact, BooksStatus, BooksTroubleCode, DrillFact } from './books-entries.ts'
export { alertSchema, alertSeverities } from './alert-entries.ts'
export type { AlertChannelView, AlertSeverity, AlertView } from './alert-entries.ts'
export { settingsView } from './setting-entries.ts'
export type { SettingsView } from './setting-entries.ts'
export { healthView } from './health-entries.ts'
export type { HealthView } from './health-entries.ts'
export { bookView, candleWindow, feedView, instrumentView, quoteStates, quoteView, timeframe, tradeView } from './market-entries.ts'
export type {
  BookView, CandleRow, CandleWindow, FeedView, InstrumentView, QuoteState, QuoteView, TimeframeName, TradeView,
} from './market-entries.ts'
export {
  endedStatusNames, hasEnded, orderStatusNames, orderTypeNames, timeInForceNames,
} from './trading-terms.ts'
export type {
  GroupKindName, OrderStatusName, OrderTypeName, OverlayName, PositionSideName, SizeWish, TimeInForceName, TradeSide, TriggerSourceName,
} from './trading-terms.ts'
export { refusalRuleNames, refusalUnits } from './refusal-terms.ts'
export type { RefusalRuleName, RefusalUnit, RefusalView, VerdictView } from './refusal-terms.ts'
export type { BalanceView, FillView, MarkView, OrderView, PortfolioFigures, PortfolioView, PositionView } from './trading-views.ts'
export type { LimitsView, TradableView, TradingSetupView } from './trading-setup-view.ts'
export { groupWish, orderWish, preview } from './trading-wishes.ts'
export type { CommandAnswerView, GroupWish, OrderWish, PreviewedOrder, PreviewView } from './trading-wishes.ts'
export type { EquityPoint, LedgerLine, PastCommand, PastFill, PastOrder, TimelineStep } from './trading-past-views.ts'
export { weatherPreset, weatherPresets } from './paper-entries.ts'
export type { WeatherPreset, WeatherView } from './paper-entries.ts'
export { createSealReader, sealFor } from './sealing.ts'
export type { SealedFor, SealingCrypto, SealingText, SealReader } from './sealing.ts'
export type { SealedText } from './primitives.ts'
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
