import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { fail, ok, type Result } from '../../base/index.ts'
import type { Books } from './books.ts'
import { BooksLine, defaultBooksLimits, type BooksLimits } from './books-line.ts'
import type { BooksMessage } from './books-requests.ts'
import type { BooksThreadData } from './books-thread.ts'
import { trouble, type BooksTrouble } from './books-trouble.ts'
import { ThreadedBooks } from './threaded-books.ts'

export interface OpenBooksOptions {
  /** The folder of the profile. */
  readonly folder: string
  readonly key: Uint8Array
  /** Keys that the file may still have when a change of key was interrupted; it is brought to `key` then. */
  readonly formerKeys?: readonly Uint8Array[]
  /** A module that calls `runBooksThread()`; bundling moves it, so it is handed in. */
  readonly threadEntry: URL
  readonly limits?: Partial<BooksLimits>
}

export const booksPath = (folder: string): string => join(folder, 'books.db')

/** Starts the thread that has the books. */
export function openBooks(options: OpenBooksOptions): Promise<Result<Books, BooksTrouble>> {
  const { folder, key, formerKeys = [], threadEntry } = options
  const workerData: BooksThreadData = { path: booksPath(folder), key, formerKeys }
  return connectBooks(new Worker(threadEntry, { workerData, name: 'books' }), options.limits)
}

/** What `openBooks` needs of a worker; tests give a channel within one thread. */
export interface BooksWorker {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: BooksMessage) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  on(event: 'exit', listener: () => void): unknown
}

export function connectBooks(worker: BooksWorker, limits: Partial<BooksLimits> = {}): Promise<Result<Books, BooksTrouble>> {
  const line = new BooksLine((request) => worker.postMessage(request), { ...defaultBooksLimits, ...limits })
  return new Promise((resolve) => {
    let books: ThreadedBooks | undefined
    const gone = (reason: BooksTrouble): void => {
      line.end(reason)
      books?.tellGone(reason)
      resolve(fail(reason))
    }
    worker.on('message', (message) => {
      if (message.say === 'answer') line.take(message)
      else if (message.say === 'applied') books?.tellApplied(message.applied)
      else if (message.say === 'began-anew') books?.tellAnew(message.rebuilt)
      else if (message.opening.ok) {
        books = new ThreadedBooks(line, message.opening.value)
        resolve(ok(books))
      } else gone(message.opening.error)
    })
    worker.on('error', (error) => {
      gone(trouble('failed', `the thread of the books ended: ${error instanceof Error ? error.name : 'unknown'}`))
    })
    worker.on('exit', () => gone(trouble('closed', 'the books are closed')))
  })
}
