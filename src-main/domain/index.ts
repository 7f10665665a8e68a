/** The nouns of the domain: commands that are asked, reports that are told, events that were decided. */
export type { Actor, EngineMode, ModeState } from './engine-mode.ts'
export type { EngineCommand, HaltTrading, KillTrading, ResumeTrading } from './engine-command.ts'
export type { ClockJumped, EngineReport, JournalInTrouble, JournalWell, MachineSlept, ProgramStarted } from './engine-report.ts'
export type {
  ClockJumpSeen, EngineEvent, EngineStarted, JournalRecovered, JournalTroubled, JournalTroubleKind, ModeChanged, ModeRefused,
} from './engine-event.ts'
export type { Instrument, InstrumentKind, TradingHours } from './instrument.ts'
export { timeframes } from './market-data.ts'
export type { BookLevel, BookSide, BookSnapshot, CandleColumns, LevelChanged, MarkChanged, MarketEvent, Timeframe, TradeSeen } from './market-data.ts'
export type { Asset, Settlement, Tradable, TradingRules, VenueAbilities } from './trading-rules.ts'
export { isTerminal, oppositeOf, orderIdShape, orderStatuses, orderTypes, timesInForce } from './order.ts'
export type {
  GroupKind, GroupLink, OrderId, OrderSize, OrderSpec, OrderStatus, OrderType, Overlay, PositionSide, SelfTradePolicy, Side, TimeInForce, Trail,
  TrailDistance, Trigger, TriggerSource,
} from './order.ts'
export type {
  AmendOrder, Batch, CancelAll, CancelOrder, ClosePosition, PlaceGroup, PlaceOrder, RecordTransfer, ReversePosition, SettleStuck, SingleCommand, TradingCommand,
} from './trading-command.ts'
export { refusalRules } from './refusal.ts'
export type { Refusal, RefusalRule } from './refusal.ts'
export type {
  AmendReported, CancelReported, ChangeOutcome, EpochPart, EpochReported, FeedJudged, LastSeen, LookupReported, MarketReport, MarkSeen, OrderReported,
  PostingReported, QuoteSeen, SendAccepted, SendNotSent, SendRejected, SendUnknown, SplitReported, StreamReported, TimePassed, TradeReported, VenueBalance, VenueHealthReported,
  VenueOrderStatus, VenueOrderView, VenuePosition, VenuePosting, VenueReport, VenueSplit, VenueTrade,
} from './venue-report.ts'
export type {
  CancelEverything, FetchEpoch, LookUpOrder, SendAmend, SendCancel, SendOrder, VenueOrderSpec, VenueRequest,
} from './venue-request.ts'
export { signOf } from './trading-event.ts'
export type {
  AmendChanged, BreakHealed, BreakSeen, CancelChanged, CommandLost, CommandRefused, CommandTaken, EpochAsked, EpochClosed, ExternalAdopted, FillSuperseded, GroupEnded, KillDelayed,
  MoneyPosted, OpeningTaken, OrderAbsent, OrderCanceled, OrderCompleted, OrderCorrected, OrderDenied, OrderExpired, OrderFilled, OrderFlagged, OrderHeld, OrderIntended, OrderLookedUp,
  OrderRejected, OrderResized, OrderRevised, OrderSending, OrderStuck, OrderTriggered, OrderUnknown, OrderWorking, OverfillSeen, PositionSplit, SelfTradePrevented, StopMoved,
  TradeConflicted, TradingEvent,
} from './trading-event.ts'
