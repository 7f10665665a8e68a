import { drawingsMax, type Drawing, type DrawingKind } from './drawing.ts'

/** What is drawn on one instrument, and how it was before: each change can be taken back. */
export interface DrawingBook {
  readonly drawings: readonly Drawing[]
  /** Newest last. */
  readonly past: readonly (readonly Drawing[])[]
}

export const emptyBook: DrawingBook = { drawings: [], past: [] }
const pastMax = 50

const changed = (book: DrawingBook, drawings: readonly Drawing[]): DrawingBook => ({
  drawings, past: [...book.past.slice(-(pastMax - 1)), book.drawings],
})

/** The same book where there is no room for one more. */
export const withDrawing = (book: DrawingBook, drawing: Drawing): DrawingBook =>
  book.drawings.length >= drawingsMax ? book : changed(book, [...book.drawings, drawing])

export function withChanged(book: DrawingBook, drawing: Drawing): DrawingBook {
  const known = book.drawings.find(({ id }) => id === drawing.id)
  if (known === undefined || known === drawing) return book
  return changed(book, book.drawings.map((each) => (each.id === drawing.id ? drawing : each)))
}

/** As if it had never been of another kind: this was nobody's hand, and no undoing goes back over it. */
export function withKind(book: DrawingBook, id: string, kind: DrawingKind): DrawingBook {
  const turned = (drawings: readonly Drawing[]): readonly Drawing[] => drawings.map((each) => (each.id === id ? { ...each, kind } : each))
  return { drawings: turned(book.drawings), past: book.past.map(turned) }
}

export const withoutDrawing = (book: DrawingBook, id: string): DrawingBook =>
  book.drawings.some((each) => each.id === id) ? changed(book, book.drawings.filter((each) => each.id !== id)) : book

export function undone(book: DrawingBook): DrawingBook {
  const before = book.past.at(-1)
  return before === undefined ? book : { drawings: before, past: book.past.slice(0, -1) }
}
