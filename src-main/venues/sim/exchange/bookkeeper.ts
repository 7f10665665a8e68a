import { ensureDefined } from '../../../base/index.ts'
import type { AccountDesk } from './account-desk.ts'
import type { ChangeNotes } from './change-notes.ts'
import { keptOrder, orderOfKept } from './exchange-books.ts'
import type { BookLine, ExchangeBooks } from './exchange-books.ts'
import type { Liquidator } from './liquidator.ts'
import type { OrderRoom } from './order-room.ts'
import type { TradingFloor } from './trading-floor.ts'
import type { VenueLedger } from './venue-ledger.ts'
import { viewOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

export interface BookkeeperSurroundings {
  readonly notes: ChangeNotes | undefined
  readonly ledger: VenueLedger
  readonly desks: ReadonlyMap<string, AccountDesk>
  readonly floors: ReadonlyMap<string, TradingFloor>
  readonly room: OrderRoom
  readonly liquidator: Liquidator
  now(): number
}

/** Writes the exchange down as lines, and makes it of them again. */
export class Bookkeeper {
  /** How many postings were given a name. */
  postings = 0
  readonly #around: BookkeeperSurroundings

  constructor(around: BookkeeperSurroundings) {
    this.#around = around
  }

  takeChanges(): readonly BookLine[] {
    const notes = ensureDefined(this.#around.notes, 'an exchange that notes its changes')
    if (notes.isEmpty) return []
    const { orders, purses, positions, volumes, trades, postings } = notes.take()
    return [
      ...orders.map((order): BookLine => ({ kind: 'order', order: keptOrder(order) })),
      ...trades.map((each): BookLine => ({ kind: 'trade', ...each })),
      ...postings.map((each): BookLine => ({ kind: 'posting', ...each })),
      ...purses.map(({ purse, asset }): BookLine => ({ kind: 'purse', purse, asset, amount: this.#around.ledger.balance(purse, asset) })),
      ...positions.flatMap(({ account, instrument, side }) =>
        this.#positionsOf(this.#desk(account)).filter((line) => line.instrument === instrument && line.side === side)),
      ...volumes.map((account): BookLine => ({ kind: 'volume', account, days: this.#desk(account).volume.days })),
      this.#counts(),
    ]
  }

  lines(): readonly BookLine[] {
    const desks = [...this.#around.desks.values()]
    return [
      ...desks.map(({ account }): BookLine => ({ kind: 'account', account })),
      ...desks.flatMap(({ archive }) => archive.all()).map((order): BookLine => ({ kind: 'order', order: keptOrder(order) })),
      ...desks.flatMap(({ account, trades }) => trades.items.map((trade): BookLine => ({ kind: 'trade', account: account.id, trade }))),
      ...desks.flatMap(({ account, postings }) => postings.items.map((posting): BookLine => ({ kind: 'posting', account: account.id, posting }))),
      ...this.#around.ledger.all().map((holding): BookLine => ({ kind: 'purse', ...holding })),
      ...desks.flatMap((desk) => this.#positionsOf(desk)),
      ...desks.map(({ account, volume }): BookLine => ({ kind: 'volume', account: account.id, days: volume.days })),
      this.#counts(),
    ]
  }

  /** The orders that are open again: in the book, behind whoever is there, or waiting for their trigger. */
  restore(books: ExchangeBooks, viewsKeptMs: number): readonly VenueOrder[] {
    const tradesOf = Map.groupBy(books.trades, ({ account, trade }) => `${account} ${trade.venueOrder}`)
    const orders = [...books.orders.values()].map((kept) =>
      orderOfKept(kept, viewsKeptMs, (tradesOf.get(`${kept.account} ${kept.number}`) ?? []).map(({ trade }) => trade)))
    // In the order in which they ended: that is how they are forgotten.
    for (const order of orders.toSorted((a, b) => (a.endedAt === b.endedAt ? a.number - b.number : a.endedAt - b.endedAt))) {
      this.#desk(order.account).archive.restore(order)
      // Every replica that lags has known it for long.
      order.views.put(-Infinity, viewOf(order))
    }
    for (const { account, trade } of books.trades) this.#desk(account).trades.push(trade)
    for (const { account, posting } of books.postings) this.#desk(account).postings.push(posting)
    for (const [account, days] of books.volumes) this.#desk(account).volume.restore(days)
    for (const { account, instrument, side, parts } of books.positions.values()) this.#desk(account).restorePosition(this.#floor(instrument), side, parts)
    this.#restoreCounts(books)
    const open = orders.filter(({ status }) => status === 'open').toSorted((a, b) => a.number - b.number)
    for (const order of open) this.#floor(order.spec.instrument).restore(order)
    return open
  }

  #restoreCounts({ counts }: ExchangeBooks): void {
    if (counts === undefined) return
    this.#around.room.given = counts.orders
    this.postings = counts.postings
    this.#around.liquidator.count = counts.liquidations
    for (const [instrument, given] of Object.entries(counts.trades)) this.#floor(instrument).tradesGiven = given
  }

  #positionsOf(desk: AccountDesk): readonly PositionLine[] {
    return desk.positionBooks().map(({ instrument, side, book }) => ({ kind: 'position', account: desk.account.id, instrument, side, parts: book.kept() }))
  }

  #counts(): BookLine {
    const { now, room, liquidator, floors } = this.#around
    const trades = Object.fromEntries([...floors.values()].filter(({ tradesGiven }) => tradesGiven > 0).map(({ id, tradesGiven }) => [id, tradesGiven]))
    return { kind: 'counts', at: now(), orders: room.given, postings: this.postings, liquidations: liquidator.count, trades }
  }

  #desk(account: string): AccountDesk {
    return ensureDefined(this.#around.desks.get(account), 'an account of the books')
  }

  #floor(instrument: string): TradingFloor {
    return ensureDefined(this.#around.floors.get(instrument), 'an instrument of the books')
  }
}

type PositionLine = Extract<BookLine, { kind: 'position' }>
