import { rawOf } from '../../../../src-main/base/index.ts'
import type { BookLevel, BookSnapshot, MarketEvent, TradeSeen } from '../../../../src-main/domain/index.ts'

interface ReadBook {
  readonly bids: Map<number, number>
  readonly asks: Map<number, number>
  sequence: number
}

const side = (levels: readonly BookLevel[]) => new Map(levels.map(({ price, size }) => [rawOf(price), rawOf(size)]))

export const best = (levels: ReadonlyMap<number, number>, isBid: boolean): number => {
  const prices = [...levels.keys()]
  return isBid ? Math.max(...prices) : Math.min(...prices)
}

/** Follows a market as a stranger would, from what it tells alone, and notes everything that does not fit together. */
export class Reader {
  readonly books = new Map<string, ReadBook>()
  readonly trades: TradeSeen[] = []
  readonly faults: string[] = []
  events = 0
  #at = 0

  read(events: readonly MarketEvent[]): void {
    for (const event of events) this.#readOne(event)
  }

  #readOne(event: MarketEvent): void {
    this.events += 1
    if (event.at < this.#at) this.faults.push(`${event.instrument}: time went back to ${event.at}`)
    this.#at = event.at
    if (event.kind === 'book') return this.#begin(event)
    const book = this.books.get(event.instrument)
    if (book === undefined) return void this.faults.push(`${event.instrument}: spoke before its first book`)
    if (event.sequence !== book.sequence + 1) this.faults.push(`${event.instrument}: ${event.sequence} after ${book.sequence}`)
    book.sequence = event.sequence
    if (event.kind === 'trade') this.#readTrade(event, book)
    if (event.kind === 'level') {
      const levels = event.side === 'bid' ? book.bids : book.asks
      const [price, size] = [rawOf(event.price), rawOf(event.size)]
      if (price < 1 || size < 0) this.faults.push(`${event.instrument}: price ${price}, size ${size}`)
      if (size > 0) levels.set(price, size)
      else if (!levels.delete(price)) this.faults.push(`${event.instrument}: took out ${price}, which was not there`)
      this.#checkBook(event.instrument, book)
    }
  }

  #begin({ instrument, sequence, bids, asks }: BookSnapshot): void {
    const book = { bids: side(bids), asks: side(asks), sequence }
    this.books.set(instrument, book)
    this.#checkBook(instrument, book)
  }

  #readTrade(trade: TradeSeen, book: ReadBook): void {
    this.trades.push(trade)
    const isBuyer = trade.aggressor === 'buyer'
    const levels = isBuyer ? book.asks : book.bids
    const price = rawOf(trade.price)
    if (best(levels, !isBuyer) !== price) this.faults.push(`${trade.instrument}: a ${trade.aggressor} at ${price}, not at the best price`)
    if ((levels.get(price) ?? 0) < rawOf(trade.size)) this.faults.push(`${trade.instrument}: more traded at ${price} than was there`)
  }

  #checkBook(instrument: string, { bids, asks }: ReadBook): void {
    if (bids.size === 0 || asks.size === 0) this.faults.push(`${instrument}: an empty side`)
    else if (best(bids, true) >= best(asks, false)) this.faults.push(`${instrument}: crossed`)
  }
}
