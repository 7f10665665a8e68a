import { OrderRows, wider } from './order-rows.ts'
import { PriceLadder } from './price-ladder.ts'

/**
 * Matching by price, then time. It must never give a worse price than the maker's, pass over somebody who came earlier at the same
 * price, or trade more than an order holds.
 *
 * Invariants:
 * 1. The best bid is below the best ask.
 * 2. A trade is at the maker's price.
 * 3. At one price, who came first trades first; an iceberg whose shown part is used up goes to the end.
 * 4. What an order traded, what rests of it and what was taken out add up to what it came with.
 *
 * Orders are rows of columns; a row is free again once its order is gone, so whoever keeps something by row has to look at the
 * fills of a call before the next one. Whole ticks and lots only; nothing is allocated but for growth.
 */
export type Entry = 0 | 1 | 2 | 3
/** What is left rests; or is dropped; or nothing trades unless all does; or nothing happens unless it rests. */
export const entries = { rest: 0, immediate: 1, allOrNone: 2, makerOnly: 3 } as const satisfies Record<string, Entry>

/** In place of a row: nothing rests, or the order was turned away whole. */
export const nothingRests = -1
export const turnedAway = -2

export class MatchingCore {
  /** Of the last submit: who rested (a row), at which price, how much, and what that one still holds. */
  fillCount = 0
  fillMakers = new Int32Array(64)
  fillPrices = new Float64Array(64)
  fillLots = new Float64Array(64)
  fillMakerLeft = new Float64Array(64)
  /** Of the last submit: what neither traded nor rests. */
  left = 0

  readonly #bids = new PriceLadder()
  readonly #asks = new PriceLadder()
  readonly #rows = new OrderRows()

  /** A market order is one without a bound: a price of Infinity to buy, of 0 to sell. `peak` is what an iceberg shows, 0 for all. */
  submit(isBuy: boolean, price: number, lots: number, entry: Entry, peak: number): number {
    this.fillCount = 0
    this.left = lots
    const against = isBuy ? this.#asks : this.#bids
    const worst = isBuy ? -price : price
    if (entry >= entries.allOrNone) {
      const isTurnedAway = entry === entries.makerOnly
        ? against.count > 0 && (against.keys[against.count - 1] as number) >= worst
        : this.#within(against, worst, lots) < lots
      if (isTurnedAway) return turnedAway
    }
    while (this.left > 0 && against.count > 0 && (against.keys[against.count - 1] as number) >= worst) this.#takeLevel(against, isBuy)
    if (this.left === 0 || entry === entries.immediate || entry === entries.allOrNone) return nothingRests
    const row = this.#rest(isBuy, price, this.left, peak)
    this.left = 0
    return row
  }

  /** Takes an order out, and says how much of it was left. */
  cancel(row: number): number {
    const left = this.leftOf(row)
    this.#takeOut(row)
    return left
  }

  /** Makes an order smaller where it stands; it keeps its place. Nothing is left: it is gone. */
  reduce(row: number, by: number): void {
    const ladder = this.#ladderOf(row)
    if (by >= this.leftOf(row)) return this.#takeOut(row)
    const level = ladder.find(this.#rows.keys[row] as number)
    ladder.totals[level] = (ladder.totals[level] as number) - by
    const hidden = this.#rows.hidden[row] as number
    const fromHidden = Math.min(hidden, by)
    this.#rows.hidden[row] = hidden - fromHidden
    this.#rows.shown[row] = (this.#rows.shown[row] as number) - (by - fromHidden)
  }

  leftOf(row: number): number {
    return this.#rows.leftOf(row)
  }

  /** Infinity where nobody sells, 0 where nobody buys. */
  bestAsk(): number {
    return this.#asks.count === 0 ? Infinity : -(this.#asks.keys[this.#asks.count - 1] as number)
  }

  bestBid(): number {
    return this.#bids.count === 0 ? 0 : (this.#bids.keys[this.#bids.count - 1] as number)
  }

  /** How much could be had up to this price. */
  available(isBuy: boolean, price: number): number {
    return this.#within(isBuy ? this.#asks : this.#bids, isBuy ? -price : price, Infinity)
  }

  /** The price of the last lot when so many are taken now; of the last there is when there are fewer. 0 when there is none. */
  worstPriceFor(isBuy: boolean, lots: number): number {
    const against = isBuy ? this.#asks : this.#bids
    let [key, sum] = [0, 0]
    for (let level = against.count - 1; level >= 0 && sum < lots; level -= 1) {
      sum += against.totals[level] as number
      key = against.keys[level] as number
    }
    return Math.abs(key)
  }

  /** What the first in turn shows, if it is within the price; else 0. */
  nextShown(isBuy: boolean, price: number): number {
    const against = isBuy ? this.#asks : this.#bids
    const level = against.count - 1
    if (level < 0 || (against.keys[level] as number) < (isBuy ? -price : price)) return 0
    return this.#rows.shown[against.heads[level] as number] as number
  }

  /** All that rests at a price, hidden or not. */
  totalAt(isBid: boolean, price: number): number {
    const ladder = isBid ? this.#bids : this.#asks
    const level = ladder.find(isBid ? price : -price)
    return level < 0 ? 0 : (ladder.totals[level] as number)
  }

  /** The row whose turn comes last at a price; -1 where nothing rests. */
  lastAt(isBid: boolean, price: number): number {
    const ladder = isBid ? this.#bids : this.#asks
    const level = ladder.find(isBid ? price : -price)
    return level < 0 ? -1 : (ladder.tails[level] as number)
  }

  /** The rows at a price in the order of their turns. */
  rowsAt(isBid: boolean, price: number): readonly number[] {
    const ladder = isBid ? this.#bids : this.#asks
    const level = ladder.find(isBid ? price : -price)
    const rows: number[] = []
    for (let row = level < 0 ? -1 : (ladder.heads[level] as number); row >= 0; row = this.#rows.next[row] as number) rows.push(row)
    return rows
  }

  /** Best first: prices and their lots as anybody may see them, without what icebergs hide. */
  levels(isBid: boolean): readonly { readonly price: number; readonly lots: number }[] {
    const ladder = isBid ? this.#bids : this.#asks
    return Array.from({ length: ladder.count }, (_each, index) => {
      const level = ladder.count - 1 - index
      let lots = 0
      for (let row = ladder.heads[level] as number; row >= 0; row = this.#rows.next[row] as number) lots += this.#rows.shown[row] as number
      return { price: Math.abs(ladder.keys[level] as number), lots }
    })
  }

  #within(against: PriceLadder, worst: number, enough: number): number {
    let sum = 0
    for (let level = against.count - 1; level >= 0 && sum < enough && (against.keys[level] as number) >= worst; level -= 1) {
      sum += against.totals[level] as number
    }
    return sum
  }

  /** Trades at the best level until the taker or the level is done. */
  #takeLevel(against: PriceLadder, isBuy: boolean): void {
    const level = against.count - 1
    const key = against.keys[level] as number
    const price = isBuy ? -key : key
    let row = against.heads[level] as number
    let total = against.totals[level] as number
    while (this.left > 0 && row >= 0) {
      const shown = this.#rows.shown[row] as number
      const lots = shown < this.left ? shown : this.left
      this.left -= lots
      total -= lots
      this.#rows.shown[row] = shown - lots
      this.#noteFill(row, price, lots)
      if (lots < shown) break
      const after = this.#rows.next[row] as number
      row = (this.#rows.hidden[row] as number) > 0 ? this.#showMore(against, level, row) : this.#dropHead(against, level, row, after)
    }
    against.totals[level] = total
    if (total === 0) against.remove(level)
  }

  /** An iceberg shows its next part behind everybody who waits at the price. */
  #showMore(ladder: PriceLadder, level: number, row: number): number {
    const part = Math.min(this.#rows.peaks[row] as number, this.#rows.hidden[row] as number)
    this.#rows.shown[row] = part
    this.#rows.hidden[row] = (this.#rows.hidden[row] as number) - part
    const after = this.#rows.next[row] as number
    if (after < 0) return row
    const tail = ladder.tails[level] as number
    ladder.heads[level] = after
    this.#rows.previous[after] = -1
    this.#rows.next[tail] = row
    this.#rows.previous[row] = tail
    this.#rows.next[row] = -1
    ladder.tails[level] = row
    return after
  }

  #dropHead(ladder: PriceLadder, level: number, row: number, after: number): number {
    ladder.heads[level] = after
    if (after >= 0) this.#rows.previous[after] = -1
    else ladder.tails[level] = -1
    this.#rows.release(row)
    return after
  }

  #noteFill(row: number, price: number, lots: number): void {
    const at = this.fillCount
    if (at === this.fillMakers.length) this.#growFills()
    this.fillMakers[at] = row
    this.fillPrices[at] = price
    this.fillLots[at] = lots
    this.fillMakerLeft[at] = this.#rows.leftOf(row)
    this.fillCount = at + 1
  }

  #rest(isBuy: boolean, price: number, lots: number, peak: number): number {
    const ladder = isBuy ? this.#bids : this.#asks
    const key = isBuy ? price : -price
    let level = ladder.find(key)
    if (level < 0) {
      level = -1 - level
      ladder.insert(level, key)
    }
    const rows = this.#rows
    const row = rows.claim(isBuy, key, lots, peak)
    const tail = ladder.tails[level] as number
    rows.previous[row] = tail
    rows.next[row] = -1
    if (tail >= 0) rows.next[tail] = row
    else ladder.heads[level] = row
    ladder.tails[level] = row
    ladder.totals[level] = (ladder.totals[level] as number) + lots
    return row
  }

  #takeOut(row: number): void {
    const ladder = this.#ladderOf(row)
    const level = ladder.find(this.#rows.keys[row] as number)
    const [before, after] = [this.#rows.previous[row] as number, this.#rows.next[row] as number]
    if (before >= 0) this.#rows.next[before] = after
    else ladder.heads[level] = after
    if (after >= 0) this.#rows.previous[after] = before
    else ladder.tails[level] = before
    const total = (ladder.totals[level] as number) - this.leftOf(row)
    ladder.totals[level] = total
    if (total === 0) ladder.remove(level)
    this.#rows.release(row)
  }

  #ladderOf(row: number): PriceLadder {
    return this.#rows.isBid[row] === 1 ? this.#bids : this.#asks
  }

  #growFills(): void {
    const length = this.fillMakers.length * 2
    this.fillMakers = wider(this.fillMakers, new Int32Array(length))
    this.fillPrices = wider(this.fillPrices, new Float64Array(length))
    this.fillLots = wider(this.fillLots, new Float64Array(length))
    this.fillMakerLeft = wider(this.fillMakerLeft, new Float64Array(length))
  }
}
