import type { Journal, JournalRecord } from '../../ports/index.ts'
import type { JournalKeys } from './journal-keys.ts'
import type { JournalLimits } from './journal-limits.ts'
import type { JournalHead, JournalOpenTrouble, JournalPlace, DamageReason, TailCut } from './journal-trouble.ts'

/** Which journal, and with what: common to everything that opens one. */
export interface JournalAccess {
  /** The folder of the segments; made when it is not there. */
  readonly folder: string
  readonly keys: JournalKeys
  /** Whose books these are; a journal of others is refused. */
  readonly journalId: string
}

export interface OpenJournalOptions extends JournalAccess {
  /** A module that calls `runJournalThread()`; bundling moves it, so it is handed in. */
  readonly threadEntry: URL
  readonly limits?: Partial<JournalLimits>
  /** What the read model and the keychain say was in the journal: if it is not, the journal is not opened. */
  readonly knownDurable?: readonly JournalHead[]
}

export interface JournalFound {
  readonly records: number
  readonly head: JournalHead
  readonly segments: number
  /** To be journalled by whoever opened. */
  readonly tailCut?: TailCut
  /** The newest so many, newest first. */
  readonly lastRecords: (count: number) => Promise<readonly JournalRecord[]>
}

export type JournalOpening =
  | { readonly ok: true; readonly journal: OpenedJournal; readonly found: JournalFound }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

export interface OpenedJournal extends Journal {
  /** The head at some moment not before the last record that is told durable: what the keychain keeps. */
  head(): JournalHead
  /** Never rejects: `failed` and `closed` mean that it will not become durable in this life. */
  whenDurable(sequence: number): Promise<'durable' | 'failed' | 'closed'>
  /** Takes nothing more, waits until everything is durable, and seals. `hanging` after `waitMsMax`; then it goes on trying. */
  close(options?: { readonly waitMsMax?: number }): Promise<JournalClosing>
}

export type JournalClosing =
  | { readonly ok: true; readonly head: JournalHead }
  | { readonly ok: false; readonly reason: 'failed' | 'hanging'; readonly durable: number }

export interface VerifyJournalOptions {
  /** The folder of a journal, or a file made by `exportJournal`. */
  readonly path: string
  readonly keys: JournalKeys
  /** Without it, any journal of these keys. */
  readonly journalId?: string
  readonly anchor?: JournalHead
  readonly onProgress?: (progress: JournalProgress) => void
  readonly signal?: AbortSignal
  /** Asked after each frame: whoever is in no hurry rests here. */
  readonly pace?: () => Promise<void>
}

export interface JournalProgress {
  readonly segment: number
  readonly segments: number
  readonly records: number
}

export type JournalVerification =
  | { readonly ok: true; readonly records: number; readonly head: JournalHead }
  | {
      readonly ok: false
      /** How many records before the trouble are proved. */
      readonly records: number
      readonly head: JournalHead
      readonly at?: JournalPlace
      readonly reason: DamageReason | Exclude<JournalOpenTrouble['kind'], 'damaged'> | 'stopped'
      readonly detail?: string
    }

export interface ExportJournalOptions extends JournalAccess {
  /** Must not be there yet. */
  readonly out: string
  /** While a writer runs: its `durable`. Without it, up to the end. */
  readonly upTo?: number
  readonly signal?: AbortSignal
}

export type JournalExport =
  | { readonly ok: true; readonly records: number; readonly head: JournalHead; readonly bytes: number }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble | { readonly kind: 'out-exists' | 'out-unusable'; readonly detail: string } | { readonly kind: 'stopped' } }
