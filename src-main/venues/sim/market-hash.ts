import { assert, rawOf } from '../../base/index.ts'
import type { CandleColumns, MarketEvent } from '../../domain/index.ts'
import { createDemoMarket, stepMaxMs } from './demo-market.ts'

/** A Monday in the middle of a session, so that every instrument speaks: the third of March 2025, 15:00 UTC. */
const startAt = 1_741_014_000_000
const minutesOfEach = 1000
const hoursOfEach = 200
const stepMs = Math.min(10_000, stepMaxMs)

const kinds: readonly MarketEvent['kind'][] = ['trade', 'level', 'book', 'mark']

/**
 * Two lanes of 32 bits, each an FNV-1a over 32-bit words with a final mixing. It tells whether two machines made the same market;
 * it keeps nothing secret and proves nothing against somebody who wants two markets to look alike.
 */
class NumberHash {
  #low = 0x811c9dc5
  #high = 0x243f6a88

  word(word: number): void {
    this.#low = Math.imul(this.#low ^ word, 0x01000193)
    this.#low ^= this.#low >>> 15
    this.#high = Math.imul(this.#high ^ word ^ (this.#low >>> 3), 0x85ebca6b)
    this.#high ^= this.#high >>> 13
  }

  /** A whole number up to 2^53 by its two halves. */
  whole(value: number): void {
    assert(Number.isSafeInteger(value), 'expected a whole number to hash')
    this.word(value | 0)
    this.word(Math.floor(value / 4294967296) | 0)
  }

  text(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.word(text.charCodeAt(at))
    this.word(text.length)
  }

  hex(): string {
    const of = (lane: number) => (lane >>> 0).toString(16).padStart(8, '0')
    return of(this.#high) + of(this.#low)
  }
}

const hashEvent = (hash: NumberHash, event: MarketEvent): void => {
  hash.word(kinds.indexOf(event.kind))
  hash.text(event.instrument)
  hash.whole(event.at)
  hash.whole(event.sequence)
  switch (event.kind) {
    case 'trade':
      hash.whole(rawOf(event.price))
      hash.whole(rawOf(event.size))
      return hash.word(event.aggressor === 'buyer' ? 1 : 2)
    case 'level':
      hash.whole(rawOf(event.price))
      hash.whole(rawOf(event.size))
      return hash.word(event.side === 'bid' ? 1 : 2)
    case 'mark':
      for (const value of [event.mark, event.index, event.fundingRate]) hash.whole(rawOf(value))
      return hash.whole(event.nextFundingAt)
    default:
      for (const side of [event.bids, event.asks]) {
        hash.word(side.length)
        for (const { price, size } of side) {
          hash.whole(rawOf(price))
          hash.whole(rawOf(size))
        }
      }
  }
}

const hashCandles = (hash: NumberHash, { time, open, high, low, close, volume }: CandleColumns): void => {
  for (const column of [time, open, high, low, close, volume]) for (const value of column) hash.whole(value)
}

/**
 * Sixteen hexadecimal digits that stand for a seed's market: a thousand minutes and two hundred hours of each instrument as
 * candles, then the first so many events. Equal on every machine, or the market is not a function of its seed.
 */
export const marketHash = (seed: number, events: number): string => {
  assert(Number.isSafeInteger(events) && events >= 0, 'expected a number of events')
  const hash = new NumberHash()
  const market = createDemoMarket({ seed, startAt })
  for (const { id } of market.instruments) {
    hashCandles(hash, market.candles(id, '1m', startAt, minutesOfEach))
    hashCandles(hash, market.candles(id, '1h', startAt, hoursOfEach))
  }
  let left = events
  for (let time = startAt; left > 0; time += stepMs) {
    for (const event of market.advanceTo(time)) {
      if (left === 0) break
      hashEvent(hash, event)
      left -= 1
    }
  }
  return hash.hex()
}
