import { assert } from '../base/index.ts'
import type { Timeframe } from '../domain/index.ts'
import type { CandleRow } from '../../src-preload/contract/index.ts'
import { closingOf, openingOf } from './candle-time.ts'

/**
 * Candles of one instrument and timeframe from its trades.
 * Invariants: 1 a candle is exactly its trades, in whatever order they come: opened by the earliest, closed by the latest,
 * and of two at the same moment by the one that came later; 2 a time without a trade has no candle; 3 a trade that is too late
 * for what is still held is counted, never put elsewhere; 4 no more than `keepMax` candles are held.
 */
interface Building {
  readonly time: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  openAt: number
  closeAt: number
  revision: number
}

export type TradeOutcome = 'taken' | 'too-late'

export class CandleBuilder {
  readonly timeframe: Timeframe
  readonly #keepMax: number
  /** Oldest first. */
  readonly #rows: Building[] = []
  /** Where the newest candle ends, so that most trades need no calendar. */
  #newestEnd = Number.NEGATIVE_INFINITY
  /** Candles that opened before this are let go. */
  #floor = Number.NEGATIVE_INFINITY
  #knownFrom: number
  #revision = 0
  #tooLate = 0

  /** Trades are seen from `since` on: the candle that was open then is not whole before it is mended. */
  constructor(timeframe: Timeframe, since: number, keepMax: number) {
    assert(keepMax >= 2, 'expected room for a candle that forms and one that closed')
    this.timeframe = timeframe
    this.#keepMax = keepMax
    const opening = openingOf(timeframe, since)
    this.#knownFrom = opening === since ? since : closingOf(timeframe, opening)
  }

  /** Goes up with each change. */
  get revision(): number {
    return this.#revision
  }

  /** Candles that opened from here on are whole. */
  get knownFrom(): number {
    return this.#knownFrom
  }

  /** From here on none is missing that was let go either. */
  get wholeFrom(): number {
    return Math.max(this.#knownFrom, this.#floor)
  }

  get keepMax(): number {
    return this.#keepMax
  }

  get tooLate(): number {
    return this.#tooLate
  }

  get size(): number {
    return this.#rows.length
  }

  add(at: number, price: number, size: number): TradeOutcome {
    const newest = this.#rows.at(-1)
    if (newest !== undefined && at >= newest.time && at < this.#newestEnd) {
      this.#take(newest, at, price, size)
      return 'taken'
    }
    const opening = openingOf(this.timeframe, at)
    if (opening < this.#floor) {
      this.#tooLate++
      return 'too-late'
    }
    const index = this.#rows.findLastIndex(({ time }) => time <= opening) + 1
    const there = this.#rows[index - 1]
    if (there?.time === opening) this.#take(there, at, price, size)
    else {
      const revision = ++this.#revision
      this.#insert(index, { time: opening, open: price, high: price, low: price, close: price, volume: size, openAt: at, closeAt: at, revision })
    }
    return 'taken'
  }

  /** What is known better from elsewhere takes the place of all that is held from `from` on. */
  mend(from: number, rows: readonly CandleRow[]): void {
    const opening = openingOf(this.timeframe, from)
    const keep = this.#rows.findIndex(({ time }) => time >= opening)
    if (keep >= 0) this.#rows.length = keep
    for (const [time, open, high, low, close, volume] of rows) {
      if (time < opening) continue
      // Where within it those trades were is not known; the next one is later than all of them.
      this.#rows.push({ time, open, high, low, close, volume, openAt: time, closeAt: time, revision: ++this.#revision })
    }
    this.#knownFrom = Math.min(this.#knownFrom, opening)
    this.#settle()
  }

  /** What opened before then is let go, and counts as never seen. */
  forgetBefore(opening: number): void {
    const kept = this.#rows.findIndex(({ time }) => time >= opening)
    this.#rows.splice(0, kept < 0 ? this.#rows.length : kept)
    this.#floor = Math.max(this.#floor, opening)
  }

  /** Whole ones, oldest first. */
  rows(): readonly CandleRow[] {
    return this.changedSince(0)
  }

  /** Those that are new or another since then, oldest first. */
  changedSince(revision: number): CandleRow[] {
    const changed: CandleRow[] = []
    for (const row of this.#rows) if (row.revision > revision && row.time >= this.#knownFrom) changed.push(rowOf(row))
    return changed
  }

  /** The newest ones, oldest first. */
  last(count: number): CandleRow[] {
    return this.#rows.slice(-count).filter(({ time }) => time >= this.#knownFrom).map(rowOf)
  }

  #take(row: Building, at: number, price: number, size: number): void {
    if (price > row.high) row.high = price
    if (price < row.low) row.low = price
    row.volume += size
    if (at < row.openAt) {
      row.openAt = at
      row.open = price
    }
    if (at >= row.closeAt) {
      row.closeAt = at
      row.close = price
    }
    row.revision = ++this.#revision
  }

  #insert(index: number, row: Building): void {
    this.#rows.splice(index, 0, row)
    this.#settle()
  }

  #settle(): void {
    const surplus = Math.max(0, this.#rows.length - this.#keepMax)
    const newestGone = this.#rows.splice(0, surplus).at(-1)
    if (newestGone !== undefined) this.#floor = closingOf(this.timeframe, newestGone.time)
    const newest = this.#rows.at(-1)
    this.#newestEnd = newest === undefined ? Number.NEGATIVE_INFINITY : closingOf(this.timeframe, newest.time)
  }
}

const rowOf = ({ time, open, high, low, close, volume }: Building): CandleRow => [time, open, high, low, close, volume]
