import { add, countFromRaw, ensureDefined, hasOverflowed, lotsFromRaw, mulDiv, negate, rawOf, settle, subtract, tryAdd, tryNotional } from '../base/index.ts'
import type { Amount, Count, Lots, Ticks } from '../base/index.ts'
import type { FeedJudged, OrderId, PositionSide, Side, Tradable } from '../domain/index.ts'
import { AssetBook } from './asset-book.ts'
import type { AssetRate, AssetRow } from './asset-book.ts'
import { isEmpty, worthOf } from './exposure-row.ts'
import type { ExposureRow, RowWorth } from './exposure-row.ts'
import { createInstrumentRow } from './instrument-row.ts'
import type { InstrumentRow } from './instrument-row.ts'
import { isCountedAlike, setAsideFor } from './live-order.ts'
import type { CountedLive, LiveOrder } from './live-order.ts'
import { cannotGrow, exposureField, noLots } from './reduction.ts'
import { noAmount, requiredAsset } from './requirement.ts'
import type { CountedOrder, Exposure, ReferencePrice, RiskView } from './risk-view.ts'
import { SendTimes } from './send-times.ts'

export interface ExposureSetup {
  readonly account: string
  readonly positions: 'netting' | 'hedging'
  readonly tradables: readonly Tradable[]
  /** The asset in which limits are counted. */
  readonly reporting: string
  /** How many sends are remembered; at least the highest number allowed per minute. */
  readonly sendsRemembered: number
}

const sidesOf = (positions: 'netting' | 'hedging'): readonly PositionSide[] => (positions === 'netting' ? ['net'] : ['net', 'long', 'short'])

/**
 * What one account is exposed to, kept current with each event, so that a review never walks over orders. It must never forget what may still fill.
 * Invariants: 1 sums over orders are those of the orders it was told of and not told to drop; 2 what it sets aside is given back whole; 3 what cannot be valued
 * is no value, never zero: gross is none while a position or an order has no price.
 */
export class ExposureBook implements RiskView {
  readonly account: string
  readonly positions: 'netting' | 'hedging'
  readonly #instruments = new Map<string, InstrumentRow>()
  readonly #orders = new Map<OrderId, CountedLive>()
  readonly #sends: SendTimes
  readonly #assets: AssetBook
  readonly #sides: readonly PositionSide[]
  /** By base asset: the instrument that delivers it, and so prices it. */
  readonly #deliveries = new Map<string, InstrumentRow>()
  /** Instruments with rows whose worth has to be counted anew before it is asked for. */
  readonly #stale: InstrumentRow[] = []
  #gross: Amount = noAmount
  #unvalued = 0

  constructor({ account, positions, tradables, reporting, sendsRemembered }: ExposureSetup) {
    this.account = account
    this.positions = positions
    this.#sides = sidesOf(positions)
    this.#sends = new SendTimes(sendsRemembered)
    this.#assets = new AssetBook(reporting)
    for (const tradable of tradables) {
      const { base, quote } = tradable.instrument
      const of = createInstrumentRow(tradable, this.#assets.row(base), this.#assets.row(quote))
      this.#instruments.set(tradable.instrument.id, of)
      if (tradable.settlement === 'delivery' && !this.#deliveries.has(tradable.instrument.base)) this.#deliveries.set(tradable.instrument.base, of)
    }
  }

  /** As it is from now on. Told of the same order again, what it was counted with is replaced. */
  setOrder(live: LiveOrder): void {
    const of = this.#instrument(live.instrument)
    const known = this.#orders.get(live.order)
    // Most events of an order change nothing that is counted. What was past counting is tried again: there may be room for it now.
    if (known !== undefined && !known.isUnvalued && isCountedAlike(known.live, live)) return this.#retry(of.sides[live.positionSide], of)
    if (known !== undefined) this.#giveBack(known)
    const needs = requiredRow(of, live.side)
    // Past counting, it is of no value, and what has none allows no new risk.
    const isCounted = !hasOverflowed(tryAdd(of.sides[live.positionSide][fieldOf(live, of)], live.remaining))
    const wanted = isCounted ? setAsideFor(live, of.tradable) : undefined
    const needed = wanted !== undefined && this.#assets.canSetAside(needs, wanted) ? wanted : undefined
    const setAside = needed ?? noAmount
    const lots = isCounted ? live.remaining : noLots
    this.#orders.set(live.order, { live, lots, setAside, worstPrice: live.worstPrice, isUnvalued: needed === undefined })
    if (needed === undefined) this.#unvalued += 1
    this.#assets.setAside(needs, setAside)
    this.#count(of, live, lots, 1)
  }

  /** It can fill no more. */
  dropOrder(order: OrderId): void {
    const counted = this.#orders.get(order)
    if (counted === undefined) return
    this.#orders.delete(order)
    this.#giveBack(counted)
  }

  /** Signed lots, and what they cost as a magnitude. */
  setPosition(instrument: string, side: PositionSide, lots: Lots, cost: Amount): void {
    const of = this.#instrument(instrument)
    const row = of.sides[side]
    row.position = lots
    row.cost = cost
    this.#soil(row, of)
  }

  setBalance(asset: string, total: Amount): void {
    this.#assets.setTotal(asset, total)
  }

  /** Minor units of the reporting currency for one of the asset; none while nothing trusted says how many. */
  setRate(asset: string, rate: AssetRate | undefined): void {
    if (!this.#assets.setRate(asset, rate)) return
    for (const row of this.#instruments.values()) {
      if (row.tradable.instrument.quote === asset) this.#soilAll(row)
    }
  }

  /** The price of what is not traded here changes nothing. */
  seeQuote(instrument: string, bid: Ticks, ask: Ticks, at: number): void {
    const of = this.#instruments.get(instrument)
    if (of === undefined) return
    const { price } = of
    if (price === undefined) {
      of.price = { bid, ask, at, state: of.feed }
      this.#soilAll(of)
      return
    }
    price.at = at
    if (price.bid === bid && price.ask === ask) return
    price.bid = bid
    price.ask = ask
    this.#soilHeld(of)
  }

  /** What is not live keeps its last price for what is held, and allows no new risk. */
  judgeFeed(instrument: string, state: FeedJudged['state']): void {
    const of = this.#instruments.get(instrument)
    if (of === undefined) return
    of.feed = state
    if (of.price !== undefined) of.price.state = state
  }

  countSent(at: number): void {
    this.#sends.count(at)
  }

  exposure(instrument: string, side: PositionSide): Exposure {
    return this.#instrument(instrument).sides[side]
  }

  price(instrument: string): ReferencePrice | undefined {
    return this.#instrument(instrument).price
  }

  free(asset: string): Amount | undefined {
    this.#refresh()
    return this.#unvalued > 0 && this.#hasUnvaluedOrder() ? undefined : this.#assets.free(asset)
  }

  gross(): Amount | undefined {
    this.#refresh()
    return this.#unvalued > 0 ? undefined : this.#gross
  }

  equity(): Amount | undefined {
    this.#refresh()
    return this.#unvalued > 0 ? undefined : this.#assets.equity(this.#valueOf)
  }

  inReporting(asset: string, amount: Amount): Amount | undefined {
    return this.#assets.inReporting(asset, amount, 'ceil')
  }

  ordersOpen(instrument?: string): number {
    return instrument === undefined ? this.#orders.size : this.#instrument(instrument).ordersOpen
  }

  triggersOpen(instrument: string): number {
    return this.#instrument(instrument).triggersOpen
  }

  counted(order: OrderId): CountedOrder | undefined {
    return this.#orders.get(order)
  }

  sentSince(after: number): number {
    return this.#sends.after(after)
  }

  #giveBack({ live, lots, setAside, isUnvalued }: CountedLive): void {
    if (isUnvalued) this.#unvalued -= 1
    const of = this.#instrument(live.instrument)
    this.#assets.setAside(requiredRow(of, live.side), negate(setAside))
    this.#count(of, live, negate(lots), -1)
  }

  #hasUnvaluedOrder(): boolean {
    for (const { isUnvalued } of this.#orders.values()) if (isUnvalued) return true
    return false
  }

  #instrument(id: string): InstrumentRow {
    return ensureDefined(this.#instruments.get(id), 'the instrument in the book of exposure')
  }

  #count(of: InstrumentRow, live: LiveOrder, lots: Lots, orders: 1 | -1): void {
    const row = of.sides[live.positionSide]
    const field = fieldOf(live, of)
    row[field] = add(row[field], lots)
    of.ordersOpen += orders
    if (live.waits) of.triggersOpen += orders
    this.#soil(row, of)
  }

  #soilAll(of: InstrumentRow): void {
    for (const side of this.#sides) this.#soil(of.sides[side], of)
  }

  /** Where there is neither a position nor an order, the next price moves nothing. */
  #soilHeld(of: InstrumentRow): void {
    for (const side of this.#sides) if (!isEmpty(of.sides[side])) this.#soil(of.sides[side], of)
  }

  #retry(row: ExposureRow, of: InstrumentRow): void {
    if (row.worth === undefined) this.#soil(row, of)
  }

  #soil(row: ExposureRow, of: InstrumentRow): void {
    row.isStale = true
    if (of.isListed) return
    of.isListed = true
    this.#stale.push(of)
  }

  #refresh(): void {
    for (const of of this.#stale) {
      of.isListed = false
      const { net, long, short } = of.sides
      if (net.isStale) this.#countAnew(net, of)
      if (long.isStale) this.#countAnew(long, of)
      if (short.isStale) this.#countAnew(short, of)
    }
    this.#stale.length = 0
  }

  #countAnew(row: ExposureRow, of: InstrumentRow): void {
    row.isStale = false
    this.#addUp(row, of, -1)
    const worth = worthOf(row, of.tradable, of.price)
    const reported = worth === undefined ? undefined : this.#assets.inReporting(of.quote.asset, worth.gross, 'ceil')
    row.worth = worth === undefined || reported === undefined || !this.#canAddUp(worth, reported, of) ? undefined : worth
    row.reported = reported ?? noAmount
    this.#addUp(row, of, 1)
  }

  #canAddUp({ margin, profit }: RowWorth, reported: Amount, { quote }: InstrumentRow): boolean {
    return !hasOverflowed(tryAdd(this.#gross, reported)) && this.#assets.canCountPositions(quote, margin, profit)
  }

  #addUp({ worth, reported }: ExposureRow, of: InstrumentRow, sign: 1 | -1): void {
    if (worth === undefined) {
      this.#unvalued += sign
      return
    }
    const isAdded = sign === 1
    this.#gross = isAdded ? add(this.#gross, reported) : subtract(this.#gross, reported)
    if (of.tradable.settlement === 'delivery') return
    this.#assets.countPositions(of.quote, worth.margin, worth.profit, sign)
  }

  /** What a delivered asset would fetch at the bid. */
  readonly #valueOf = (asset: string, total: Amount): Amount | undefined => {
    const of = this.#deliveries.get(asset)
    if (of?.price === undefined) return undefined
    const lots = lotsFromRaw(rawOf(mulDiv<Amount, Count>(total, one, countFromRaw(of.tradable.baseUnitsPerLot), 'floor')))
    const value = settle(tryNotional(of.price.bid, lots, of.tradable.scale, 'floor'))
    return value.ok ? this.#assets.inReporting(of.tradable.instrument.quote, value.value, 'floor') : undefined
  }
}

const fieldOf = ({ side, keptFromGrowing }: LiveOrder, { tradable }: InstrumentRow): ReturnType<typeof exposureField> =>
  exposureField(side, cannotGrow(side, keptFromGrowing, tradable))

const one = countFromRaw(1)

const requiredRow = (of: InstrumentRow, side: Side): AssetRow => (requiredAsset(of.tradable, side) === of.quote.asset ? of.quote : of.base)
