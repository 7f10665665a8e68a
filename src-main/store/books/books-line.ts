import { fail, type Result } from '../../base/index.ts'
import type { BooksAnswers, BooksAsk, BooksMessage, BooksQuestions, BooksRequest } from './books-requests.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'

/** How much may wait for the thread: what is more is refused at once, and the engine's thread holds no more of it. */
export interface BooksLimits {
  readonly recordsWaitingMax: number
  readonly questionsWaitingMax: number
}

export const defaultBooksLimits: BooksLimits = { recordsWaitingMax: 20_000, questionsWaitingMax: 64 }

/** These are asked by the program itself and must get through when many questions of the screen wait. */
const alwaysTaken: ReadonlySet<BooksAsk> = new Set(['close', 'rekey', 'startOver', 'catchUp', 'stopCatchUp'])

interface Waiting {
  readonly isBatch: boolean
  readonly records: number
  readonly settle: (result: Result<never, BooksTrouble>) => void
}

/** Questions out, answers back; every question gets exactly one answer, also when the thread is gone. */
export class BooksLine {
  readonly #post: (request: BooksRequest) => void
  readonly #limits: BooksLimits
  readonly #waiting = new Map<number, Waiting>()
  #records = 0
  #batches = 0
  #nextId = 1
  #ended: BooksTrouble | undefined

  constructor(post: (request: BooksRequest) => void, limits: BooksLimits) {
    this.#post = post
    this.#limits = limits
  }

  get recordsWaiting(): number {
    return this.#records
  }

  ask<Ask extends BooksAsk>(ask: Ask, question: BooksQuestions[Ask]): Promise<Result<BooksAnswers[Ask], BooksTrouble>> {
    if (this.#ended !== undefined) return Promise.resolve(fail(this.#ended))
    const records = 'records' in question ? question.records.length : 0
    if (!this.#hasRoom(ask, records)) return Promise.resolve(fail(trouble('overloaded', 'too much is waiting for the books')))
    return new Promise((settle) => {
      const id = this.#nextId++
      const isBatch = ask === 'apply'
      this.#records += records
      this.#batches += isBatch ? 1 : 0
      this.#waiting.set(id, { isBatch, records, settle })
      this.#post({ id, ask, question } as BooksRequest)
    })
  }

  take({ id, result }: Extract<BooksMessage, { say: 'answer' }>): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    this.#records -= waiting?.records ?? 0
    this.#batches -= waiting?.isBatch === true ? 1 : 0
    waiting?.settle(result as Result<never, BooksTrouble>)
  }

  /** Nobody answers any more. */
  end(reason: BooksTrouble): void {
    this.#ended ??= reason
    const left = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#records = 0
    this.#batches = 0
    for (const { settle } of left) settle(fail(this.#ended))
  }

  #hasRoom(ask: BooksAsk, records: number): boolean {
    if (alwaysTaken.has(ask)) return true
    // One batch is taken however large it is: else a large one could never be given.
    if (ask === 'apply') return this.#batches === 0 || this.#records + records <= this.#limits.recordsWaitingMax
    return this.#waiting.size - this.#batches < this.#limits.questionsWaitingMax
  }
}
