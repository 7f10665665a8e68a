import type { Result } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import type { JournalVerification } from '../journal/index.ts'
import type { Rebuilt } from './books-file.ts'
import type { BooksTrouble } from './books-trouble.ts'
import type { CatchUpInThread } from './catch-up-in-thread.ts'
import type { Page, PageOf } from './page.ts'
import type { DeliveryRow } from './repositories/alert-deliveries.ts'
import type { AlertPast } from './alert-past.ts'
import type { AlertRow } from './repositories/alerts.ts'
import type { Anchor, Applied } from './repositories/applied-head.ts'
import type { BackupRow } from './repositories/backups.ts'
import type { DrillRow } from './repositories/drills.ts'
import type { EngineSnapshotRow } from './repositories/engine-snapshots.ts'
import type { EngineStartRow } from './repositories/engine-starts.ts'
import type { KeyEventRow } from './repositories/key-events.ts'
import type { SettingChangeRow } from './repositories/setting-changes.ts'
import type { UnplacedRow } from './repositories/unplaced-records.ts'
import type { AlertSpecification } from './specification/alert-specification.ts'
import type { EventSpecification } from './specification/event-specification.ts'
import type { TradingAnswers, TradingAsk, TradingRequest } from './trading/trading-questions.ts'
import type { VerifyInThread } from './verify-in-thread.ts'

/** What the engine's thread asks of the thread that has the books, and what comes back. */
export interface BooksAnswers {
  readonly apply: Applied
  readonly catchUp: Applied
  readonly stopCatchUp: void
  readonly events: PageOf<JournalRecord>
  readonly alerts: PageOf<AlertRow>
  readonly alertPast: AlertPast
  readonly deliveries: PageOf<DeliveryRow>
  readonly keepSnapshot: void
  readonly newestSnapshot: EngineSnapshotRow | undefined
  readonly engineStarts: PageOf<EngineStartRow>
  readonly settingChanges: PageOf<SettingChangeRow>
  readonly backups: PageOf<BackupRow>
  readonly drills: PageOf<DrillRow>
  readonly keyEvents: PageOf<KeyEventRow>
  readonly unplaced: PageOf<UnplacedRow>
  readonly trading: TradingAnswers[TradingAsk]
  readonly stats: BooksFileStats
  readonly verify: void
  readonly verifyJournal: JournalVerification
  readonly copyTo: void
  readonly rekey: void
  readonly startOver: Rebuilt
  readonly close: void
}

export interface BooksQuestions {
  readonly apply: { readonly records: readonly JournalRecord[]; readonly anchor?: Anchor }
  readonly catchUp: CatchUpInThread
  readonly stopCatchUp: Readonly<Record<string, never>>
  readonly events: { readonly where: EventSpecification; readonly page: Page }
  readonly alerts: { readonly where: AlertSpecification; readonly page: Page }
  readonly alertPast: { readonly recentMax: number }
  readonly deliveries: { readonly alert: string; readonly page: Page }
  readonly keepSnapshot: EngineSnapshotRow
  readonly newestSnapshot: { readonly form: number; readonly recordMax: number }
  readonly engineStarts: { readonly page: Page }
  readonly settingChanges: { readonly path?: string; readonly page: Page }
  readonly backups: { readonly page: Page }
  readonly drills: { readonly page: Page }
  readonly keyEvents: { readonly page: Page }
  readonly unplaced: { readonly page: Page }
  readonly trading: TradingRequest
  readonly stats: Readonly<Record<string, never>>
  readonly verify: Readonly<Record<string, never>>
  readonly verifyJournal: VerifyInThread
  readonly copyTo: { readonly path: string }
  readonly rekey: { readonly key: Uint8Array }
  readonly startOver: Readonly<Record<string, never>>
  readonly close: Readonly<Record<string, never>>
}

export interface BooksFileStats {
  readonly records: number
  readonly unplaced: number
  /** The file and its log. */
  readonly bytes: number
  readonly schema: number
}

export type BooksAsk = keyof BooksQuestions

export type BooksRequest = {
  readonly [Ask in BooksAsk]: { readonly id: number; readonly ask: Ask; readonly question: BooksQuestions[Ask] }
}[BooksAsk]

/** What the file of the books answers, at once and one after the other. */
export type FileRequest = Exclude<BooksRequest, { readonly ask: 'verifyJournal' | 'catchUp' | 'stopCatchUp' }>

export type BooksMessage =
  /** The first message: how the books were found. */
  | { readonly say: 'opened'; readonly opening: Result<OpeningWord, BooksTrouble> }
  | { readonly say: 'answer'; readonly id: number; readonly result: Result<unknown, BooksTrouble> }
  /** While the books catch up: how far they are. */
  | { readonly say: 'applied'; readonly applied: Applied }
  /** Damage was met, and the books begin again: whoever has the journal has to give it all. */
  | { readonly say: 'began-anew'; readonly rebuilt: Rebuilt }

export interface OpeningWord {
  readonly applied: Applied
  readonly rebuilt?: Rebuilt
  readonly rekeyed: boolean
}
