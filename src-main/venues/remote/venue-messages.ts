import type { VenueReport, VenueRequest } from '../../domain/index.ts'
import type { AccountReset, MarketPace, OpenedAccount, ResetNote, ResetOutcome, WeatherNow } from '../paper/index.ts'
import type { ChaosPresetName, ExchangeAccount } from '../sim/index.ts'

/** What opens the venue for one engine. It travels between our own processes only, and is never written. */
export interface OpenPaper {
  /** The venue's own, in the profile's. */
  readonly folder: string
  /** One for each epoch of the profile's keys; made for the venue alone. */
  readonly keys: readonly Uint8Array[]
  /** Whether books that cannot be read are trouble, or just not there any more. */
  readonly areOldBooksKept: boolean
  readonly installation: string
  readonly accounts: readonly ExchangeAccount[]
  readonly pace: MarketPace
  /** Absent: as it is, and calm where there was none. */
  readonly weather?: ChaosPresetName
}

/** What an engine says to the venue's process. `line` is of this engine and this life of the venue alone. */
export type ToVenue =
  | { readonly kind: 'open'; readonly line: string; readonly open: OpenPaper }
  | { readonly kind: 'perform'; readonly line: string; readonly request: VenueRequest }
  | { readonly kind: 'follow'; readonly pace: MarketPace }
  | { readonly kind: 'become'; readonly weather: ChaosPresetName }
  | { readonly kind: 'reset'; readonly line: string; readonly ask: number; readonly reset: AccountReset }

export type FromVenue =
  | { readonly kind: 'opened'; readonly line: string; readonly accounts: readonly OpenedAccount[]; readonly resets: readonly ResetNote[] }
  | { readonly kind: 'refused'; readonly line: string; readonly why: string }
  | { readonly kind: 'report'; readonly line: string; readonly report: VenueReport }
  | { readonly kind: 'weather'; readonly weather: WeatherNow }
  | { readonly kind: 'reset-done'; readonly line: string; readonly ask: number; readonly outcome: ResetOutcome }
