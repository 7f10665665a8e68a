import { fail, ok, type Result } from '../../../base/index.ts'
import { trouble, type BooksTrouble } from '../books-trouble.ts'
import type { ReadRepositories } from '../repositories/index.ts'
import { problemOfEquityAsk, type EquityAsk, type EquityDay, type EquityPoint } from './equity-table.ts'
import type { CommandFilter, CommandSort, TradingCommandRow } from './commands-table.ts'
import type { FillFilter, FillSort, TradingFillRow } from './fills-table.ts'
import { problemOfList, type ListAnswer, type ListQuery } from './list.ts'
import type { AccountsSetUpBody } from './money-books.ts'
import type { OrderFilter, OrderSort } from './orders-table.ts'
import type { TradingOrderRow } from './order-row.ts'
import type { PostingFilter, PostingSort, TradingPostingRow } from './postings-table.ts'
import { timelineOf, type OrderTimeline } from './timeline.ts'
import type { TradingTripRow, TripFilter, TripSort } from './trips-table.ts'

/** What can be asked about the past of trading. */
export interface TradingQuestions {
  readonly orders: ListQuery<OrderFilter, OrderSort>
  readonly fills: ListQuery<FillFilter, FillSort>
  readonly postings: ListQuery<PostingFilter, PostingSort>
  readonly trips: ListQuery<TripFilter, TripSort>
  readonly commands: ListQuery<CommandFilter, CommandSort>
  readonly timeline: { readonly order: string }
  readonly equityPoints: EquityAsk
  readonly equityDays: EquityAsk
  readonly equityAccounts: Readonly<Record<string, never>>
  readonly setUp: Readonly<Record<string, never>>
}

export interface TradingAnswers {
  readonly orders: ListAnswer<TradingOrderRow>
  readonly fills: ListAnswer<TradingFillRow>
  readonly postings: ListAnswer<TradingPostingRow>
  readonly trips: ListAnswer<TradingTripRow>
  readonly commands: ListAnswer<TradingCommandRow>
  readonly timeline: OrderTimeline | undefined
  readonly equityPoints: readonly EquityPoint[]
  readonly equityDays: readonly EquityDay[]
  readonly equityAccounts: readonly string[]
  readonly setUp: AccountsSetUpBody | undefined
}

export type TradingAsk = keyof TradingQuestions

export type TradingRequest = { readonly [Ask in TradingAsk]: { readonly about: Ask; readonly question: TradingQuestions[Ask] } }[TradingAsk]

type Read = <Value>(look: (repositories: ReadRepositories) => Value) => Result<Value, BooksTrouble>

export function answerTrading(read: Read, request: TradingRequest): Result<TradingAnswers[TradingAsk], BooksTrouble> {
  const problem = problemOf(request)
  if (problem !== undefined) return fail(trouble('malformed', problem))
  return read((repositories) => {
    const { trading, applied } = repositories
    const asOf = applied.read().sequence
    switch (request.about) {
      case 'orders': return { ...trading.orders.list(request.question), applied: asOf }
      case 'fills': return { ...trading.fills.list(request.question), applied: asOf }
      case 'postings': return { ...trading.postings.list(request.question), applied: asOf }
      case 'trips': return { ...trading.trips.list(request.question), applied: asOf }
      case 'commands': return { ...trading.commands.list(request.question), applied: asOf }
      case 'timeline': return timelineOf(repositories, request.question.order)
      case 'equityPoints': return trading.equity.points(request.question)
      case 'equityDays': return trading.equity.days(request.question)
      case 'equityAccounts': return trading.equity.accounts()
      case 'setUp': return trading.setUp.inForce()
    }
  })
}

/** SQLite takes so many parameters and more; nobody filters by as many by hand. */
const valuesMax = 500

function problemOf(request: TradingRequest): string | undefined {
  switch (request.about) {
    case 'orders': case 'fills': case 'postings': case 'trips': case 'commands': return problemOfList(request.question) ?? problemOfFilter(request.question.filter)
    case 'equityPoints': case 'equityDays': return problemOfEquityAsk(request.question)
    default: return undefined
  }
}

function problemOfFilter(filter: object | undefined): string | undefined {
  const isTooLong = Object.values(filter ?? {}).some((part: unknown) => (Array.isArray(part) || typeof part === 'string') && part.length > valuesMax)
  return isTooLong ? `expected at most ${valuesMax} values or characters in one part of a filter` : undefined
}

/** What is answered is what was asked; TypeScript does not follow that through the table. */
export const answeredTo = <Ask extends TradingAsk>(result: Result<unknown, BooksTrouble>): Result<TradingAnswers[Ask], BooksTrouble> =>
  result.ok ? ok(result.value as TradingAnswers[Ask]) : result
