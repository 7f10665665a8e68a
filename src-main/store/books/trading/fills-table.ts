import { rawOf } from '../../../base/index.ts'
import type { Side, VenueTrade } from '../../../domain/index.ts'
import type { Connection } from '../connection.ts'
import type { Condition } from '../specification/specification.ts'
import { allOf, between, oneOf, wordsOf, type Span } from './filter-conditions.ts'
import { createList, type ListAnswer, type ListQuery, type ListShape } from './list.ts'
import type { OrderDraft } from './order-row.ts'

/** A trade of an order as it was booked. */
export interface TradingFillRow {
  readonly sequence: number
  readonly order: string
  readonly account: string
  readonly instrument: string
  readonly side: Side
  readonly owner: string
  readonly positionSide: string
  /** The venue's own ids. */
  readonly trade: string
  readonly venueOrder: string
  readonly price: number
  readonly lots: number
  readonly liquidity: 'maker' | 'taker'
  readonly fee: number
  readonly feeAsset: string
  /** When it was booked here, and when the venue says that it was made. */
  readonly at: number
  readonly tradedAt: number
  /** Stood for trades that the venue counted and had not shown. */
  readonly isInferred: boolean
  /** By how much booking it changed the realised profit, before fees; `null` where the account is not counted. */
  readonly realised: number | null
  /** It stands no more: by which record, since when, and by how much that changed the realised profit. */
  readonly takenBack: { readonly sequence: number; readonly at: number; readonly realised: number | null } | null
}

export interface FillFilter {
  readonly accounts?: readonly string[]
  readonly instruments?: readonly string[]
  readonly sides?: readonly string[]
  readonly owners?: readonly string[]
  readonly liquidity?: readonly string[]
  readonly orders?: readonly string[]
  readonly booked?: Span
  readonly traded?: Span
  /** Those that stand; with `false` those that were taken back. */
  readonly isStanding?: boolean
  readonly search?: string
}

export const fillSorts = {
  booked: 'sequence', traded: 'traded_at', account: 'account', instrument: 'instrument', side: 'side', owner: 'owner', price: 'price', lots: 'lots', fee: 'fee',
  realised: 'ifnull(realised, 0)',
} as const
export type FillSort = keyof typeof fillSorts

interface StoredFill {
  readonly sequence: number
  readonly order_sequence: number
  readonly order_id: string
  readonly account: string
  readonly instrument: string
  readonly side: Side
  readonly owner: string
  readonly position_side: string
  readonly trade: string
  readonly venue_order: string
  readonly price: number
  readonly lots: number
  readonly liquidity: 'maker' | 'taker'
  readonly fee: number
  readonly fee_asset: string
  readonly at: number
  readonly traded_at: number
  readonly is_inferred: number
  readonly realised: number | null
  readonly taken_back: number
  readonly taken_back_at: number | null
  readonly taken_back_realised: number | null
}

const columns = `sequence, order_sequence, order_id, account, instrument, side, owner, position_side, trade, venue_order, price, lots, liquidity, fee, fee_asset, at,
  traded_at, is_inferred, realised, taken_back, taken_back_at, taken_back_realised`

const ordersWith = (words: readonly string[]): string =>
  `order_sequence IN (SELECT sequence FROM trading_orders INDEXED BY trading_orders_scan WHERE ${words.map(() => 'instr(search, ?) > 0').join(' AND ')})`

/** Names are of the order, which knows them all; what has a digit in it may be the trade's own id. */
function searched(search: string | undefined): Condition | undefined {
  const words = wordsOf(search)
  const names = words.filter((word) => !/\d/u.test(word))
  const ids = words.filter((word) => /\d/u.test(word))
  return allOf(
    names.length === 0 ? undefined : { sql: ordersWith(names), parameters: names },
    ...ids.map((word): Condition => ({ sql: `(${ordersWith([word])} OR instr(trade, ?) > 0)`, parameters: [word, word] })),
  )
}

const shape: ListShape<FillFilter, FillSort, StoredFill, TradingFillRow> = {
  table: 'trading_fills', key: 'sequence', columns, sorts: fillSorts, usualSort: 'booked', indexFor: (filter) => (filter?.orders === undefined ? 'trading_fills_scan' : 'trading_fills_by_order'), rowOf: fillOf,
  conditionOf: ({ accounts, instruments, sides, owners, liquidity, orders, booked, traded, isStanding, search }) => allOf(
    oneOf('account', accounts), oneOf('instrument', instruments), oneOf('side', sides), oneOf('owner', owners), oneOf('liquidity', liquidity),
    orders === undefined ? undefined : {
      sql: `order_sequence IN (SELECT sequence FROM trading_orders WHERE id IN (${orders.map(() => '?').join(', ')}))`, parameters: orders,
    },
    between('at', booked), between('traded_at', traded),
    isStanding === undefined ? undefined : { sql: isStanding ? 'taken_back = 0' : 'taken_back > 0', parameters: [] },
    searched(search),
  ),
}

export interface FillsReader {
  list(query: ListQuery<FillFilter, FillSort>): Omit<ListAnswer<TradingFillRow>, 'applied'>
  ofOrder(orderSequence: number): readonly TradingFillRow[]
}

export interface FillToBook {
  readonly sequence: number
  readonly at: number
  readonly order: OrderDraft
  readonly trade: VenueTrade
  readonly isInferred: boolean
  readonly positionSide: string
  readonly realised: number | null
}

export interface FillsTable extends FillsReader {
  add(fill: FillToBook): void
  /** The one that stands under this id of the order, an inferred one before any other; its record, or none. */
  takeBack(orderSequence: number, trade: string, by: { readonly sequence: number; readonly at: number; readonly realised: number | null }): number | undefined
  clear(): void
}

export function createFillsReader(connection: Connection): FillsReader {
  const ofOrder = connection.prepare<[number], StoredFill>(`SELECT ${columns} FROM trading_fills WHERE order_sequence = ? ORDER BY sequence`)
  return { list: createList(connection, shape), ofOrder: (orderSequence) => ofOrder.all(orderSequence).map(fillOf) }
}

export function createFillsTable(connection: Connection): FillsTable {
  const insert = connection.prepare(`
    INSERT INTO trading_fills (
      sequence, order_sequence, order_id, account, instrument, side, owner, position_side, trade, venue_order, price, lots, liquidity, fee, fee_asset, at, traded_at,
      is_inferred, realised
    ) VALUES (
      @sequence, @orderSequence, @orderId, @account, @instrument, @side, @owner, @positionSide, @trade, @venueOrder, @price, @lots, @liquidity, @fee, @feeAsset, @at,
      @tradedAt, @isInferred, @realised
    )`)
  const standing = connection.prepare<[number, string], number>(
    'SELECT sequence FROM trading_fills WHERE order_sequence = ? AND trade = ? AND taken_back = 0 ORDER BY is_inferred DESC, sequence LIMIT 1',
  ).pluck()
  const takeBack = connection.prepare('UPDATE trading_fills SET taken_back = ?, taken_back_at = ?, taken_back_realised = ? WHERE sequence = ?')
  const clear = connection.prepare('DELETE FROM trading_fills')
  return {
    ...createFillsReader(connection),
    add: ({ sequence, at, order, trade, isInferred, positionSide, realised }) => {
      insert.run({
        sequence, orderSequence: order.sequence, orderId: order.id, account: order.account, instrument: trade.instrument, side: trade.side, owner: order.owner,
        positionSide, trade: trade.trade, venueOrder: trade.venueOrder, price: rawOf(trade.price), lots: rawOf(trade.lots), liquidity: trade.liquidity,
        fee: rawOf(trade.fee), feeAsset: trade.feeAsset, at, tradedAt: trade.at, isInferred: isInferred ? 1 : 0, realised,
      })
    },
    takeBack: (orderSequence, trade, by) => {
      const sequence = standing.get(orderSequence, trade)
      if (sequence !== undefined) takeBack.run(by.sequence, by.at, by.realised, sequence)
      return sequence
    },
    clear: () => void clear.run(),
  }
}

function fillOf(stored: StoredFill): TradingFillRow {
  const { order_sequence: _, order_id, position_side, venue_order, fee_asset, traded_at, is_inferred, taken_back, taken_back_at, taken_back_realised, ...same } = stored
  return {
    ...same, order: order_id, positionSide: position_side, venueOrder: venue_order, feeAsset: fee_asset, tradedAt: traded_at, isInferred: is_inferred === 1,
    takenBack: taken_back === 0 ? null : { sequence: taken_back, at: taken_back_at ?? 0, realised: taken_back_realised },
  }
}
