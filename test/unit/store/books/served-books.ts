import { MessageChannel } from 'node:worker_threads'
import type { Result } from '../../../../src-main/base/index.ts'
import { serveBooks, type BooksThreadData } from '../../../../src-main/store/books/books-thread.ts'
import { catchUpWith, type CatchUpOptions, type RecordSource } from '../../../../src-main/store/books/catch-up.ts'
import type { Books, BooksLimits, BooksTrouble, OpenMoneyBooks } from '../../../../src-main/store/books/index.ts'
import { connectBooks } from '../../../../src-main/store/books/open-books.ts'

/** Both ends of the line in one thread, over a real port. */
export function servedBooks(data: BooksThreadData, limits: Partial<BooksLimits> = {}, openMoney?: OpenMoneyBooks): Promise<Result<Books, BooksTrouble>> {
  const { port1, port2 } = new MessageChannel()
  const books = connectBooks({
    postMessage: (message) => port1.postMessage(message),
    on: (event: string, listener: (...given: never[]) => void) => {
      port1.on(event === 'exit' ? 'close' : event, listener as (given: unknown) => void)
    },
  }, limits)
  serveBooks(data, {
    tell: (message) => port2.postMessage(message),
    onRequest: (listener) => port2.on('message', listener),
    close: () => port2.close(),
  }, openMoney)
  return books
}

/** From records at hand, as the thread does it from the journal. */
export const catchUp = (books: Books, records: RecordSource, options?: CatchUpOptions) =>
  catchUpWith((batch, anchor) => books.apply(batch, anchor), books.applied(), records, options)
