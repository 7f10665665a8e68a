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
