import { assert, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../base/index.ts'
import type { Rate } from '../../../base/index.ts'
import type { BookLevel, BookSnapshot, MarketEvent, Tradable } from '../../../domain/index.ts'
import { createDemoMarket, historyStart } from '../../sim/index.ts'
import type { DemoMarket, SimExchange } from '../../sim/index.ts'
import { coarsePath } from './coarse-path.ts'
import { marketTimeAt } from './market-pace.ts'
import type { MarketPace } from './market-pace.ts'

export interface MarketDriverParts {
  readonly exchange: SimExchange
  readonly tradables: readonly Tradable[]
  readonly pace: MarketPace
  readonly wallMs: () => number
  /** Where the market stood when the exchange was last here. */
  readonly leftAt?: { readonly seed: number; readonly at: number }
}

/** What the demo market tells at once; beyond that it jumps, and what lay between is caught up coarsely. */
const stepMaxMs = 60_000
/** More than anybody could have resting, so that whoever was passed by is filled. */
const throughLots = 1_000_000_000

/**
 * Lets the demo market play the exchange's crowd. Invariants: 1 while the market stands still nothing is fed, so nothing fills;
 * 2 however long nobody looked, one turn does a bounded amount of work, and an order that the market went through meanwhile is filled.
 */
export class MarketDriver {
  readonly #parts: MarketDriverParts
  #pace: MarketPace
  #market: DemoMarket | undefined
  #leftAt: { readonly seed: number; readonly at: number } | undefined

  constructor(parts: MarketDriverParts) {
    this.#parts = parts
    this.#pace = parts.pace
    this.#leftAt = parts.leftAt
  }

  get pace(): MarketPace {
    return this.#pace
  }

  /** The market's time up to which the exchange has seen it. */
  get at(): number {
    return this.#market?.now() ?? this.#pace.anchorMarket
  }

  follow(pace: MarketPace): void {
    if (this.#market !== undefined && (pace.seed !== this.#pace.seed || pace.intensity !== this.#pace.intensity)) this.#market = undefined
    this.#pace = pace
    this.turn()
  }

  turn(): void {
    const target = Math.max(historyStart, marketTimeAt(this.#pace, this.#parts.wallMs()))
    const market = this.#market
    // Set back by whoever shows it: it begins anew there, and nobody was passed by.
    if (market === undefined || target < market.now() - stepMaxMs) return this.#begin(target)
    if (target <= market.now()) return
    if (target - market.now() > stepMaxMs) this.#catchUp(market, market.now(), target)
    this.#feed(market.advanceTo(target))
  }

  #begin(target: number): void {
    const left = this.#leftAt
    this.#leftAt = undefined
    const { seed, intensity } = this.#pace
    const gap = left === undefined || left.seed !== seed || left.at < historyStart ? 0 : target - left.at
    const market = createDemoMarket({ seed, intensity, startAt: gap > 0 && gap <= stepMaxMs ? target - gap : target })
    this.#market = market
    if (left !== undefined && gap > stepMaxMs) this.#catchUp(market, left.at, target)
    this.#feed(market.advanceTo(target))
  }

  /** What stands in the exchange's book under other prices goes. */
  tellBook(instrument: string): void {
    if (this.#market !== undefined) this.#feed([this.#market.snapshotOf(instrument)])
  }

  /** At the exchange all of it happens now. */
  #feed(events: readonly MarketEvent[]): void {
    if (events.length === 0) return
    const { exchange } = this.#parts
    exchange.feed(events.map((event) => ({ ...event, at: exchange.now() })))
  }

  #catchUp(market: DemoMarket, from: number, to: number): void {
    // A market that stands before the end tells no candles after its own time.
    const ahead = market.now() < to ? createDemoMarket({ seed: this.#pace.seed, intensity: this.#pace.intensity, startAt: to }) : market
    const { exchange } = this.#parts
    const exposed = exchange.exposedInstruments()
    for (const tradable of this.#parts.tradables) {
      const { id } = tradable.instrument
      if (!exposed.has(id)) continue
      const book = ahead.snapshotOf(id)
      const fundingRate = rateFromRaw(exchange.floors.get(id)?.fundingRate ?? 0)
      let before: number | undefined
      for (const price of coarsePath(ahead, id, from, to)) {
        if (before !== undefined && price !== before) this.#feed(passing({ book, tradable, price, isFall: price < before, fundingRate }))
        before = price
      }
    }
  }
}

interface Passing {
  readonly book: BookSnapshot
  readonly tradable: Tradable
  readonly price: number
  readonly isFall: boolean
  readonly fundingRate: Rate
}

/** The market at one price of its way: its book around it, a trade with all whom it has gone past, and the mark of a contract. */
function passing({ book, tradable, price, isFall, fundingRate }: Passing): readonly MarketEvent[] {
  const { at, sequence, bids, asks } = book
  const told = { instrument: tradable.instrument.id, at, sequence }
  const trade = (ticks: number, lots: number): MarketEvent =>
    ({ kind: 'trade', ...told, price: ticksFromRaw(Math.max(1, ticks)), size: lotsFromRaw(lots), aggressor: isFall ? 'seller' : 'buyer' })
  const shift = price - middleOf(book)
  const shifted = (levels: readonly BookLevel[]): readonly BookLevel[] =>
    levels.map((level) => ({ ...level, price: ticksFromRaw(Math.max(1, rawOf(level.price) + shift)) }))
  const events: MarketEvent[] = [
    { ...book, bids: shifted(bids), asks: shifted(asks) },
    // Who waits at the very price had others before him: only one tick beyond is certain.
    trade(price + (isFall ? 1 : -1), throughLots), trade(price, 1),
  ]
  const mark = ticksFromRaw(price)
  if (tradable.settlement === 'linear') events.push({ kind: 'mark', ...told, mark, index: mark, fundingRate, nextFundingAt: at })
  return events
}

function middleOf({ bids, asks }: BookSnapshot): number {
  const [bid, ask] = [bids[0], asks[0]]
  assert(bid !== undefined && ask !== undefined, 'expected a book of the demo market to have two sides')
  return Math.round((rawOf(bid.price) + rawOf(ask.price)) / 2)
}
