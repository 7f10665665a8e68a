import { rawOf, type Random } from '../../../base/index.ts'
import type { MarketEvent } from '../../../domain/index.ts'
import { setCrowdLevel } from './crowd-book.ts'
import type { VenueBehaviour } from './exchange-setup.ts'
import { entries } from './matching-core.ts'
import type { TradingFloor } from './trading-floor.ts'

/** Lets a market from outside, recorded or living, play the crowd: its levels become orders, its trades take from the book. */
export class MarketSource {
  readonly #floor: TradingFloor
  readonly #random: Random
  readonly #queue: VenueBehaviour['queue']

  constructor(floor: TradingFloor, random: Random, queue: VenueBehaviour['queue']) {
    this.#floor = floor
    this.#random = random.split('source')
    this.#queue = queue
  }

  /** True when there is a new mark. */
  feed(event: MarketEvent, now: number): boolean {
    const floor = this.#floor
    const push = floor.push(now)
    switch (event.kind) {
      case 'level':
        this.#set(event.side === 'bid', rawOf(event.price) + push, rawOf(event.size), now)
        return false
      case 'book':
        this.#clear()
        for (const { price, size } of event.bids) this.#set(true, rawOf(price) + push, rawOf(size), now)
        for (const { price, size } of event.asks) this.#set(false, rawOf(price) + push, rawOf(size), now)
        return false
      case 'trade': {
        const price = rawOf(event.price) + push
        floor.execute({ taker: undefined, isBuy: event.aggressor === 'buyer', price, lots: rawOf(event.size), entry: entries.immediate, peak: 0 }, now)
        floor.last = price
        floor.tradesSeen += 1
        return false
      }
      default:
        floor.mark = rawOf(event.mark) + push
        floor.index = rawOf(event.index)
        floor.fundingRate = rawOf(event.fundingRate)
        return true
    }
  }

  #set(isBid: boolean, price: number, lots: number, now: number): void {
    if (price > 0) setCrowdLevel(this.#floor, { isBid, price, lots }, { now, queue: this.#queue, random: this.#random })
  }

  #clear(): void {
    const { core } = this.#floor
    for (const isBid of [true, false]) {
      for (const { price } of core.levels(isBid)) {
        for (const row of core.rowsAt(isBid, price)) if (this.#floor.ownerOf(row) === undefined) core.cancel(row)
      }
    }
  }
}
