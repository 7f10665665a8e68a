import type { Result } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import type { JournalVerification } from '../journal/index.ts'
import type { AlertPast } from './alert-past.ts'
import type { Rebuilt } from './books-file.ts'
import type { BooksFileStats } from './books-requests.ts'
import type { BooksTrouble } from './books-trouble.ts'
import type { CatchUpInThread } from './catch-up-in-thread.ts'
import type { Page, PageOf } from './page.ts'
import type { DeliveryRow } from './repositories/alert-deliveries.ts'
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
import type { TradingAnswers, TradingAsk, TradingQuestions } from './trading/trading-questions.ts'
import type { VerifyInThread } from './verify-in-thread.ts'

export type Answered<Value> = Promise<Result<Value, BooksTrouble>>

/** The books as the engine's thread sees them: nothing here waits, and no promise rejects. */
export interface Books {
  readonly rebuilt: Rebuilt | undefined
  /** The file was still under a former key, and is under the newest now. */
  readonly rekeyed: boolean
  /** As far as the thread has told. */
  applied(): Applied
  /**
   * Takes over records that are durable, in order. Records that were applied before are passed over; `gap` names the one that
   * has to come. `anchor` is the journal's head at some record of these or before.
   */
  apply(records: readonly JournalRecord[], anchor?: Anchor): Answered<Applied>
  /** Reads what is still to be applied from the journal itself, in its own thread. One at a time. */
  catchUp(journal: CatchUpInThread, options?: CatchingUp): Answered<Applied>
  query(where: EventSpecification, page?: Page): Answered<PageOf<JournalRecord>>
  /** The newest, newest first. */
  recentEvents(count: number): Answered<readonly JournalRecord[]>
  alerts(where: AlertSpecification, page?: Page): Answered<PageOf<AlertRow>>
  /** What an engine has to know of the alerts before it; of those that are over, what the newest so many records say. */
  alertPast(recentMax: number): Answered<AlertPast>
  deliveries(alert: string, page?: Page): Answered<PageOf<DeliveryRow>>
  /** What the engine knew at one of its events; only of one whose record is durable. */
  keepSnapshot(snapshot: EngineSnapshotRow): Answered<void>
  /** The newest of this form that is not ahead of the journal. */
  newestSnapshot(form: number, recordMax: number): Answered<EngineSnapshotRow | undefined>
  engineStarts(page?: Page): Answered<PageOf<EngineStartRow>>
  settingChanges(path?: string, page?: Page): Answered<PageOf<SettingChangeRow>>
  backups(page?: Page): Answered<PageOf<BackupRow>>
  drills(page?: Page): Answered<PageOf<DrillRow>>
  keyEvents(page?: Page): Answered<PageOf<KeyEventRow>>
  /** Records whose body no table could take. */
  unplaced(page?: Page): Answered<PageOf<UnplacedRow>>
  /** The past of orders and money. One question is one look into the file; a long list is asked for in parts, so that others are answered in between. */
  trading<Ask extends TradingAsk>(about: Ask, question: TradingQuestions[Ask]): Answered<TradingAnswers[Ask]>
  stats(): Answered<BooksStats>
  /** Reads every page. What is damaged is set aside, and `onAnew` tells so. */
  verify(): Answered<void>
  /** The journal and not the books: here because this thread has time. */
  verifyJournal(question: VerifyInThread): Answered<JournalVerification>
  /** A copy under the same key, into a file that is not there yet. */
  copyTo(path: string): Answered<void>
  /** Crash-safe: see `formerKeys` of `openBooks`. */
  rekey(newKey: Uint8Array): Answered<void>
  /** For when the journal is another one than before: puts the file aside and begins with an empty one. */
  startOver(): Answered<Rebuilt>
  /** The books have begun anew, because of damage or because it was asked: the whole journal is to be applied. */
  onAnew(listener: (rebuilt: Rebuilt) => void): () => void
  /** The thread has ended and will not come back. */
  onGone(listener: (trouble: BooksTrouble) => void): () => void
  close(): Promise<void>
}

export interface CatchingUp {
  readonly onProgress?: (applied: Applied) => void
  readonly signal?: AbortSignal
}

export interface BooksStats extends BooksFileStats {
  readonly applied: number
  /** Handed over and not yet answered. */
  readonly recordsWaiting: number
}
