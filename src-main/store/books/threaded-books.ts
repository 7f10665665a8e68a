import { fail, mapValue } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import type { Answered, Books, BooksStats, CatchingUp } from './books.ts'
import type { Rebuilt } from './books-file.ts'
import type { BooksLine } from './books-line.ts'
import type { BooksAnswers, BooksQuestions, OpeningWord } from './books-requests.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import type { CatchUpInThread } from './catch-up-in-thread.ts'
import type { Page } from './page.ts'
import type { Anchor, Applied } from './repositories/applied-head.ts'
import type { AlertSpecification } from './specification/alert-specification.ts'
import type { EventLeaf, EventSpecification } from './specification/event-specification.ts'
import { and } from './specification/specification.ts'
import { answeredTo, type TradingAnswers, type TradingAsk, type TradingQuestions, type TradingRequest } from './trading/trading-questions.ts'
import type { VerifyInThread } from './verify-in-thread.ts'

/** The books, on the other end of a line. */
export class ThreadedBooks implements Books {
  readonly rebuilt: Rebuilt | undefined
  readonly rekeyed: boolean
  readonly #line: BooksLine
  readonly #anewListeners = new Set<(rebuilt: Rebuilt) => void>()
  readonly #goneListeners = new Set<(trouble: BooksTrouble) => void>()
  #applied: Applied
  #onProgress: ((applied: Applied) => void) | undefined
  #isClosing = false

  constructor(line: BooksLine, word: OpeningWord) {
    this.#line = line
    this.#applied = word.applied
    this.rebuilt = word.rebuilt
    this.rekeyed = word.rekeyed
  }

  applied(): Applied {
    return this.#applied
  }

  async apply(records: readonly JournalRecord[], anchor?: Anchor): Answered<Applied> {
    const result = await this.#line.ask('apply', anchor === undefined ? { records } : { records, anchor })
    if (result.ok) this.#applied = result.value
    return result
  }

  async catchUp(journal: CatchUpInThread, { onProgress, signal }: CatchingUp = {}): Answered<Applied> {
    if (signal?.aborted === true) return fail(trouble('closed', 'the catching up was stopped'))
    const stop = (): void => void this.#line.ask('stopCatchUp', {})
    signal?.addEventListener('abort', stop, { once: true })
    this.#onProgress = onProgress
    const result = await this.#line.ask('catchUp', journal)
    this.#onProgress = undefined
    signal?.removeEventListener('abort', stop)
    if (result.ok) this.#applied = result.value
    return result
  }

  query(where: EventSpecification, page: Page = {}): Answered<BooksAnswers['events']> {
    return this.#line.ask('events', { where, page })
  }

  async recentEvents(count: number): Answered<readonly JournalRecord[]> {
    return mapValue(await this.query(and<EventLeaf>(), { limit: count }), ({ rows }) => rows)
  }

  alerts(where: AlertSpecification, page: Page = {}): Answered<BooksAnswers['alerts']> {
    return this.#line.ask('alerts', { where, page })
  }

  alertPast(recentMax: number): Answered<BooksAnswers['alertPast']> {
    return this.#line.ask('alertPast', { recentMax })
  }

  deliveries(alert: string, page: Page = {}): Answered<BooksAnswers['deliveries']> {
    return this.#line.ask('deliveries', { alert, page })
  }

  keepSnapshot(snapshot: BooksQuestions['keepSnapshot']): Answered<void> {
    return this.#line.ask('keepSnapshot', snapshot)
  }

  newestSnapshot(form: number, recordMax: number): Answered<BooksAnswers['newestSnapshot']> {
    return this.#line.ask('newestSnapshot', { form, recordMax })
  }

  engineStarts(page: Page = {}): Answered<BooksAnswers['engineStarts']> {
    return this.#line.ask('engineStarts', { page })
  }

  settingChanges(path?: string, page: Page = {}): Answered<BooksAnswers['settingChanges']> {
    return this.#line.ask('settingChanges', path === undefined ? { page } : { path, page })
  }

  backups(page: Page = {}): Answered<BooksAnswers['backups']> {
    return this.#line.ask('backups', { page })
  }

  drills(page: Page = {}): Answered<BooksAnswers['drills']> {
    return this.#line.ask('drills', { page })
  }

  keyEvents(page: Page = {}): Answered<BooksAnswers['keyEvents']> {
    return this.#line.ask('keyEvents', { page })
  }

  unplaced(page: Page = {}): Answered<BooksAnswers['unplaced']> {
    return this.#line.ask('unplaced', { page })
  }

  async trading<Ask extends TradingAsk>(about: Ask, question: TradingQuestions[Ask]): Answered<TradingAnswers[Ask]> {
    // The pairing of the two is in the parameters.
    return answeredTo<Ask>(await this.#line.ask('trading', { about, question } as TradingRequest))
  }

  async stats(): Answered<BooksStats> {
    const stats = await this.#line.ask('stats', {})
    return mapValue(stats, (file) => ({ ...file, applied: this.#applied.sequence, recordsWaiting: this.#line.recordsWaiting }))
  }

  verify(): Answered<void> {
    return this.#line.ask('verify', {})
  }

  verifyJournal(question: VerifyInThread): Answered<BooksAnswers['verifyJournal']> {
    return this.#line.ask('verifyJournal', question)
  }

  copyTo(path: string): Answered<void> {
    return this.#line.ask('copyTo', { path })
  }

  rekey(newKey: Uint8Array): Answered<void> {
    return this.#line.ask('rekey', { key: newKey })
  }

  startOver(): Answered<Rebuilt> {
    return this.#line.ask('startOver', {})
  }

  onAnew(listener: (rebuilt: Rebuilt) => void): () => void {
    this.#anewListeners.add(listener)
    return () => this.#anewListeners.delete(listener)
  }

  onGone(listener: (trouble: BooksTrouble) => void): () => void {
    this.#goneListeners.add(listener)
    return () => this.#goneListeners.delete(listener)
  }

  /** What was handed over before is written first: the thread takes one thing after the other. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#line.ask('close', {})
    this.#line.end({ kind: 'closed', detail: 'the books are closed' })
  }

  tellApplied(applied: Applied): void {
    this.#applied = applied
    this.#onProgress?.(applied)
  }

  tellAnew(rebuilt: Rebuilt): void {
    this.#applied = { sequence: 0 }
    for (const listener of this.#anewListeners) listener(rebuilt)
  }

  tellGone(trouble: BooksTrouble): void {
    if (this.#isClosing) return
    for (const listener of this.#goneListeners) listener(trouble)
    this.#goneListeners.clear()
  }
}
