import type { Amount, Lots, NotionalScale } from '../../../base/index.ts'
import type { PositionSide, Settlement, VenuePosition, VenuePosting, VenueSplit, VenueTrade } from '../../../domain/index.ts'

/**
 * What counts the money of one account: the same that the engine counts with, handed in by whoever puts the program together, because the read model
 * must not know the engine and must not count in a way of its own.
 */
export interface MoneyBooks {
  takeOpening(opening: MoneyOpening, at: number): void
  applyFill(trade: VenueTrade, inferred: boolean, at: number): void
  takeBackFill(trade: VenueTrade, at: number): void
  applyPosting(posting: VenuePosting, at: number): void
  applySplit(split: Omit<VenueSplit, 'reference'> & { readonly id: string }, at: number): void
  position(instrument: string, positionSide?: PositionSide): MoneyPosition
  positions(): readonly MoneyPosition[]
  ledgerSums(): readonly MoneySum[]
  /** Plain data, the same for every way that led here. */
  snapshot(): unknown
}

export interface MoneyOpening {
  readonly balances: readonly { readonly asset: string; readonly total: Amount }[]
  readonly positions: readonly VenuePosition[]
}

export interface MoneyPosition {
  readonly instrument: string
  readonly positionSide: PositionSide
  readonly lots: Lots
  readonly realised: Amount
}

export interface MoneySum {
  readonly asset: string
  /** One book of the double-entry ledger. */
  readonly account: string
  readonly amount: Amount
}

export interface MoneyBooksSetup {
  readonly account: string
  readonly positions: 'netting' | 'hedging'
  readonly lots: 'fifo' | 'average'
  readonly instruments: readonly CountedInstrument[]
}

/** What has to be known of an instrument to count money in it. */
export interface CountedInstrument {
  readonly id: string
  readonly base: string
  readonly quote: string
  readonly settlement: Settlement
  readonly scale: NotionalScale
  readonly baseUnitsPerLot: number
}

/** `past` is a snapshot that such books have given. */
export type OpenMoneyBooks = (setup: MoneyBooksSetup, past: unknown) => MoneyBooks

/**
 * How accounts are counted: written into the journal before the first trade that is counted so. The newest says which accounts there are; an instrument stays as
 * it was described last.
 */
export interface AccountsSetUpBody {
  readonly reportingAsset: string
  readonly accounts: readonly CountedAccount[]
  readonly instruments: readonly CountedInstrument[]
}

export interface CountedAccount {
  readonly id: string
  readonly positions: 'netting' | 'hedging'
  readonly lots: 'fifo' | 'average'
}

/** The one after the other. */
export function withSetUp(before: AccountsSetUpBody | null, next: AccountsSetUpBody): AccountsSetUpBody {
  const instruments = new Map((before?.instruments ?? []).map((instrument) => [instrument.id, instrument]))
  for (const instrument of next.instruments) instruments.set(instrument.id, instrument)
  return { ...next, instruments: [...instruments.values()] }
}
