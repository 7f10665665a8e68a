import { absolute, amountFromRaw, lotsFromRaw, notional, rawOf, ticksFromRaw, type Lots } from '../base/index.ts'
import type { Tradable, TradingCommand } from '../domain/index.ts'
import type { OurOrder, PositionView } from '../engine/index.ts'
import { followTrend, quoteBothSides, trendBefore } from '../robots/index.ts'
import type { MakerSettings, RobotSight, RobotWish, Trend, TrendSettings } from '../robots/index.ts'
import type { TradingView } from '../runtime/index.ts'
import type { MarketLine } from './market-line.ts'

type MakerForm = Pick<MakerSettings, 'instrument' | 'lots' | 'positionMost'>
const maker = (form: MakerForm, isContract: boolean): MakerSettings =>
  ({ ...form, owner: 'market-maker', halfSpreadPpm: 4_000, tolerancePpm: 3_000, canAmend: isContract, isLongOnly: !isContract })
const trend = (instrument: string, lots: number, isContract: boolean): TrendSettings =>
  ({
    instrument, owner: 'trend-follower', lots, dustLots: Math.floor(lots / 20), fastLooks: 20, slowLooks: 90, riskPpm: 8_000, isLongOnly: !isContract,
  })

/** Each instrument has one robot, so that none of them holds what another one trades. */
const makers: readonly MakerSettings[] = [
  maker({ instrument: 'BTC/USD:PERP', lots: 5, positionMost: 30 }, true),
  maker({ instrument: 'SOL/USD', lots: 200, positionMost: 1_000 }, false),
  maker({ instrument: 'XRP/USD', lots: 300, positionMost: 1_500 }, false),
  maker({ instrument: 'EUR/USD', lots: 1, positionMost: 5 }, false),
]
const followers: readonly TrendSettings[] = [
  trend('ETH/USD:PERP', 10, true), trend('BTC/USD', 500, false), trend('ETH/USD', 1_000, false),
]

export interface CrewParts {
  readonly account: string
  readonly market: MarketLine
  readonly now: () => number
  /** Names a command; never the same twice, over all crashes. */
  readonly nextCommand: () => string
  readonly submit: (command: TradingCommand) => void
}

const none = amountFromRaw(0)
const noOrders: readonly OurOrder[] = []

interface Seen {
  readonly orders: ReadonlyMap<string, readonly OurOrder[]>
  readonly positions: ReadonlyMap<string, PositionView>
}

/** Runs the robots on what the engine knows. What they remember ends with the process, and they learn it again. */
export class RobotCrew {
  readonly #parts: CrewParts
  readonly #trends = new Map<string, Trend>()

  constructor(parts: CrewParts) {
    this.#parts = parts
  }

  look(engine: TradingView): void {
    const seen: Seen = {
      orders: Map.groupBy(engine.openOrders(), ({ spec }) => spec.instrument),
      positions: new Map(engine.positions(this.#parts.account).map((view) => [view.instrument, view])),
    }
    for (const settings of makers) {
      const sight = this.#sightOf(settings.instrument, seen)
      if (sight !== undefined) this.#ask(quoteBothSides(settings, sight))
    }
    for (const settings of followers) {
      const sight = this.#sightOf(settings.instrument, seen)
      if (sight === undefined) continue
      const { trend: next, wishes } = followTrend(settings, this.#trends.get(settings.instrument) ?? trendBefore, sight)
      this.#trends.set(settings.instrument, next)
      this.#ask(wishes)
    }
  }

  /** The day is done: nothing rests any more, and nothing is held that the venue would let go. True when that is so. */
  goHome(engine: TradingView, tradables: readonly Tradable[]): boolean {
    const { account } = this.#parts
    const orders = [...engine.openOrders()]
    if (orders.length > 0) {
      this.#submit({ kind: 'cancel-all', account })
      return false
    }
    const held = engine.positions(account).filter(({ instrument, lots }) => {
      const market = tradables.find((each) => each.instrument.id === instrument)
      const bid = this.#parts.market.quoteOf(instrument)?.bid
      if (market === undefined || bid === undefined) return false
      // Less than the smallest order is dust, and stays.
      const worth = notional(ticksFromRaw(bid), absolute(lots), market.scale, 'floor')
      return rawOf(worth) > 2 * rawOf(market.rules.notionalMin ?? none)
    })
    for (const { instrument } of held) this.#submit({ kind: 'close-position', account, instrument })
    return held.length === 0
  }

  #sightOf(instrument: string, { orders, positions }: Seen): RobotSight | undefined {
    const quote = this.#parts.market.quoteOf(instrument)
    if (quote === undefined) return undefined
    const own = (orders.get(instrument) ?? noOrders).map(({ id, spec, limit, status, cancel, amend }) => ({
      id, side: spec.side, limit, isSettled: (status === 'working' || status === 'partial') && cancel === 'none' && amend === 'none',
    }))
    const position: Lots = positions.get(instrument)?.lots ?? lotsFromRaw(0)
    return { account: this.#parts.account, bid: ticksFromRaw(quote.bid), ask: ticksFromRaw(quote.ask), position, orders: own }
  }

  #ask(wishes: readonly RobotWish[]): void {
    for (const wish of wishes) this.#submit(wish)
  }

  #submit(wish: RobotWish | { readonly kind: 'cancel-all'; readonly account: string }): void {
    const { now, nextCommand, submit } = this.#parts
    submit({ ...wish, commandId: nextCommand(), at: now() })
  }
}
