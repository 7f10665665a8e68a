import { ensureDefined, rawOf } from '../base/index.ts'
import type { TradeSeen } from '../domain/index.ts'
import type { TradeView } from '../../src-preload/contract/index.ts'

/** The most recent trades of one instrument, on a ring that is allocated once. */
export class TradeTape {
  readonly #slots: (TradeSeen | undefined)[]
  /** Those before which something is missing. */
  readonly #afterGap = new WeakSet<TradeSeen>()
  #count = 0
  #isBroken = false

  constructor(capacity: number) {
    this.#slots = Array.from<TradeSeen | undefined>({ length: capacity }).fill(undefined)
  }

  /** How many there ever were: where a reader stands who has read them all. */
  get count(): number {
    return this.#count
  }

  get last(): TradeSeen | undefined {
    return this.#count === 0 ? undefined : this.#slots[(this.#count - 1) % this.#slots.length]
  }

  /** Trades may be missing here: the next one need not follow the last one. */
  break(): void {
    this.#isBroken = this.#count > 0
  }

  add(trade: TradeSeen): void {
    if (this.#isBroken) this.#afterGap.add(trade)
    this.#isBroken = false
    this.#slots[this.#count % this.#slots.length] = trade
    this.#count++
  }

  /** What came after the first `count`, oldest first; undefined when some of it is no longer held. */
  since(count: number): TradeView[] | undefined {
    if (this.#count - count > this.#slots.length) return undefined
    const trades: TradeView[] = []
    for (let index = count; index < this.#count; index++) {
      const trade = ensureDefined(this.#slots[index % this.#slots.length], 'a trade that is held')
      trades.push(this.#afterGap.has(trade) ? { ...viewOf(trade), isAfterGap: true } : viewOf(trade))
    }
    return trades
  }

  recent(limit: number): TradeView[] {
    return this.since(this.#count - Math.min(limit, this.#count, this.#slots.length)) ?? []
  }
}

const viewOf = ({ at, sequence, price, size, aggressor }: TradeSeen): TradeView => ({
  at, sequence, price: rawOf(price), size: rawOf(size), aggressor,
})
