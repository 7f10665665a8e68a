import { existsSync, statSync } from 'node:fs'
import { ensureDefined, fail, ok, type Result } from '../../base/index.ts'
import { readAlertPast } from './alert-past.ts'
import { openAnew, openBooksFile, type BooksFileOptions, type OpenedFile, type Rebuilt } from './books-file.ts'
import type { BooksAnswers, BooksFileStats, BooksQuestions, FileRequest, OpeningWord } from './books-requests.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import { migrations } from './migrations/index.ts'
import { problemOfPage, type Page } from './page.ts'
import { rekeyFile } from './rekey-file.ts'
import type { Applied } from './repositories/applied-head.ts'
import type { ReadRepositories } from './repositories/index.ts'
import { alertMeaning } from './specification/alert-specification.ts'
import { problemOfSpecification } from './specification/check-specification.ts'
import { eventMeaning } from './specification/event-specification.ts'
import { answerTrading } from './trading/trading-questions.ts'

type Answer<Ask extends keyof BooksAnswers> = Result<BooksAnswers[Ask], BooksTrouble>
type Answers = { readonly [Ask in FileRequest['ask']]: (question: BooksQuestions[Ask]) => Answer<Ask> }

/** The books in the thread that has them: one request after the other. */
export class BooksService {
  readonly #options: BooksFileOptions
  readonly #onAnew: (rebuilt: Rebuilt) => void
  #key: Uint8Array
  #file: OpenedFile | undefined
  #isClosed = false

  private constructor(options: BooksFileOptions, file: OpenedFile, onAnew: (rebuilt: Rebuilt) => void) {
    this.#options = options
    this.#key = options.key
    this.#file = file
    this.#onAnew = onAnew
  }

  static open(options: BooksFileOptions, onAnew: (rebuilt: Rebuilt) => void): Result<BooksService, BooksTrouble> {
    const opened = openBooksFile(options)
    return opened.ok ? ok(new BooksService(options, opened.value, onAnew)) : opened
  }

  word(): Result<OpeningWord, BooksTrouble> {
    const applied = this.#read(({ applied: head }) => head.read())
    if (!applied.ok) return applied
    return ok({ applied: applied.value, ...ensureDefined(this.#file, 'the opened books').opening })
  }

  /** None while the file cannot be read: what is applied again changes nothing. */
  applied(): Applied {
    const read = this.#file === undefined ? undefined : this.#read(({ applied }) => applied.read())
    return read?.ok === true ? read.value : { sequence: 0 }
  }

  apply(records: BooksQuestions['apply']['records'], anchor?: BooksQuestions['apply']['anchor']): Result<Applied, BooksTrouble> {
    // What this ask is answered with is said in BooksAnswers.
    return this.answer({ id: 0, ask: 'apply', question: anchor === undefined ? { records } : { records, anchor } }) as Result<Applied, BooksTrouble>
  }

  answer(request: FileRequest): Result<unknown, BooksTrouble> {
    // The pairing of a request with its question is in FileRequest; TypeScript does not follow it through the table.
    const handle = this.#answers[request.ask] as (question: unknown) => Result<unknown, BooksTrouble>
    const ready = this.#ensureOpen()
    const result = ready.ok ? handle(request.question) : ready
    if (!result.ok && result.error.kind === 'damaged' && this.#file !== undefined) this.#beginAnew('damaged')
    return result
  }

  dispose(): void {
    this.#isClosed = true
    this.#letGo()
  }

  #letGo(): void {
    this.#file?.reader.dispose()
    this.#file?.writer.dispose()
    this.#file = undefined
  }

  readonly #answers: Answers = {
    apply: ({ records, anchor }) => this.#apply(records, anchor),
    events: ({ where, page }) =>
      this.#page(page, ({ events }) => events.find(where, page), problemOfSpecification(where, eventMeaning)),
    alerts: ({ where, page }) =>
      this.#page(page, ({ alerts }) => alerts.find(where, page), problemOfSpecification(where, alertMeaning)),
    alertPast: ({ recentMax }) => this.#read((repositories) => readAlertPast(repositories, recentMax)),
    deliveries: ({ alert, page }) => this.#page(page, ({ alerts }) => alerts.deliveries(alert, page)),
    keepSnapshot: (snapshot) => this.#opened().writer.write(({ engineSnapshots }) => ok(engineSnapshots.keep(snapshot))),
    newestSnapshot: ({ form, recordMax }) => this.#read(({ engineSnapshots }) => engineSnapshots.newest(form, recordMax)),
    engineStarts: ({ page }) => this.#page(page, ({ engineStarts }) => engineStarts.list(page)),
    settingChanges: ({ path, page }) =>
      this.#page(page, ({ settingChanges }) => (path === undefined ? settingChanges.list(page) : settingChanges.ofPath(path, page))),
    backups: ({ page }) => this.#page(page, ({ backups }) => backups.list(page)),
    drills: ({ page }) => this.#page(page, ({ drills }) => drills.list(page)),
    keyEvents: ({ page }) => this.#page(page, ({ keyEvents }) => keyEvents.list(page)),
    unplaced: ({ page }) => this.#page(page, ({ unplaced }) => unplaced.list(page)),
    trading: (request) => answerTrading((look) => this.#read(look), request),
    stats: () => this.#read((repositories) => this.#stats(repositories)),
    verify: () => this.#opened().reader.verify(),
    copyTo: ({ path }) => this.#opened().writer.copyTo(path),
    rekey: ({ key }) => this.#rekey(key),
    startOver: () => this.#beginAnew('asked'),
    close: () => {
      this.dispose()
      return ok(undefined)
    },
  }

  #opened(): OpenedFile {
    return ensureDefined(this.#file, 'the opened books')
  }

  #read<Value>(look: (repositories: ReadRepositories) => Value): Result<Value, BooksTrouble> {
    return this.#opened().reader.read(look)
  }

  #page<Value>(
    page: Page, look: (repositories: ReadRepositories) => Value, problem: string | undefined = undefined,
  ): Result<Value, BooksTrouble> {
    const wrong = problem ?? problemOfPage(page)
    return wrong === undefined ? this.#read(look) : fail(trouble('malformed', wrong))
  }

  #apply(records: BooksQuestions['apply']['records'], anchor: BooksQuestions['apply']['anchor']): Result<Applied, BooksTrouble> {
    return this.#opened().writer.apply(records, anchor)
  }

  #stats({ events, unplaced }: ReadRepositories): BooksFileStats {
    const { path } = this.#options
    const bytes = [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0)
    return { records: events.count(), unplaced: unplaced.count(), bytes, schema: migrations.length }
  }

  #rekey(key: Uint8Array): Result<void, BooksTrouble> {
    this.#letGo()
    const rekeyed = rekeyFile(this.#options.path, this.#key, key)
    if (rekeyed.ok) this.#key = key
    const opened = this.#ensureOpen()
    return opened.ok ? rekeyed : opened
  }

  /** What could not be opened once, because the disk was full for example, is tried again each time it is asked for. */
  #ensureOpen(): Result<void, BooksTrouble> {
    if (this.#file !== undefined) return ok(undefined)
    if (this.#isClosed) return fail(trouble('closed', 'the books are closed'))
    const opened = openBooksFile({ ...this.#options, key: this.#key, formerKeys: [] })
    if (!opened.ok) return opened
    this.#file = opened.value
    const { rebuilt } = opened.value.opening
    if (rebuilt !== undefined) this.#onAnew(rebuilt)
    return ok(undefined)
  }

  #beginAnew(reason: Rebuilt['reason']): Result<Rebuilt, BooksTrouble> {
    this.#letGo()
    const opened = openAnew(this.#options, this.#key, reason)
    if (!opened.ok) return opened
    this.#file = opened.value
    const rebuilt = ensureDefined(opened.value.opening.rebuilt, 'why the books begin anew')
    this.#onAnew(rebuilt)
    return ok(rebuilt)
  }
}
