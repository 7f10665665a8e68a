import { lotsFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { BookSnapshot, MarketEvent } from '../domain/index.ts'

/** The same book with a bid above its best ask. */
export function crossedForm(book: BookSnapshot): BookSnapshot {
  const [ask] = book.asks
  if (ask === undefined) return book
  const bid = { price: ticksFromRaw(rawOf(ask.price) + 1), size: lotsFromRaw(rawOf(ask.size)) }
  return { ...book, bids: [bid, ...book.bids] }
}

/** As if a packet had been lost on the way: whoever counts the events finds one missing. */
export function withoutFirstOfEach(events: readonly MarketEvent[]): MarketEvent[] {
  const seen = new Set<string>()
  return events.filter((event) => {
    const isFirst = event.kind !== 'book' && !seen.has(event.instrument)
    seen.add(event.instrument)
    return !isFirst
  })
}
