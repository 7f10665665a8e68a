import { ensureDefined, rawOf } from '../base/index.ts'
import type { BookSnapshot, LevelChanged, MarketEvent } from '../domain/index.ts'

/**
 * The order book of one instrument, from a snapshot and the changes after it.
 * It must never show prices as good after an event was missed.
 * Invariants: 1 each event follows the one before it by number; after a gap the book is not whole until a new snapshot comes;
 * 2 an event that is older than the book changes nothing; 3 each side is sorted, best first, without a price twice and without
 * an empty one; 4 no more than `depthMax` prices are held on a side.
 */
export type Level = [price: number, size: number]

/** `follows`: in its order; `old`: already in; `missed`: something before it is missing, and this is the first sign of it. */
export type BookOutcome = 'follows' | 'old' | 'missed' | 'waiting'

export const depthMax = 200

export class OrderBook {
  #bids: Level[] = []
  #asks: Level[] = []
  #sequence = -1
  #isWhole = false
  #gaps = 0
  #revision = 0

  /** False before the first snapshot and after a gap. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  get sequence(): number {
    return Math.max(0, this.#sequence)
  }

  get gaps(): number {
    return this.#gaps
  }

  /** Goes up when prices or sizes change. */
  get revision(): number {
    return this.#revision
  }

  get bestBid(): Readonly<Level> | undefined {
    return this.#bids[0]
  }

  get bestAsk(): Readonly<Level> | undefined {
    return this.#asks[0]
  }

  get isCrossed(): boolean {
    const [bid] = this.#bids
    const [ask] = this.#asks
    return bid !== undefined && ask !== undefined && bid[0] >= ask[0]
  }

  bids(depth: number): Level[] {
    return this.#bids.slice(0, depth)
  }

  asks(depth: number): Level[] {
    return this.#asks.slice(0, depth)
  }

  apply(event: MarketEvent): BookOutcome {
    if (event.kind === 'book') return this.#begin(event)
    if (event.sequence <= this.#sequence) return 'old'
    const follows = event.sequence === this.#sequence + 1
    this.#sequence = event.sequence
    if (!this.#isWhole) return 'waiting'
    if (!follows) {
      this.#isWhole = false
      this.#gaps++
      this.#revision++
      return 'missed'
    }
    if (event.kind === 'level') this.#change(event)
    return 'follows'
  }

  /** The line is gone: what the book says is of the past. */
  lose(): void {
    if (!this.#isWhole) return
    this.#isWhole = false
    this.#revision++
  }

  #begin(snapshot: BookSnapshot): BookOutcome {
    // Told late, it would take back what came after it.
    if (this.#isWhole && snapshot.sequence < this.#sequence) return 'old'
    this.#bids = sideOf(snapshot.bids, -1)
    this.#asks = sideOf(snapshot.asks, 1)
    this.#sequence = snapshot.sequence
    this.#isWhole = true
    this.#revision++
    return 'follows'
  }

  #change({ side, price, size }: LevelChanged): void {
    const levels = side === 'bid' ? this.#bids : this.#asks
    const raw = rawOf(price)
    const index = placeOf(levels, raw, side === 'bid' ? -1 : 1)
    const isThere = levels[index]?.[0] === raw
    const left = rawOf(size)
    if (left === 0) {
      if (isThere) levels.splice(index, 1)
    } else if (isThere) levels[index] = [raw, left]
    else {
      levels.splice(index, 0, [raw, left])
      if (levels.length > depthMax) levels.length = depthMax
    }
    this.#revision++
  }
}

type Direction = 1 | -1

/** Where a price stands or would stand: bids fall, asks rise. */
function placeOf(levels: readonly Level[], price: number, direction: Direction): number {
  let low = 0
  let high = levels.length
  while (low < high) {
    const middle = (low + high) >> 1
    const [there] = ensureDefined(levels[middle], 'a level within the book')
    if ((there - price) * direction < 0) low = middle + 1
    else high = middle
  }
  return low
}

function sideOf(levels: BookSnapshot['bids'], direction: Direction): Level[] {
  return levels
    .map(({ price, size }): Level => [rawOf(price), rawOf(size)])
    .filter(([, size]) => size > 0)
    .toSorted(([left], [right]) => (left - right) * direction)
    .slice(0, depthMax)
}
