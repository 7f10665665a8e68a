import { assert, rawOf } from '../../../base/index.ts'
import type { Connection } from '../connection.ts'
import type { Condition } from '../specification/specification.ts'
import { allOf, between, oneOf, type Span } from './filter-conditions.ts'
import { createList, type ListAnswer, type ListQuery, type ListShape } from './list.ts'
import type { MoneyMove } from './money-fold.ts'

/** One line of the double-entry ledger. The lines of one record sum to zero in every asset. */
export interface TradingPostingRow {
  /** Its place in the ledger, growing with time. */
  readonly place: number
  /** The journal record that it follows from. */
  readonly sequence: number
  readonly at: number
  readonly account: string
  readonly asset: string
  /** `wallet` is what the venue holds for us; every other one says where it came from or went. */
  readonly book: string
  readonly amount: number
  /** What this book of the account holds of the asset with this line counted in. */
  readonly balance: number
  readonly reason: string
  readonly instrument: string | null
  readonly order: string | null
  /** The venue's id of the trade or of the movement. */
  readonly reference: string
}

export interface PostingFilter {
  readonly accounts?: readonly string[]
  readonly assets?: readonly string[]
  /** `wallet` alone gives a statement of account. */
  readonly books?: readonly string[]
  readonly reasons?: readonly string[]
  readonly instruments?: readonly string[]
  readonly at?: Span
  /** The venue's ids of trades and movements, to the letter. */
  readonly references?: readonly string[]
  readonly orders?: readonly string[]
}

/** A running balance has one order only. */
export const postingSorts = { booked: 'place' } as const
export type PostingSort = keyof typeof postingSorts

type StoredPosting = Omit<TradingPostingRow, 'order'> & { readonly order_id: string | null }

/** An account's opening is the entry with the most lines: two for each asset. */
const linesMax = 1_024

const columns = 'place, sequence, at, account, asset, book, amount, balance, reason, instrument, order_id, reference'

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ')

/** The many lines of trades are found by way of their fills, which are fewer. */
const ofReferences = (values: readonly string[] | undefined): Condition | undefined => values === undefined ? undefined : {
  sql: `sequence IN (SELECT sequence FROM trading_fills WHERE trade IN (${marks(values)})) OR (reason <> 'fill' AND reference IN (${marks(values)}))`,
  parameters: [...values, ...values],
}

const ofOrders = (values: readonly string[] | undefined): Condition | undefined => {
  if (values === undefined) return undefined
  const orders = `SELECT sequence FROM trading_orders WHERE id IN (${marks(values)})`
  return {
    sql: `sequence IN (
      SELECT sequence FROM trading_fills WHERE order_sequence IN (${orders}) UNION ALL SELECT taken_back FROM trading_fills WHERE order_sequence IN (${orders}) AND taken_back > 0
    )`,
    parameters: [...values, ...values],
  }
}

/** Lines are many: what no index counts by itself is counted so far and no further. */
const countedAtMost = 10_000

function countMaxOf({ accounts, assets, books, ...others }: PostingFilter): number | undefined {
  const asked = Object.values(others).filter((part) => part !== undefined).length
  const ofBook = [accounts, assets, books].some((part) => part !== undefined)
  return asked === 0 || (asked === 1 && !ofBook) ? undefined : countedAtMost
}

const shape: ListShape<PostingFilter, PostingSort, StoredPosting, TradingPostingRow> = {
  table: 'trading_postings', key: 'place', columns, sorts: postingSorts, usualSort: 'booked', countMaxOf,
  rowOf: ({ order_id, ...same }) => ({ ...same, order: order_id }),
  conditionOf: ({ accounts, assets, books, reasons, instruments, at, references, orders }) => allOf(
    oneOf('account', accounts), oneOf('asset', assets), oneOf('book', books), oneOf('reason', reasons), oneOf('instrument', instruments), between('at', at),
    ofReferences(references), ofOrders(orders),
  ),
}

export interface PostingsReader {
  list(query: ListQuery<PostingFilter, PostingSort>): Omit<ListAnswer<TradingPostingRow>, 'applied'>
  ofRecord(sequence: number): readonly TradingPostingRow[]
}

export interface PostingEntry {
  readonly sequence: number
  readonly at: number
  readonly account: string
  readonly reason: string
  readonly instrument: string | null
  readonly order: string | null
  readonly reference: string
  readonly moves: readonly MoneyMove[]
}

export interface PostingsTable extends PostingsReader {
  add(entry: PostingEntry): void
  clear(): void
}

export function createPostingsReader(connection: Connection): PostingsReader {
  const ofRecord = connection.prepare<[number, number], StoredPosting>(`SELECT ${columns} FROM trading_postings WHERE place >= ? AND place < ? ORDER BY place`)
  return {
    list: createList(connection, shape),
    ofRecord: (sequence) => ofRecord.all(sequence * linesMax, (sequence + 1) * linesMax).map(shape.rowOf),
  }
}

export function createPostingsTable(connection: Connection): PostingsTable {
  const insert = connection.prepare(`
    INSERT INTO trading_postings (${columns})
    VALUES (@place, @sequence, @at, @account, @asset, @book, @amount, @balance, @reason, @instrument, @order, @reference)`)
  const clear = connection.prepare('DELETE FROM trading_postings')
  return {
    ...createPostingsReader(connection),
    add: ({ moves, ...same }) => {
      assert(moves.length < linesMax, 'expected an entry of fewer lines')
      for (const [line, { asset, book, amount, balance }] of moves.entries()) {
        insert.run({ ...same, place: same.sequence * linesMax + line, asset, book, amount: rawOf(amount), balance: rawOf(balance) })
      }
    },
    clear: () => void clear.run(),
  }
}
