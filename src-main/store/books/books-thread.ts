import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined, fail, ok } from '../../base/index.ts'
import type { BooksFileOptions } from './books-file.ts'
import type { BooksMessage, BooksRequest } from './books-requests.ts'
import { BooksService } from './books-service.ts'
import { catchUpInThread } from './catch-up-in-thread.ts'
import { trouble } from './books-trouble.ts'
import type { OpenMoneyBooks } from './trading/money-books.ts'
import { verifyInThread } from './verify-in-thread.ts'

/** What a thread is started with; its clock is its own. */
export type BooksThreadData = Omit<BooksFileOptions, 'now' | 'openMoney'>

/** The thread's end of the line to the engine's thread. */
export interface BooksPort {
  readonly tell: (message: BooksMessage) => void
  readonly onRequest: (listener: (request: BooksRequest) => void) => void
  readonly close: () => void
}

/** The whole program of the thread that has the books. */
export function runBooksThread(openMoney: OpenMoneyBooks): void {
  const port = ensureDefined(parentPort, 'the port of the thread')
  serveBooks(workerData as BooksThreadData, {
    tell: (message) => port.postMessage(message),
    onRequest: (listener) => port.on('message', listener),
    close: () => port.close(),
  }, openMoney)
}

/** Opens the books, tells how they were found, and answers requests in the order in which they come. */
export function serveBooks(data: BooksThreadData, { tell, onRequest, close }: BooksPort, openMoney?: OpenMoneyBooks): void {
  const opened = BooksService.open({ ...data, now: Date.now, ...(openMoney === undefined ? {} : { openMoney }) }, (rebuilt) => tell({ say: 'began-anew', rebuilt }))
  if (!opened.ok) {
    tell({ say: 'opened', opening: fail(opened.error) })
    close()
    return
  }
  const books = opened.value
  const ending = new AbortController()
  let catching = new AbortController()
  onRequest((request) => {
    if (request.ask === 'verifyJournal') {
      void verifyInThread(request.question, ending.signal).then(
        (found) => tell({ say: 'answer', id: request.id, result: ok(found) }),
        (error: unknown) => tell({ say: 'answer', id: request.id, result: fail(trouble('failed', error instanceof Error ? error.name : 'unknown')) }),
      )
      return
    }
    if (request.ask === 'catchUp') {
      const { id, question } = request
      catching.abort()
      catching = new AbortController()
      void catchUpInThread(question, {
        before: books.applied(),
        apply: (records, anchor) => Promise.resolve(books.apply(records, anchor)),
        onProgress: (applied) => tell({ say: 'applied', applied }),
        signal: catching.signal,
      }).then((result) => tell({ say: 'answer', id, result }))
      return
    }
    if (request.ask === 'stopCatchUp' || request.ask === 'close') catching.abort()
    if (request.ask === 'stopCatchUp') return tell({ say: 'answer', id: request.id, result: ok(undefined) })
    if (request.ask === 'close') ending.abort()
    tell({ say: 'answer', id: request.id, result: books.answer(request) })
    if (request.ask === 'close') close()
  })
  tell({ say: 'opened', opening: books.word() })
}
