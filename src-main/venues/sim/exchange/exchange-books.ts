import type { PositionSide, VenueOrderSpec, VenueOrderStatus, VenuePosting, VenueTrade } from '../../../domain/index.ts'
import type { DayVolume } from './fee-desk.ts'
import type { ExchangeAccount } from './exchange-setup.ts'
import type { PositionParts } from './venue-position.ts'
import { createVenueOrder } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

/** An order as it is written down: all of it but its place in the book. */
export interface KeptOrder {
  readonly number: number
  readonly account: string
  readonly clientId: string
  readonly spec: VenueOrderSpec
  readonly limit?: number
  readonly trigger?: number
  readonly lots: number
  readonly filled: number
  readonly status: VenueOrderStatus
  readonly isWaiting: boolean
  readonly updatedAt: number
  /** Absent while it lives. */
  readonly endedAt?: number
}

/** One line of the exchange's books. All but trades and postings say what something has become, so the last one of its kind holds. */
export type BookLine =
  | { readonly kind: 'account'; readonly account: ExchangeAccount }
  | { readonly kind: 'order'; readonly order: KeptOrder }
  | { readonly kind: 'trade'; readonly account: string; readonly trade: VenueTrade }
  | { readonly kind: 'posting'; readonly account: string; readonly posting: VenuePosting }
  | { readonly kind: 'purse'; readonly purse: string; readonly asset: string; readonly amount: number }
  | { readonly kind: 'position'; readonly account: string; readonly instrument: string; readonly side: PositionSide; readonly parts: PositionParts }
  | { readonly kind: 'volume'; readonly account: string; readonly days: readonly DayVolume[] }
  | ({ readonly kind: 'counts' } & ExchangeCounts)

/** What numbers go on from. */
export interface ExchangeCounts {
  /** The exchange's own time. */
  readonly at: number
  readonly orders: number
  readonly postings: number
  readonly liquidations: number
  readonly trades: Readonly<Record<string, number>>
}

/** The lines of books, read up to some place. */
export interface ExchangeBooks {
  readonly accounts: ReadonlyMap<string, ExchangeAccount>
  /** In the order of their numbers. */
  readonly orders: ReadonlyMap<number, KeptOrder>
  readonly trades: readonly { readonly account: string; readonly trade: VenueTrade }[]
  readonly postings: readonly { readonly account: string; readonly posting: VenuePosting }[]
  readonly purses: ReadonlyMap<string, Extract<BookLine, { kind: 'purse' }>>
  readonly positions: ReadonlyMap<string, Extract<BookLine, { kind: 'position' }>>
  readonly volumes: ReadonlyMap<string, readonly DayVolume[]>
  readonly counts: ExchangeCounts | undefined
}

export function readBookLines(lines: Iterable<BookLine>): ExchangeBooks {
  const books = {
    accounts: new Map<string, ExchangeAccount>(), orders: new Map<number, KeptOrder>(), purses: new Map<string, Extract<BookLine, { kind: 'purse' }>>(),
    trades: [] as { account: string; trade: VenueTrade }[], postings: [] as { account: string; posting: VenuePosting }[],
    positions: new Map<string, Extract<BookLine, { kind: 'position' }>>(), volumes: new Map<string, readonly DayVolume[]>(), counts: undefined as ExchangeCounts | undefined,
  }
  for (const line of lines) {
    switch (line.kind) {
      case 'account': books.accounts.set(line.account.id, line.account); break
      case 'order': books.orders.set(line.order.number, line.order); break
      case 'trade': books.trades.push({ account: line.account, trade: line.trade }); break
      case 'posting': books.postings.push({ account: line.account, posting: line.posting }); break
      case 'purse': books.purses.set(`${line.purse} ${line.asset}`, line); break
      case 'position': books.positions.set(`${line.account} ${line.instrument} ${line.side}`, line); break
      case 'volume': books.volumes.set(line.account, line.days); break
      case 'counts': books.counts = line; break
    }
  }
  return books
}

export function keptOrder(order: VenueOrder): KeptOrder {
  const { number, account, clientId, spec, limit, trigger, lots, filled, status, isWaiting, updatedAt, endedAt } = order
  return {
    number, account, clientId, spec, lots, filled, status, isWaiting, updatedAt,
    ...(limit === undefined ? {} : { limit }), ...(trigger === undefined ? {} : { trigger }), ...(endedAt === Infinity ? {} : { endedAt }),
  }
}

/** As it was, but in no book yet; with the trades that were made of it. */
export function orderOfKept(kept: KeptOrder, viewsKeptMs: number, trades: readonly VenueTrade[]): VenueOrder {
  const { number, account, clientId, spec, updatedAt, limit, trigger, lots, filled, status, isWaiting, endedAt = Infinity } = kept
  const order = createVenueOrder({ number, account, clientId, spec, at: updatedAt, viewsKeptMs })
  Object.assign(order, { limit, trigger, lots, filled, status, isWaiting, endedAt })
  order.trades.push(...trades)
  return order
}
