import { lotsFromRaw, ticksFromRaw } from '../../base/index.ts'
import type { BookLevel, BookSnapshot, MarketEvent } from '../../domain/index.ts'
import { BookSides } from './book-sides.ts'
import { minuteMs } from './daily-rhythm.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import { markAt, markMs } from './mark-price.ts'
import type { MarketPast } from './market-past.ts'
import type { MinutePlans } from './minute-plans.ts'
import type { MinuteTrades } from './minute-trades.ts'
import { Noise } from './noise.ts'

const never = Infinity
const none = new Float64Array(0)
const noTrades: MinuteTrades = { at: none, price: none, size: none, isBuyer: new Uint8Array(0) }

/**
 * All that one instrument's market says, in order. It must never say something that does not follow from what it said before.
 * Invariants: 1 the sequence goes up by one with each event; 2 times never go back; 3 how far it is asked to run at a time
 * changes nothing of what it says.
 */
export class InstrumentStream {
  readonly #traits: DemoInstrument
  readonly #index: number
  readonly #past: MarketPast
  readonly #plans: MinutePlans
  readonly #book: BookSides
  #into: MarketEvent[] = []
  #sequence = 0
  #now = 0
  #minute = 0
  #trades = noTrades
  #stirs: Float64Array = new Float64Array(0)
  #nextTrade = 0
  #nextStir = 0
  #nextMark = never
  #isOpen = false

  constructor(traits: DemoInstrument, index: number, past: MarketPast, plans: MinutePlans, startAt: number) {
    this.#traits = traits
    this.#index = index
    this.#past = past
    this.#plans = plans
    this.#book = new BookSides(traits, new Noise(past.random('unused')), (isBid, price, size) => this.#tellLevel(isBid, price, size))
    this.jumpTo(startAt)
  }

  /** Leaves out what lies between and stands at another time, with a new book. The sequence shows that something is missing. */
  jumpTo(time: number): void {
    this.#now = time
    this.#sequence += 1
    this.#beginMinute(Math.floor(time / minuteMs) * minuteMs)
    let around = this.#plans.lastPriceBefore(this.#index, this.#minute)
    while (this.#nextTrade < this.#trades.at.length && (this.#trades.at[this.#nextTrade] as number) <= time) {
      around = this.#trades.price[this.#nextTrade] as number
      this.#nextTrade += 1
    }
    while (this.#nextStir < this.#stirs.length && (this.#stirs[this.#nextStir] as number) <= time) this.#nextStir += 1
    if (this.#nextMark !== never) this.#setNextMark((Math.floor(time / markMs) + 1) * markMs)
    this.#book.start(around)
  }

  /** Everything up to and with this time, added to `into`. */
  run(until: number, into: MarketEvent[]): void {
    this.#into = into
    for (;;) {
      const tradeAt = this.#trades.at[this.#nextTrade] ?? never
      const stirAt = this.#stirs[this.#nextStir] ?? never
      const minuteEnd = this.#minute + minuteMs
      const next = Math.min(tradeAt, stirAt, this.#nextMark, minuteEnd)
      if (next > until) break
      this.#now = next
      if (next === tradeAt) this.#trade()
      else if (next === stirAt) this.#stir()
      else if (next === this.#nextMark) this.#mark()
      else this.#crossMinute(minuteEnd)
    }
    this.#now = until
  }

  snapshot(): BookSnapshot {
    const levels = (side: BookSides['bids']): BookLevel[] =>
      side.prices.map((price, at) => ({ price: ticksFromRaw(price), size: lotsFromRaw(side.sizes[at]) }))
    return {
      kind: 'book', instrument: this.#traits.instrument.id, at: this.#now, sequence: this.#sequence,
      bids: levels(this.#book.bids), asks: levels(this.#book.asks),
    }
  }

  #crossMinute(time: number): void {
    const wasOpen = this.#isOpen
    this.#beginMinute(time)
    if (wasOpen || !this.#isOpen) return
    // A session begins: nothing of the last one's book is good any more.
    this.#book.start(this.#trades.price[0] as number)
    this.#sequence += 1
    this.#into.push(this.snapshot())
  }

  #beginMinute(time: number): void {
    const plan = this.#plans.minute(this.#index, time)
    this.#minute = time
    this.#isOpen = plan !== undefined
    this.#trades = plan?.trades ?? noTrades
    this.#stirs = plan?.stirs ?? new Float64Array(0)
    this.#nextTrade = 0
    this.#nextStir = 0
    this.#nextMark = this.#traits.instrument.kind === 'perpetual' ? time : never
    if (plan) this.#book.use(plan.bookNoise)
  }

  #trade(): void {
    const k = this.#nextTrade
    this.#nextTrade += 1
    const [price, size] = [this.#trades.price[k] as number, this.#trades.size[k] as number]
    const isBuyer = this.#trades.isBuyer[k] === 1
    this.#book.trade(isBuyer, price, size, () => {
      this.#sequence += 1
      this.#into.push({
        kind: 'trade', instrument: this.#traits.instrument.id, at: this.#now, sequence: this.#sequence,
        price: ticksFromRaw(price), size: lotsFromRaw(size), aggressor: isBuyer ? 'buyer' : 'seller',
      })
    })
  }

  #stir(): void {
    this.#nextStir += 1
    this.#book.stir()
  }

  #mark(): void {
    this.#setNextMark(this.#nextMark + markMs)
    this.#sequence += 1
    this.#into.push(markAt(this.#past, this.#traits, this.#index, this.#now, this.#sequence))
  }

  /** The next minute begins with a mark of its own. */
  #setNextMark(time: number): void {
    this.#nextMark = time < this.#minute + minuteMs ? time : never
  }

  #tellLevel(isBid: boolean, price: number, size: number): void {
    this.#sequence += 1
    this.#into.push({
      kind: 'level', instrument: this.#traits.instrument.id, at: this.#now, sequence: this.#sequence,
      side: isBid ? 'bid' : 'ask', price: ticksFromRaw(price), size: lotsFromRaw(size),
    })
  }
}
