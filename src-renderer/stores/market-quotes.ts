import type { BridgeError, QuoteView } from '../../src-preload/contract/index.ts'
import { marketClock, marketSpeed, useFeed, holdFeed } from './market-feed.ts'
import { createHold } from './market-hold.ts'

/** What this page knows of one instrument's prices. The same object as long as it is known: panels read it past React. */
export interface HeardQuote {
  quote: QuoteView
  /** The page's monotonic milliseconds when the market last said anything of it. */
  heardAt: number
  /** Grows with every word of it, so that a panel can tell whether it has drawn the newest. */
  version: number
}

export interface QuoteFacts {
  error: BridgeError | undefined
  readonly quotes: Map<string, HeardQuote>
}

const facts: QuoteFacts = { error: undefined, quotes: new Map() }
const listeners = new Set<() => void>()

export const heardQuotes = (): Readonly<QuoteFacts> => facts
export const heardQuote = (instrument: string): HeardQuote | undefined => facts.quotes.get(instrument)

/** Told once for each message, however many quotes it held. */
export function onQuotes(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const tell = (): void => {
  for (const each of listeners) each()
}

/** All quotes are followed by one stream while somebody holds them: the market's clock with them, which their age is told by. */
export const holdQuotes = createHold((bridge) => {
  const releaseFeed = holdFeed(bridge)
  const end = bridge.watch('market.quotes', {}, {
    snapshot: ({ quotes }) => takeQuoteSnapshot(quotes, performance.now()),
    delta: ({ quotes }) => takeQuotes(quotes, performance.now()),
    ended: (error) => {
      facts.error = error
      tell()
    },
  })
  return () => {
    end()
    releaseFeed()
    forgetQuotes()
  }
})

export function forgetQuotes(): void {
  facts.error = undefined
  facts.quotes.clear()
  tell()
}

/** The state anew: what it does not name is no longer known. */
export function takeQuoteSnapshot(quotes: readonly QuoteView[], now: number): void {
  const named = new Set(quotes.map((quote) => quote.instrument))
  for (const instrument of facts.quotes.keys()) if (!named.has(instrument)) facts.quotes.delete(instrument)
  takeQuotes(quotes, now, true)
}

export function takeQuotes(quotes: readonly QuoteView[], now: number, isSnapshot = false): void {
  facts.error = undefined
  for (const quote of quotes) {
    const known = facts.quotes.get(quote.instrument)
    if (known === undefined) {
      facts.quotes.set(quote.instrument, { quote, heardAt: firstHeardAt(quote, now), version: 1 })
      continue
    }
    // A word about its state alone makes a price no younger.
    // What was said while this page did not listen is as old as the market's clock says.
    if (quote.at !== known.quote.at) known.heardAt = isSnapshot ? firstHeardAt(quote, now) : now
    known.quote = quote
    known.version += 1
  }
  tell()
}

/** What was said before this page listened is as old as the market's own clock says. */
function firstHeardAt({ at }: QuoteView, now: number): number {
  const { view, heardAt } = useFeed.getState()
  const clock = marketClock({ view, heardAt }, now)
  if (at === null || clock === undefined) return now
  return now - Math.max(0, clock - at) / marketSpeed(view)
}

/** How old the last word of it is, in milliseconds of the trader's clock; undefined while there was none. */
export const quoteAgeMs = ({ quote, heardAt }: Pick<HeardQuote, 'quote' | 'heardAt'>, now: number): number | undefined =>
  quote.at === null ? undefined : Math.max(0, now - heardAt)

/** What bid and ask are apart, in ticks; undefined without both. */
export const spreadTicks = ({ bid, ask }: Pick<QuoteView, 'bid' | 'ask'>): number | undefined =>
  bid === null || ask === null ? undefined : ask - bid

/** The change since the day opened, as a fraction. */
export const dayChange = ({ last, dayOpen }: Pick<QuoteView, 'last' | 'dayOpen'>): number | undefined =>
  last === null || dayOpen === null || dayOpen === 0 ? undefined : (last - dayOpen) / dayOpen
