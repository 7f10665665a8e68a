import { ok, type Result } from '../base/index.ts'
import type {
  Books, CommandFilter, CommandSort, EquityAsk, EquityDay, EquityPoint, FillFilter, FillSort, ListAnswer, ListCursor, ListQuery, OrderFilter, OrderSort, OrderTimeline, PostingFilter, PostingSort,
  TradingCommandRow, TradingFillRow, TradingOrderRow, TradingPostingRow, TradingTripRow, TripFilter, TripSort,
} from '../store/index.ts'

type Trouble = Extract<Awaited<ReturnType<Books['stats']>>, { readonly ok: false }>['error']
type Answered<Value> = Promise<Result<Value, Trouble>>

/**
 * The past of trading, as the read model has it: a moment behind the engine, and complete however long ago. What is under way is asked of the engine.
 * No promise rejects; nothing here makes the engine's loop wait.
 */
export interface TradingHistory {
  orders(query: ListQuery<OrderFilter, OrderSort>): Answered<ListAnswer<TradingOrderRow>>
  fills(query: ListQuery<FillFilter, FillSort>): Answered<ListAnswer<TradingFillRow>>
  /** Lines of the ledger, each with what its book of the account held after it. */
  ledger(query: ListQuery<PostingFilter, PostingSort>): Answered<ListAnswer<TradingPostingRow>>
  /** Positions from flat to flat, and those on their way. */
  trips(query: ListQuery<TripFilter, TripSort>): Answered<ListAnswer<TradingTripRow>>
  /** What was asked of the engine and what it said: what was refused at once made no order, and is found here. */
  commands(query: ListQuery<CommandFilter, CommandSort>): Answered<ListAnswer<TradingCommandRow>>
  /** Nothing for an order that the read model does not know: never intended, or not taken over yet. */
  timeline(order: string): Answered<OrderTimeline | undefined>
  equity(ask: EquityAsk): Answered<readonly EquityPoint[]>
  equityDays(ask: EquityAsk): Answered<readonly EquityDay[]>
  /** Accounts that have ever been sampled. */
  equityAccounts(): Answered<readonly string[]>
  /** Everything that matches, in pieces, for a file: between two pieces others are answered. It ends early when the signal says so. */
  allOrders(query: Whole<OrderFilter, OrderSort>, signal?: AbortSignal): Pieces<TradingOrderRow>
  allFills(query: Whole<FillFilter, FillSort>, signal?: AbortSignal): Pieces<TradingFillRow>
  allLedger(query: Whole<PostingFilter, PostingSort>, signal?: AbortSignal): Pieces<TradingPostingRow>
  allTrips(query: Whole<TripFilter, TripSort>, signal?: AbortSignal): Pieces<TradingTripRow>
}

export type Whole<Filter, Sort extends string> = Omit<ListQuery<Filter, Sort>, 'after' | 'skip' | 'limit' | 'count'>

/** A failure is the last piece. */
export type Pieces<Row> = AsyncIterable<Result<readonly Row[], Trouble>>

const pieceRows = 1_000

export function createTradingHistory(books: Pick<Books, 'trading'>): TradingHistory {
  const history = {
    orders: (query: ListQuery<OrderFilter, OrderSort>) => books.trading('orders', query),
    fills: (query: ListQuery<FillFilter, FillSort>) => books.trading('fills', query),
    ledger: (query: ListQuery<PostingFilter, PostingSort>) => books.trading('postings', query),
    trips: (query: ListQuery<TripFilter, TripSort>) => books.trading('trips', query),
  }
  return {
    ...history,
    commands: (query) => books.trading('commands', query),
    timeline: (order) => books.trading('timeline', { order }),
    equity: (ask) => books.trading('equityPoints', ask),
    equityDays: (ask) => books.trading('equityDays', ask),
    equityAccounts: () => books.trading('equityAccounts', {}),
    allOrders: (query, signal) => inPieces(history.orders, query, signal),
    allFills: (query, signal) => inPieces(history.fills, query, signal),
    allLedger: (query, signal) => inPieces(history.ledger, query, signal),
    allTrips: (query, signal) => inPieces(history.trips, query, signal),
  }
}

async function* inPieces<Filter, Sort extends string, Row>(
  ask: (query: ListQuery<Filter, Sort>) => Answered<ListAnswer<Row>>, query: Whole<Filter, Sort>, signal: AbortSignal | undefined,
): AsyncGenerator<Result<readonly Row[], Trouble>, void, undefined> {
  let after: ListCursor | undefined
  do {
    if (signal?.aborted === true) return
    const answer: Result<ListAnswer<Row>, Trouble> = await ask({ ...query, limit: pieceRows, ...(after === undefined ? {} : { after }) })
    if (!answer.ok) return void (yield answer)
    yield ok(answer.value.rows)
    after = answer.value.next
  } while (after !== undefined)
}
