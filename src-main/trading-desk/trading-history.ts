import type { CallName, Contract, InputOf, OutputOf, Reply } from '../../src-preload/contract/index.ts'

type Asked<Name extends CallName<Contract>> = InputOf<Contract[Name]>
type Told<Name extends CallName<Contract>> = Promise<Reply<OutputOf<Contract[Name]>>>

/** What was traded, as the read model of the books has it. Whoever keeps the books answers; this layer only asks. */
export interface TradingHistory {
  ordersPast(wish: Asked<'trading.orders-past'>): Told<'trading.orders-past'>
  fillsPast(wish: Asked<'trading.fills-past'>): Told<'trading.fills-past'>
  commandsPast(wish: Asked<'trading.commands-past'>): Told<'trading.commands-past'>
  ledger(wish: Asked<'trading.ledger'>): Told<'trading.ledger'>
  timeline(wish: Asked<'trading.timeline'>): Told<'trading.timeline'>
  equity(wish: Asked<'trading.equity'>): Told<'trading.equity'>
  /** Of each account of which anything is on record. */
  equityRecords(at: number): Promise<readonly EquityRecord[]>
}

/** What is on record of the time before this start, for one account. */
export interface EquityRecord {
  readonly account: string
  /** At the beginning of the UTC day, and all that had been paid in until then. */
  readonly dayStart: number | null
  readonly paidIn: number | null
  /** The highest that was ever sampled. */
  readonly peak: number | null
}
