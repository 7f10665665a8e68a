import type { MarketReport } from '../../../domain/index.ts'
import { MarketTeller } from './market-teller.ts'
import type { TradingFloor } from './trading-floor.ts'

/** What somebody sees of the prices who looks at them now and then: those that are others than at his last look. */
export class MarketLook {
  readonly #seen: MarketReport[] = []
  readonly #teller = new MarketTeller((report) => void this.#seen.push(report))
  readonly #marks = new Map<string, number>()

  at(floors: readonly TradingFloor[], now: number, isTicker = false): readonly MarketReport[] {
    for (const floor of floors) {
      this.#teller.look(floor, now, isTicker)
      if (floor.mark === 0 || this.#marks.get(floor.id) === floor.mark) continue
      this.#marks.set(floor.id, floor.mark)
      this.#teller.mark(floor, now)
    }
    return this.#seen.splice(0)
  }
}
