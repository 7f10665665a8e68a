import { parentPort, workerData } from 'node:worker_threads'
import { ensureDefined, fail } from '../../base/index.ts'
import type { BooksFileOptions } from './books-file.ts'
import type { BooksMessage, BooksRequest } from './books-requests.ts'
import { BooksService } from './books-service.ts'

/** What a thread is started with; its clock is its own. */
export type BooksThreadData = Omit<BooksFileOptions, 'now'>

/** The thread's end of the line to the engine's thread. */
export interface BooksPort {
  readonly tell: (message: BooksMessage) => void
  readonly onRequest: (listener: (request: BooksRequest) => void) => void
  readonly close: () => void
}

/** The whole program of the thread that has the books. */
export function runBooksThread(): void {
  const port = ensureDefined(parentPort, 'the port of the thread')
  serveBooks(workerData as BooksThreadData, {
    tell: (message) => port.postMessage(message),
    onRequest: (listener) => port.on('message', listener),
    close: () => port.close(),
  })
}

/** Opens the books, tells how they were found, and answers requests in the order in which they come. */
export function serveBooks(data: BooksThreadData, { tell, onRequest, close }: BooksPort): void {
  const opened = BooksService.open({ ...data, now: Date.now }, (rebuilt) => tell({ say: 'began-anew', rebuilt }))
  if (!opened.ok) {
    tell({ say: 'opened', opening: fail(opened.error) })
    close()
    return
  }
  const books = opened.value
  onRequest((request) => {
    tell({ say: 'answer', id: request.id, result: books.answer(request) })
    if (request.ask === 'close') close()
  })
  tell({ say: 'opened', opening: books.word() })
}
