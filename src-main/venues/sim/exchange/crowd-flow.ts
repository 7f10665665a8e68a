import { rawOf, type Random } from '../../../base/index.ts'
import { setCrowdLevel } from './crowd-book.ts'
import type { Crowd, VenueBehaviour } from './exchange-setup.ts'
import { entries } from './matching-core.ts'
import type { TradingFloor } from './trading-floor.ts'

/** Part of the distance to where it began that the price goes back with each step, so that long runs stay in range. */
const reversion = 0.0005
const markEveryMs = 1_000

/** Other people, from a seed: a price that wanders, a book around it, and somebody who takes from it now and then. */
export class CrowdFlow {
  readonly #crowd: Crowd
  readonly #floor: TradingFloor
  readonly #random: Random
  readonly #places: Random
  readonly #queue: VenueBehaviour['queue']
  #middle: number
  /** Distance of the best prices from the middle, and of the levels from each other. */
  readonly #half: number
  readonly #gap: number
  /** Around which price it quotes now. */
  #quoted: number | undefined
  #markedAt = -Infinity

  constructor(crowd: Crowd, floor: TradingFloor, random: Random, queue: VenueBehaviour['queue']) {
    this.#crowd = crowd
    this.#floor = floor
    this.#random = random.split('crowd')
    // Drawn from apart, so that our orders in the book do not lead the price another way.
    this.#places = random.split('places')
    this.#half = Math.max(1, Math.floor(crowd.spreadTicks / 2))
    this.#gap = this.#half
    this.#queue = queue
    this.#middle = rawOf(crowd.priceAtStart)
    floor.fundingRate = rawOf(crowd.fundingRate)
  }

  get stepMs(): number {
    return this.#crowd.stepMs
  }

  /** True when there is a new mark. */
  step(now: number): boolean {
    const { priceAtStart, stepTicks, levels, tradeShare } = this.#crowd
    const [start, random] = [rawOf(priceAtStart), this.#random]
    this.#middle += stepTicks * random.nextNormal() + reversion * (start - this.#middle)
    const lowest = 2 * (this.#half + levels * this.#gap)
    const middle = Math.max(lowest, Math.round(this.#middle + this.#floor.push(now)))
    this.#quote(middle, now)
    if (random.nextFloat53() < tradeShare) this.#trade(middle, now)
    if (now - this.#markedAt < markEveryMs) return false
    this.#markedAt = now
    this.#floor.mark = middle
    this.#floor.index = middle + Math.round(stepTicks * 0.1 * random.nextNormal())
    return true
  }

  #quote(middle: number, now: number): void {
    const before = this.#quoted
    this.#quoted = middle
    for (const isBid of [true, false]) {
      if (before !== undefined && before !== middle) this.#withdraw(isBid, before, middle, now)
      for (let level = 0; level < this.#crowd.levels; level += 1) {
        const price = this.#priceOf(isBid, middle, level)
        // New levels get a size; of those that were there already, now and then one gets another.
        const isStirred = this.#random.nextFloat53() < 0.2
        if (isStirred || before === undefined || !this.#isQuoted(isBid, before, price)) this.#set(isBid, price, this.#depth(level), now)
      }
    }
  }

  #withdraw(isBid: boolean, before: number, middle: number, now: number): void {
    for (let level = 0; level < this.#crowd.levels; level += 1) {
      const price = this.#priceOf(isBid, before, level)
      if (!this.#isQuoted(isBid, middle, price)) this.#set(isBid, price, 0, now)
    }
  }

  #priceOf(isBid: boolean, middle: number, level: number): number {
    const away = this.#half + level * this.#gap
    return isBid ? middle - away : middle + away
  }

  #isQuoted(isBid: boolean, middle: number, price: number): boolean {
    const beyond = (isBid ? middle - price : price - middle) - this.#half
    return beyond >= 0 && beyond % this.#gap === 0 && beyond / this.#gap < this.#crowd.levels
  }

  #depth(level: number): number {
    const factor = (0.5 + this.#random.nextFloat53()) * (1 + level * 0.3)
    return Math.max(1, Math.round(rawOf(this.#crowd.depthLots) * factor))
  }

  #set(isBid: boolean, price: number, lots: number, now: number): void {
    setCrowdLevel(this.#floor, { isBid, price, lots }, { now, queue: this.#queue, random: this.#places })
  }

  #trade(middle: number, now: number): void {
    const random = this.#random
    const isBuy = random.nextInt(2) === 0
    const lots = Math.max(1, Math.round(rawOf(this.#crowd.depthLots) * 2 * random.nextFloat53() * random.nextFloat53()))
    const reach = this.#crowd.spreadTicks * 2
    const price = isBuy ? middle + reach : Math.max(1, middle - reach)
    this.#floor.execute({ taker: undefined, isBuy, price, lots, entry: entries.immediate, peak: 0 }, now)
  }
}
