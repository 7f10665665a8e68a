import { rawOf, ticksFromRaw } from '../../base/index.ts'
import type { Ticks } from '../../base/index.ts'
import type { FeedJudged, MarketReport, OrderId, Side } from '../../domain/index.ts'
import { PriceLadder } from './price-ladder.ts'
import type { PriceSource, TriggerWatch } from './trigger-watch.ts'

/**
 * What waits for the prices of one instrument. It must never name an order on the word of a feed that is not trusted.
 * Invariants: 1 a stale, crossed or dead feed reaches nothing, and neither does a single crossed quote; 2 a price that
 * reaches nothing costs a few comparisons and allocates nothing; 3 a watch that is set when the price is already through is
 * reached at once.
 */
export interface Reached {
  readonly order: OrderId
  readonly does: TriggerWatch['does']
  readonly price: Ticks
}

const noneReached: readonly Reached[] = []

/** One source of prices: who waits above it, who below. A mid price is counted in half ticks, so that it stays whole. */
interface Channel {
  readonly source: PriceSource
  readonly perTick: 1 | 2
  price: number
  readonly ladders: Readonly<Record<'above' | 'below', Readonly<Record<TriggerWatch['does'], PriceLadder>>>>
}

const channel = (source: PriceSource): Channel => ({
  source,
  perTick: source === 'mid' ? 2 : 1,
  price: NaN,
  ladders: {
    above: { fire: new PriceLadder('above'), trail: new PriceLadder('above') },
    below: { fire: new PriceLadder('below'), trail: new PriceLadder('below') },
  },
})

const sources = ['last', 'mark', 'index', 'mid', 'bid', 'ask'] as const satisfies readonly PriceSource[]

export class InstrumentTriggers {
  readonly #channels: Readonly<Record<PriceSource, Channel>> = {
    last: channel('last'), mark: channel('mark'), index: channel('index'), mid: channel('mid'), bid: channel('bid'),
    ask: channel('ask'),
  }
  readonly #watches = new Map<OrderId, readonly TriggerWatch[]>()
  #state: FeedJudged['state'] = 'live'
  #isCrossed = false

  isWatching(order: OrderId): boolean {
    return this.#watches.has(order)
  }

  /** Replaces what the order waited for; nothing to wait for takes it out. */
  set(order: OrderId, watches: readonly TriggerWatch[]): void {
    const before = this.#watches.get(order)
    if (before === undefined && watches.length === 0) return
    if (before !== undefined && areEqual(before, watches)) return
    for (const watch of before ?? []) this.#channels[watch.source].ladders[watch.from][watch.does].remove(order)
    if (watches.length === 0) this.#watches.delete(order)
    else this.#watches.set(order, watches)
    for (const { source, from, price, does } of watches) {
      const { ladders, perTick } = this.#channels[source]
      ladders[from][does].add(rawOf(price) * perTick, order)
    }
  }

  /** What the prices that are known already reach. */
  standing(): readonly Reached[] {
    if (this.#watches.size === 0 || this.#isCrossed || this.#state !== 'live') return noneReached
    return sources.flatMap((source) => this.#reached(this.#channels[source]))
  }

  take(report: MarketReport): readonly Reached[] {
    switch (report.kind) {
      case 'quote-seen':
        return this.#takeQuote(rawOf(report.bid), rawOf(report.ask))
      case 'last-seen':
        return this.#takePrice(this.#channels.last, rawOf(report.price))
      case 'mark-seen':
        return join(
          this.#takePrice(this.#channels.mark, rawOf(report.mark)), this.#takePrice(this.#channels.index, rawOf(report.index)),
        )
      case 'feed-judged':
        // What was heard before it broke is old: only what is heard from now on pulls a trigger.
        if (report.state !== 'live') for (const source of sources) this.#channels[source].price = NaN
        this.#state = report.state
        return noneReached
    }
  }

  #takeQuote(bid: number, ask: number): readonly Reached[] {
    const { mid, bid: bids, ask: asks } = this.#channels
    // A side without a price is a feed that cannot be believed, like a crossed one.
    this.#isCrossed = bid > ask || bid <= 0 || ask <= 0
    const isTrusted = !this.#isCrossed && this.#state === 'live'
    mid.price = isTrusted ? bid + ask : NaN
    bids.price = isTrusted ? bid : NaN
    asks.price = isTrusted ? ask : NaN
    if (!isTrusted || this.#watches.size === 0) return noneReached
    return join(join(this.#reached(mid), this.#reached(bids)), this.#reached(asks))
  }

  #takePrice(of: Channel, price: number): readonly Reached[] {
    // A crossed book says that something is wrong with the feed, so its trades and marks are not believed either, now or later.
    const isTrusted = !this.#isCrossed && this.#state === 'live' && price > 0
    of.price = isTrusted ? price : NaN
    return isTrusted && this.#watches.size > 0 ? this.#reached(of) : noneReached
  }

  #reached({ ladders, price, perTick }: Channel): readonly Reached[] {
    const { above, below } = ladders
    const isFired = above.fire.isReached(price) || below.fire.isReached(price)
    if (!isFired && !above.trail.isReached(price) && !below.trail.isReached(price)) return noneReached
    return (['fire', 'trail'] as const).flatMap((does) =>
      [...above[does].reachedBy(price), ...below[does].reachedBy(price)].map((order) => {
        return { order, does, price: inTicks(price, perTick, this.#sideOfTrail(order)) }
      }),
    )
  }

  /** Which way a half tick is rounded: away from the stop's own side, so that a trail is never tighter than asked for. */
  #sideOfTrail(order: OrderId): Side {
    const trail = this.#watches.get(order)?.find(({ does }) => does === 'trail')
    return trail?.from === 'below' ? 'buy' : 'sell'
  }
}

const inTicks = (price: number, perTick: 1 | 2, side: Side): Ticks =>
  ticksFromRaw(perTick === 1 ? price : side === 'sell' ? Math.floor(price / 2) : Math.ceil(price / 2))

const areEqual = (left: readonly TriggerWatch[], right: readonly TriggerWatch[]): boolean =>
  left.length === right.length &&
  left.every((watch, place) => {
    const other = right[place]
    return watch.source === other?.source && watch.from === other.from && watch.price === other.price && watch.does === other.does
  })

const join = (left: readonly Reached[], right: readonly Reached[]): readonly Reached[] => {
  if (right.length === 0) return left
  return left.length === 0 ? right : [...left, ...right]
}
