import { create } from 'zustand'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { touchedBy, touches, type WatchedPrice } from '../charts/alert-watch.ts'
import { withKind } from '../charts/drawings/drawing-book.ts'
import { changeDrawings, drawingBook, drawnInstruments, useDrawingBooks } from './chart-drawings.ts'
import { marketClock, useFeed } from './market-feed.ts'
import { heardQuote, holdQuotes, onQuotes } from './market-quotes.ts'

/** A price that somebody drew a line at was reached. */
export interface PriceNote {
  readonly id: string
  readonly instrument: string
  readonly ticks: number
  /** The market's clock. */
  readonly at: number
}

interface PriceNotes {
  /** Oldest first. */
  readonly notes: readonly PriceNote[]
  /** Of several windows one speaks up; the others show it. */
  readonly isAnnouncer: boolean
}

/** More would cover the desk; those before are still drawn, as levels. */
const notesMax = 4

/** They stand until somebody has seen them. */
export const usePriceNotes = create<PriceNotes>()(() => ({ notes: [], isAnnouncer: false }))

const reachedListeners = new Set<(note: PriceNote) => void>()
const seenListeners = new Set<(id: string) => void>()

/** Prices that this window found to be reached. */
export const onPriceReached = (listener: (note: PriceNote) => void): void => void reachedListeners.add(listener)
/** Notes that somebody has seen in this window. */
export const onPriceNoteSeen = (listener: (id: string) => void): void => void seenListeners.add(listener)

export function dismissPriceNote(id: string, where: 'here' | 'elsewhere' = 'here'): void {
  usePriceNotes.setState(({ notes }) => ({ notes: notes.filter((note) => note.id !== id) }))
  if (where === 'here') for (const tell of seenListeners) tell(id)
}

export const takePriceNote = (note: PriceNote): void =>
  usePriceNotes.setState(({ notes }) => ({ notes: [...notes.filter(({ id }) => id !== note.id).slice(1 - notesMax), note] }))

const hasAlerts = (instrument: string): boolean => drawingBook(instrument).drawings.some(({ kind }) => kind === 'alert')

/**
 * Watches the alerts that are drawn on any instrument for as long as this window lives, whichever panel is open. The market is
 * listened to only while there are any.
 */
export function followPriceAlerts(bridge: ScreenBridge): () => void {
  const before = new Map<string, WatchedPrice>()
  let release: (() => void) | undefined
  const look = (): void => {
    const isWanted = drawnInstruments().some(hasAlerts)
    if (isWanted) release ??= holdQuotes(bridge)
    else {
      release?.()
      release = undefined
      before.clear()
    }
  }
  const hear = (): void => {
    if (release === undefined) return
    for (const instrument of drawnInstruments()) {
      const quote = heardQuote(instrument)?.quote
      // What is crossed or old is no price that anybody should be called for.
      if (quote === undefined || quote.state !== 'live') continue
      const known = before.get(instrument)
      before.set(instrument, quote)
      if (known !== undefined && known !== quote) tellTouched(instrument, known, quote)
    }
  }
  look()
  const endings = [useDrawingBooks.subscribe(look), onQuotes(hear)]
  return () => {
    for (const end of endings) end()
    release?.()
  }
}

export function tellTouched(instrument: string, before: WatchedPrice, now: WatchedPrice): void {
  const touched = touchedBy(before, now)
  if (touched === undefined) return
  for (const drawing of drawingBook(instrument).drawings) {
    const ticks = drawing.anchors[0]?.ticks
    if (drawing.kind !== 'alert' || ticks === undefined || !touches(touched, ticks)) continue
    // It told; what stays is the level.
    changeDrawings(instrument, (book) => withKind(book, drawing.id, 'level'))
    const note: PriceNote = { id: drawing.id, instrument, ticks, at: marketClock(useFeed.getState(), performance.now()) ?? Date.now() }
    takePriceNote(note)
    for (const tell of reachedListeners) tell(note)
  }
}
