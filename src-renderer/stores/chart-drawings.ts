import { create } from 'zustand'
import { anchorsOf, drawingKinds, drawingsMax, wordsMax, type Anchor, type Drawing } from '../charts/drawings/drawing.ts'
import { emptyBook, type DrawingBook } from '../charts/drawings/drawing-book.ts'
import { isRecord, keep, keptPlaceOf, keysOf, readKept, unreadableKey, type KeptPlace } from './kept-text.ts'

export const drawingsKey = (instrument: string): string => `ballast.drawings.${instrument}`
const version = 1

export const printDrawings = (drawings: readonly Drawing[]): string => JSON.stringify({ version, drawings })

/** All of them or none: half of what somebody drew would look like the whole. */
export function parseDrawings(json: unknown): readonly Drawing[] | undefined {
  if (!isRecord(json) || json['version'] !== version || !Array.isArray(json['drawings'])) return undefined
  const drawings = json['drawings'].map(parseDrawing)
  const sound = drawings.filter((drawing) => drawing !== undefined)
  const areDistinct = new Set(sound.map(({ id }) => id)).size === sound.length
  return sound.length === drawings.length && sound.length <= drawingsMax && areDistinct ? sound : undefined
}

function parseDrawing(json: unknown): Drawing | undefined {
  if (!isRecord(json) || typeof json['id'] !== 'string' || json['id'] === '' || !Array.isArray(json['anchors'])) return undefined
  const kind = drawingKinds.find((each) => each === json['kind'])
  const words = json['words']
  if (kind === undefined || typeof words !== 'string' || words.length > wordsMax) return undefined
  const anchors = json['anchors'].flatMap(parseAnchor)
  if (anchors.length !== anchorsOf[kind] || anchors.length !== json['anchors'].length) return undefined
  return { id: json['id'], kind, anchors, words }
}

function parseAnchor(json: unknown): readonly Anchor[] {
  if (!isRecord(json)) return []
  const { time, ticks } = json
  return Number.isSafeInteger(time) && Number.isSafeInteger(ticks) ? [{ time: Number(time), ticks: Number(ticks) }] : []
}

type Books = Readonly<Record<string, DrawingBook>>

const place: KeptPlace = keptPlaceOf(() => localStorage)
const read = new Map<string, DrawingBook>()

/** What is drawn on each instrument; several charts of one instrument show the same. */
export const useDrawingBooks = create<Books>()(() => ({}))

function keptBook(instrument: string): DrawingBook {
  const known = read.get(instrument)
  if (known !== undefined) return known
  const drawings = readKept(place, drawingsKey(instrument), parseDrawings)
  const book = drawings === undefined ? emptyBook : { drawings, past: [] }
  read.set(instrument, book)
  return book
}

export const drawingBook = (instrument: string): DrawingBook => useDrawingBooks.getState()[instrument] ?? keptBook(instrument)

export function changeDrawings(instrument: string, change: (book: DrawingBook) => DrawingBook): void {
  const before = drawingBook(instrument)
  const book = change(before)
  if (book === before) return
  useDrawingBooks.setState({ [instrument]: book })
  keep(place, drawingsKey(instrument), printDrawings(book.drawings))
}

const keyPrefix = drawingsKey('')

/** All instruments that anything was ever drawn on. */
export const drawnInstruments = (): readonly string[] => [...new Set([...keptInstruments(), ...Object.keys(useDrawingBooks.getState())])]

let kept: readonly string[] | undefined

/** Looked through once: what comes later comes by this page's own hand, or is told by another window. */
function keptInstruments(): readonly string[] {
  kept ??= keysOf(place).filter((key) => key.startsWith(keyPrefix) && !key.endsWith(unreadableKey(''))).map((key) => key.slice(keyPrefix.length))
  return kept
}

/** From another window. What was drawn here before can no longer be taken back: it would undo what was done there. */
export function takeKeptDrawings(key: string, json: unknown): boolean {
  if (!key.startsWith(keyPrefix)) return false
  const drawings = parseDrawings(json)
  if (drawings !== undefined) useDrawingBooks.setState({ [key.slice(keyPrefix.length)]: { drawings, past: [] } })
  return true
}
