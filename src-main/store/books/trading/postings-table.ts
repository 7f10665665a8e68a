import { assert, rawOf } from '../../../base/index.ts'
import type { Connection } from '../connection.ts'
import { allOf, between, hasWords, oneOf, type Span } from './filter-conditions.ts'
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
  readonly search?: string
}

export const postingSorts = { booked: 'place', amount: 'amount' } as const
export type PostingSort = keyof typeof postingSorts

type StoredPosting = Omit<TradingPostingRow, 'order'> & { readonly order_id: string | null }

/** An account's opening is the entry with the most lines: two for each asset. */
const linesMax = 1_024

const columns = 'place, sequence, at, account, asset, book, amount, balance, reason, instrument, order_id, reference'

const searched = `lower(reference || ' ' || reason || ' ' || asset || ' ' || ifnull(instrument, '') || ' ' || ifnull(order_id, ''))`

const shape: ListShape<PostingFilter, PostingSort, StoredPosting, TradingPostingRow> = {
  table: 'trading_postings', key: 'place', columns, sorts: postingSorts, usualSort: 'booked',
  rowOf: ({ order_id, ...same }) => ({ ...same, order: order_id }),
  conditionOf: ({ accounts, assets, books, reasons, instruments, at, search }) => allOf(
    oneOf('account', accounts), oneOf('asset', assets), oneOf('book', books), oneOf('reason', reasons), oneOf('instrument', instruments), between('at', at),
    hasWords(searched, search),
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
