import type { BookView, BridgeError } from '../../src-preload/contract/index.ts'
import { createHolds } from './market-hold.ts'

/** The last book of an instrument. The same object as long as it is held: panels read it past React. */
export interface HeardBook {
  /** Undefined until one has come. */
  book: BookView | undefined
  /** The page's monotonic milliseconds when it came. */
  heardAt: number
  version: number
  error: BridgeError | undefined
}

/** As deep as the contract goes: one stream serves ladder and depth. */
const depth = 50

/** Grows over all books, so that a panel that outlives one never takes the next one for drawn. */
let lastVersion = 0

const books = new Map<string, HeardBook>()
const listeners = new Set<(instrument: string) => void>()

export const heardBook = (instrument: string): HeardBook | undefined => books.get(instrument)

export function onBooks(listener: (instrument: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const tell = (instrument: string): void => {
  for (const each of listeners) each(instrument)
}

/** The book of an instrument is followed while somebody holds it. */
export const bookHold = createHolds((bridge, instrument) => {
  const heard: HeardBook = { book: undefined, heardAt: 0, version: 0, error: undefined }
  books.set(instrument, heard)
  const take = (book: BookView): void => takeBook(heard, book, performance.now())
  const end = bridge.watch('market.book', { instrument, depth }, {
    snapshot: take,
    delta: take,
    ended: (error) => {
      heard.error = error
      heard.version = ++lastVersion
      tell(instrument)
    },
  })
  return () => {
    end()
    books.delete(instrument)
  }
})

export function takeBook(heard: HeardBook, book: BookView, now: number): void {
  if (heard.book?.at !== book.at) heard.heardAt = now
  heard.book = book
  heard.error = undefined
  heard.version = ++lastVersion
  tell(book.instrument)
}
