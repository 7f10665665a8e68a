import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../base/index.ts'
import type { PositionSide, VenueBalance, VenuePosition, VenuePosting, VenueTrade } from '../../../domain/index.ts'
import type { ChangeNotes } from './change-notes.ts'
import type { StreamBody } from './exchange-call.ts'
import { worth } from './exact-money.ts'
import type { ExchangeAccount, VenueBehaviour } from './exchange-setup.ts'
import { feeOf, TradedVolume } from './fee-desk.ts'
import { KeptList } from './kept-list.ts'
import { OrderArchive } from './order-archive.ts'
import type { FloorTrade, TradingFloor } from './trading-floor.ts'
import type { VenueLedger } from './venue-ledger.ts'
import { isClosing, remainingOf, venueIdOf, viewOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'
import { VenuePositionBook } from './venue-position.ts'
import type { PositionParts } from './venue-position.ts'
import { Versions } from './versions.ts'

export interface DeskSurroundings {
  readonly ledger: VenueLedger
  readonly behaviour: VenueBehaviour
  readonly floors: ReadonlyMap<string, TradingFloor>
  readonly viewsKeptMs: number
  /** Told of everything that has to be written down; absent where nothing is. */
  readonly changes: ChangeNotes | undefined
  /** The true time. */
  now(): number
  tell(account: string, body: StreamBody): void
}

/** Of a list that holds more than it should. */
const crowdedKeptMs = 3_600_000

/** An account at the exchange: its orders, trades, positions and money, and what its owner is told of them. */
export class AccountDesk {
  readonly account: ExchangeAccount
  readonly archive: OrderArchive
  readonly trades: KeptList<VenueTrade>
  readonly postings: KeptList<VenuePosting>
  readonly volume = new TradedVolume()
  readonly positionViews: Versions<readonly VenuePosition[]>
  readonly balanceViews: Versions<readonly VenueBalance[]>
  readonly #around: DeskSurroundings
  readonly #positions = new Map<string, { readonly instrument: string; readonly side: PositionSide; readonly book: VenuePositionBook }>()

  constructor(account: ExchangeAccount, around: DeskSurroundings) {
    this.account = account
    this.#around = around
    const { closedKeptMs, tradesKeptMs, keptMost } = around.behaviour
    const keptMs = (list: { readonly items: readonly unknown[] }, usualMs: number): number => (list.items.length > keptMost ? Math.min(usualMs, crowdedKeptMs) : usualMs)
    this.archive = new OrderArchive(({ endedAt }) => endedAt <= around.now() - keptMs(this.archive.closed, closedKeptMs))
    this.trades = new KeptList(({ at }) => at <= this.venueTime() - keptMs(this.trades, tradesKeptMs))
    this.postings = new KeptList(({ at }) => at <= this.venueTime() - keptMs(this.postings, tradesKeptMs))
    this.positionViews = new Versions(around.viewsKeptMs)
    this.balanceViews = new Versions(around.viewsKeptMs)
  }

  /** The money that the account is opened with. */
  fund(): void {
    for (const { asset, amount } of this.account.balances) this.#around.ledger.move('house:outside', this.account.id, asset, rawOf(amount))
  }

  /** By the exchange's clock, which may be wrong. */
  venueTime(): number {
    return this.#around.now() + this.#around.behaviour.clockSkewMs
  }

  // --- orders

  get open(): Map<number, VenueOrder> {
    return this.archive.open
  }

  enter(order: VenueOrder): void {
    this.archive.add(order)
  }

  /** Writes down what became of an order, and tells its owner. */
  noteChange(order: VenueOrder): void {
    const now = this.#around.now()
    order.updatedAt = this.venueTime()
    if (order.status !== 'open' && order.endedAt === Infinity) {
      order.endedAt = now
      this.archive.end(order)
    }
    const view = viewOf(order)
    order.views.put(now, view)
    this.#around.changes?.order(order)
    this.#around.tell(this.account.id, { kind: 'order', view })
  }

  // --- trades and money

  /** One side of a trade: money and goods change hands, the fee is taken, the order counts it. */
  settle(order: VenueOrder, { number, price, lots, maker }: FloorTrade, floor: TradingFloor): void {
    const { ledger, behaviour } = this.#around
    const { tradable } = floor
    const { base, quote } = tradable.instrument
    const value = worth(price, lots, tradable.scale)
    const baseAmount = tradable.settlement === 'delivery' ? lots * tradable.baseUnitsPerLot : 0
    const { id } = this.account
    if (tradable.settlement === 'delivery') {
      const [goods, money] = order.isBuy ? ['house:market', id] as const : [id, 'house:market'] as const
      ledger.move(money, goods, quote, value)
      ledger.move(goods, money, base, baseAmount)
    } else ledger.move('house:market', id, quote, this.#fillPosition(floor, order, price, lots))
    const fee = feeOf(behaviour.fees, {
      tradable, isMaker: maker === order, isBuy: order.isBuy, worth: value, baseAmount,
      volume: this.volume.at(this.#around.now()), balanceOf: (asset) => ledger.balance(id, asset),
    })
    ledger.move(id, 'house:fees', fee.asset, fee.amount)
    this.volume.add(this.#around.now(), value)
    this.#around.changes?.volume(id)
    order.filled += lots
    if (remainingOf(order) === 0) order.status = 'filled'
    const trade: VenueTrade = {
      trade: String(number), venueOrder: venueIdOf(order), instrument: floor.id, side: order.spec.side, price: ticksFromRaw(price),
      lots: lotsFromRaw(lots), liquidity: maker === order ? 'maker' : 'taker', fee: amountFromRaw(fee.amount), feeAsset: fee.asset,
      positionSide: order.spec.positionSide, at: this.venueTime(),
    }
    order.trades.push(trade)
    this.trades.push(trade)
    this.#around.changes?.trade(id, trade)
    this.#around.tell(id, { kind: 'trade', trade })
    this.noteChange(order)
  }

  /** Money that moves without a trade. */
  post(posting: VenuePosting): void {
    const { ledger, tell } = this.#around
    const purse = posting.reason === 'funding' ? 'house:funding' : posting.reason === 'liquidation-fee' ? 'house:fees' : 'house:outside'
    ledger.move(purse, this.account.id, posting.asset, rawOf(posting.amount))
    this.postings.push(posting)
    this.#around.changes?.posting(this.account.id, posting)
    tell(this.account.id, { kind: 'posting', posting })
  }

  // --- positions

  /** Signed lots of a contract; 0 where there is none. */
  positionLots(instrument: string, side: PositionSide): number {
    return this.#positions.get(`${instrument}|${side}`)?.book.lots ?? 0
  }

  /** The sum over sides of what is open in an instrument, unsigned, for those who keep margins. */
  unrealised(asset: string): number {
    let sum = 0
    for (const { instrument, book } of this.#positions.values()) {
      const floor = this.#around.floors.get(instrument)
      if (floor !== undefined && floor.tradable.instrument.quote === asset) sum += book.unrealised(floor.reference())
    }
    return sum
  }

  /**
   * How much an order that may only close could close now. One that would rest gets what no other such order stands for already;
   * one that trades at once gets the whole position, and those that rest give way to it.
   */
  closable(order: VenueOrder): number {
    const { instrument, positionSide, timeInForce } = order.spec
    let lots = closableLots(this.positionLots(instrument, positionSide), order.isBuy)
    if (order.limit === undefined || timeInForce === 'ioc' || timeInForce === 'fok') return lots
    for (const other of this.restingClosers(instrument, positionSide, order.isBuy)) if (other !== order) lots -= remainingOf(other)
    return Math.max(0, lots)
  }

  /** The orders in the book that may only close this side, oldest first. */
  restingClosers(instrument: string, positionSide: PositionSide, isBuy: boolean): readonly VenueOrder[] {
    return [...this.open.values()].filter((order) => order.row >= 0 && order.spec.instrument === instrument
      && order.spec.positionSide === positionSide && order.isBuy === isBuy && isClosing(order))
  }

  positions(): readonly VenuePosition[] {
    return [...this.#positions.values()].filter(({ book }) => book.lots !== 0).map(({ instrument, side, book }) => ({
      instrument, positionSide: side, lots: lotsFromRaw(book.lots),
      ...(book.entryPrice === undefined ? {} : { entryPrice: ticksFromRaw(book.entryPrice), entryCost: amountFromRaw(book.cost) }),
    }))
  }

  total(asset: string): number {
    return this.#around.ledger.balance(this.account.id, asset)
  }

  assets(): readonly string[] {
    return this.#around.ledger.assetsOf(this.account.id)
  }

  /** Every side that was ever open, as it is kept. */
  positionBooks(): readonly { readonly instrument: string; readonly side: PositionSide; readonly book: VenuePositionBook }[] {
    return [...this.#positions.values()]
  }

  restorePosition(floor: TradingFloor, side: PositionSide, parts: PositionParts): void {
    this.#bookOf(floor, side).restore(parts)
  }

  #fillPosition(floor: TradingFloor, { isBuy, spec }: VenueOrder, price: number, lots: number): number {
    this.#around.changes?.position(this.account.id, floor.id, spec.positionSide)
    return this.#bookOf(floor, spec.positionSide).fill(isBuy, price, lots)
  }

  #bookOf(floor: TradingFloor, side: PositionSide): VenuePositionBook {
    const key = `${floor.id}|${side}`
    let entry = this.#positions.get(key)
    if (entry === undefined) {
      entry = { instrument: floor.id, side, book: new VenuePositionBook(floor.tradable.scale, this.account.lots) }
      this.#positions.set(key, entry)
    }
    return entry.book
  }
}

export const closableLots = (position: number, isBuy: boolean): number => Math.max(0, isBuy ? -position : position)
