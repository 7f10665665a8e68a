import { assert, rawOf, type Random } from '../../../base/index.ts'
import type { Tradable } from '../../../domain/index.ts'
import { portableExp } from '../portable-math.ts'
import { cutIntoPieces } from './drawn-laws.ts'
import type { VenueBehaviour } from './exchange-setup.ts'
import { entries, MatchingCore, nothingRests } from './matching-core.ts'
import type { Entry } from './matching-core.ts'
import { impactOf } from './price-impact.ts'
import { isClosing, remainingOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

/** One trade in which at least one side is an order of an account; the crowd is nobody. */
export interface FloorTrade {
  readonly number: number
  readonly price: number
  readonly lots: number
  readonly isBuyerTaker: boolean
  readonly taker: VenueOrder | undefined
  readonly maker: VenueOrder | undefined
}

export interface FloorEntry {
  readonly taker: VenueOrder | undefined
  readonly isBuy: boolean
  readonly price: number
  readonly lots: number
  readonly entry: Entry
  readonly peak: number
}

const impactHalfLifeMs = 60_000

/** Where one instrument trades: its book, who stands in which row of it, its prices, and who waits for a trigger. */
export class TradingFloor {
  tradable: Tradable
  readonly core = new MatchingCore()
  last = 0
  mark = 0
  index = 0
  fundingRate = 0
  /** Nothing is taken before this. */
  haltedUntil = 0
  /** Wait for a price, in the order of their coming. */
  waiting: VenueOrder[] = []
  readonly #owners: (VenueOrder | undefined)[] = []
  readonly #cuts: Random
  readonly #behaviour: VenueBehaviour
  readonly #onTrade: (floor: TradingFloor, trade: FloorTrade) => void
  #resting = 0
  #restingClosers = 0
  /** How many trades were given a number. */
  tradesGiven = 0
  #lastingPush = 0
  #fadingPush = 0
  #pushedAt = 0

  constructor(tradable: Tradable, behaviour: VenueBehaviour, random: Random, onTrade: (floor: TradingFloor, trade: FloorTrade) => void) {
    this.tradable = tradable
    this.#behaviour = behaviour
    this.#cuts = random.split('cuts')
    this.#onTrade = onTrade
  }

  get id(): string {
    return this.tradable.instrument.id
  }

  /** What the venue values things at: the mark, else the last price, else the middle of the book; 0 when there is none. */
  reference(): number {
    if (this.mark > 0) return this.mark
    if (this.last > 0) return this.last
    const [bid, ask] = [this.core.bestBid(), this.core.bestAsk()]
    return bid > 0 && ask < Infinity ? Math.floor((bid + ask) / 2) : 0
  }

  /** Nobody but the crowd stands in the book. */
  isCrowdOnly(): boolean {
    return this.#resting === 0
  }

  /** Orders that may only close stand in the book. */
  hasClosers(): boolean {
    return this.#restingClosers > 0
  }

  ownerOf(row: number): VenueOrder | undefined {
    return this.#owners[row]
  }

  /** Counts all trades, those of the crowd with itself too. */
  tradesSeen = 0

  nextTradeNumber(): number {
    this.tradesGiven += 1
    return this.tradesGiven
  }

  /** Sends an order through the book and says what neither traded nor rests. */
  execute(entry: FloorEntry, now: number): number {
    // A trade may use up the position that a resting order was to close. With such orders in the book each trade is settled
    // before the next is made.
    if (this.#restingClosers > 0 && entry.entry !== entries.makerOnly) return this.#executeInSteps(entry, now)
    return this.#submit(entry, entry.lots, entry.entry, now)
  }

  /** An order that rested before a restart rests again, behind whoever does already. */
  restore(order: VenueOrder): void {
    if (order.isWaiting) {
      this.waiting.push(order)
      return
    }
    const { limit, isBuy, spec } = order
    assert(limit !== undefined, 'expected a resting order to have a limit')
    const row = this.core.submit(isBuy, limit, remainingOf(order), entries.makerOnly, spec.display === undefined ? 0 : rawOf(spec.display))
    assert(row >= 0, 'expected kept orders not to meet each other')
    this.#own(row, order)
  }

  /** Takes an order of an account out of the book. */
  withdraw(order: VenueOrder): void {
    if (order.row < 0) return
    this.core.cancel(order.row)
    this.#leave(order)
  }

  shrink(order: VenueOrder, by: number): void {
    if (by >= this.core.leftOf(order.row)) return this.withdraw(order)
    this.core.reduce(order.row, by)
  }

  /** By how many ticks our own trading has moved the price, as of now. */
  push(now: number): number {
    return Math.round(this.#lastingPush + this.#fading(now))
  }

  /** A crash or a jump: everything that the crowd quotes moves by so many ticks, and stays there. */
  shove(ticks: number): void {
    this.#lastingPush += ticks
  }

  /** What a trade of ours leaves in the price. */
  notePush(isBuy: boolean, lots: number, now: number): void {
    const { permanentTicks, temporaryTicks } = impactOf(this.#behaviour.impact, lots)
    if (permanentTicks === 0 && temporaryTicks === 0) return
    const sign = isBuy ? 1 : -1
    this.#fadingPush = this.#fading(now) + sign * temporaryTicks
    this.#lastingPush += sign * permanentTicks
    this.#pushedAt = now
  }

  #fading(now: number): number {
    const halfLives = (now - this.#pushedAt) / impactHalfLifeMs
    // After so many there is nothing left that a tick could show.
    return this.#fadingPush === 0 || halfLives > 40 ? 0 : this.#fadingPush * portableExp(-halfLives * Math.LN2)
  }

  #submit({ taker, isBuy, price, peak }: FloorEntry, lots: number, entry: Entry, now: number): number {
    const row = this.core.submit(isBuy, price, lots, entry, peak)
    const left = this.core.left
    this.#settleFills(taker, isBuy, now)
    if (row >= 0) {
      if (taker === undefined) this.#owners[row] = taker
      else this.#own(row, taker)
    }
    return row === nothingRests || row >= 0 ? left : lots
  }

  #executeInSteps(entry: FloorEntry, now: number): number {
    const { isBuy, price, lots } = entry
    if (entry.entry === entries.allOrNone && this.core.available(isBuy, price) < lots) return lots
    let left = lots
    while (left > 0) {
      const step = Math.min(left, this.core.nextShown(isBuy, price))
      if (step === 0) break
      left -= step - this.#submit(entry, step, entries.immediate, now)
    }
    if (left === 0 || entry.entry !== entries.rest) return left
    return this.#submit(entry, left, entries.rest, now)
  }

  #settleFills(taker: VenueOrder | undefined, isBuyerTaker: boolean, now: number): void {
    const { core } = this
    let ours = 0
    for (let fill = 0; fill < core.fillCount; fill += 1) {
      const row = core.fillMakers[fill] as number
      const price = core.fillPrices[fill] as number
      const lots = core.fillLots[fill] as number
      const maker = this.#owners[row]
      const isGone = core.fillMakerLeft[fill] === 0
      this.last = price
      this.tradesSeen += 1
      ours += taker === undefined ? 0 : lots
      if (isGone && maker !== undefined) this.#leave(maker)
      for (const piece of this.#pieces(taker, maker, lots)) {
        this.#onTrade(this, { number: this.nextTradeNumber(), price, lots: piece, isBuyerTaker, taker, maker })
      }
    }
    if (ours > 0) this.notePush(isBuyerTaker, ours, now)
  }

  /** A row of the crowd stands for many people, so a trade with it is several. */
  #pieces(taker: VenueOrder | undefined, maker: VenueOrder | undefined, lots: number): readonly number[] {
    if (taker === undefined && maker === undefined) return []
    const law = this.#behaviour.partialFills
    return law === undefined || (taker !== undefined && maker !== undefined) ? [lots] : cutIntoPieces(this.#cuts, lots, law)
  }

  #own(row: number, order: VenueOrder): void {
    this.#owners[row] = order
    order.row = row
    this.#resting += 1
    if (isClosing(order)) this.#restingClosers += 1
  }

  #leave(order: VenueOrder): void {
    this.#resting -= 1
    if (isClosing(order)) this.#restingClosers -= 1
    this.#owners[order.row] = undefined
    order.row = -1
  }

  /** Within the band around the reference that the venue keeps to, if it does. */
  isWithinBand(price: number): boolean {
    const { priceBand } = this.tradable.rules
    const reference = this.reference()
    if (priceBand === undefined || reference === 0) return true
    return Math.abs(price - reference) * 1e9 <= reference * rawOf(priceBand)
  }
}
