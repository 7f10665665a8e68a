import { rateFromRaw, ticksFromRaw } from '../../../base/index.ts'
import type { MarketReport } from '../../../domain/index.ts'
import type { TradingFloor } from './trading-floor.ts'

/** Tells everybody the best prices, the last one and the mark, each when it has changed. */
export class MarketTeller {
  readonly #told = new Map<string, { bid: number; ask: number; trades: number }>()
  readonly #tell: (report: MarketReport) => void

  constructor(tell: (report: MarketReport) => void) {
    this.#tell = tell
  }

  look(floor: TradingFloor, now: number, isTicker = false): void {
    const told = this.#told.get(floor.id) ?? { bid: 0, ask: 0, trades: 0 }
    this.#told.set(floor.id, told)
    if (floor.tradesSeen !== told.trades) {
      told.trades = floor.tradesSeen
      this.#tell({ kind: 'last-seen', at: now, instrument: floor.id, price: ticksFromRaw(floor.last) })
    }
    const [bid, ask] = [floor.core.bestBid(), floor.core.bestAsk()]
    if ((!isTicker && bid === told.bid && ask === told.ask) || bid === 0 || ask === Infinity) return
    told.bid = bid
    told.ask = ask
    this.#tell({ kind: 'quote-seen', at: now, instrument: floor.id, bid: ticksFromRaw(bid), ask: ticksFromRaw(ask) })
  }

  mark(floor: TradingFloor, now: number): void {
    this.#tell({
      kind: 'mark-seen', at: now, instrument: floor.id, mark: ticksFromRaw(floor.mark), index: ticksFromRaw(floor.index),
      fundingRate: rateFromRaw(floor.fundingRate),
    })
  }
}
