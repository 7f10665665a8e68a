import { useSyncExternalStore } from 'react'
import type { QuoteState } from '../../src-preload/contract/index.ts'
import { heardBook, onBooks } from './market-book.ts'
import { useConnection, type LineHealth } from './connection.ts'
import { heardQuote, heardQuotes, onQuotes } from './market-quotes.ts'

/** What a price may be taken for. `no-line`: this page has lost the engine; `waiting`: nothing has come yet. */
export type ShownState = QuoteState | 'no-line' | 'waiting'

/** Those whose prices must not look like prices of now. */
const notNow: readonly ShownState[] = ['stale', 'gap', 'down', 'no-line', 'waiting']

export const isNow = (state: ShownState): boolean => !notNow.includes(state)

/** The line first: without it the engine's last word on a quote says nothing about now. Then whichever of quote and book is worse off. */
export function shownState(line: LineHealth, quote: QuoteState | undefined, book?: QuoteState): ShownState {
  if (line !== 'fresh') return 'no-line'
  if (quote === undefined) return 'waiting'
  return quote === 'live' && book !== undefined ? book : quote
}

export function shownStateOf(instrument: string): ShownState {
  const book = heardBook(instrument)
  const state = shownState(useConnection.getState().health, heardQuote(instrument)?.quote.state, book?.book?.state)
  // A stream that has ended says nothing any more: its last word must not pass for now.
  const hasEnded = heardQuotes().error !== undefined || book?.error !== undefined
  return hasEnded && (state === 'live' || state === 'waiting') ? 'down' : state
}

function follow(changed: () => void): () => void {
  const endings = [onQuotes(changed), onBooks(changed), useConnection.subscribe(changed)]
  return () => {
    for (const end of endings) end()
  }
}

/** Renders only when it changes, however often prices do. */
export const useShownState = (instrument: string): ShownState => useSyncExternalStore(follow, () => shownStateOf(instrument))
