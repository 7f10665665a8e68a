import { fail, succeed, type EquityPoint, type LedgerLine, type PastCommand, type PastFill, type PastOrder, type Reply, type TimelineStep } from '../../src-preload/contract/index.ts'
import type { Result } from '../base/index.ts'
import type { OrderType, Refusal, Side, Tradable } from '../domain/index.ts'
import type { TradingHistory as BooksHistory } from '../bookkeeping/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import type { ListAnswer, ListCursor, OrderTimeline, TradingCommandRow, TradingFillRow, TradingOrderRow, TradingPostingRow } from '../store/index.ts'
import { averageText } from './average-text.ts'
import { readCommandId } from './client-keys.ts'
import { refusalViewOf } from './refusal-views.ts'
import type { EquityRecord, TradingHistory } from './trading-history.ts'

export interface HistoryAnswersParts {
  readonly setup: EngineSetup
  /** None before the books are open. */
  readonly read: () => BooksHistory | undefined
}

const dayMs = 86_400_000
const minuteMs = 60_000

/** What the read model of the books says of the past, as it crosses the bridge. */
export function createHistoryAnswers({ setup, read }: HistoryAnswersParts): TradingHistory {
  const tradables = new Map(setup.tradables.map((tradable) => [tradable.instrument.id, tradable]))
  const ask = async <Value, Answer>(question: (history: BooksHistory) => Promise<Result<Value, unknown>>, answer: (value: Value) => Answer): Promise<Reply<Answer>> => {
    const history = read()
    if (history === undefined) return fail('books.closed')
    const found = await question(history)
    return found.ok ? succeed(answer(found.value)) : fail('trading.past-unavailable', { detail: wordsOf(found.error) })
  }
  const orderOf = (row: TradingOrderRow): PastOrder => pastOrderOf(row, tradables.get(row.instrument), setup.reportingAsset)
  return {
    ordersPast: async (wish) => {
      const part = partOf(wish)
      if (!part.ok) return part
      const { side, statuses, owner, search } = wish
      const filter = {
        ...placesOf(wish), ...listOf('sides', side), ...listOf('owners', owner), ...(statuses === undefined ? {} : { statuses }),
        ...(search === undefined ? {} : { search }), placed: spanOf(wish),
      }
      return ask((history) => history.orders({ filter, ...part.value }), (found) => pageOf(found, orderOf))
    },
    fillsPast: async (wish) => {
      const part = partOf(wish)
      if (!part.ok) return part
      const filter = { ...placesOf(wish), ...listOf('sides', wish.side), ...listOf('orders', wish.order), traded: spanOf(wish), isStanding: true }
      return ask((history) => history.fills({ filter, ...part.value }), (found) => pageOf(found, pastFillOf))
    },
    commandsPast: async (wish) => {
      const part = partOf(wish)
      if (!part.ok) return part
      const { outcomes, search } = wish
      const filter = { asked: spanOf(wish), ...(outcomes === undefined ? {} : { outcomes }), ...(search === undefined ? {} : { search }) }
      return ask((history) => history.commands({ filter, ...part.value }), (found) => pageOf(found, (row) => pastCommandOf(row, tradables, setup.reportingAsset)))
    },
    ledger: async (wish) => {
      const part = partOf(wish)
      if (!part.ok) return part
      const filter = { ...placesOf(wish), ...listOf('assets', wish.asset), ...listOf('books', wish.book), at: spanOf(wish) }
      return ask((history) => history.ledger({ filter, ...part.value }), (found) => pageOf(found, ledgerLineOf))
    },
    timeline: async ({ order }) => {
      const found = await ask((history) => history.timeline(order), (timeline) => timeline)
      if (!found.ok) return found
      if (found.value === undefined) return fail('trading.unknown-order', { order })
      const { value } = found
      return succeed({ order, steps: value.steps.map((step, place) => stepOf(value, step, place, tradables.get(value.order.instrument), setup.reportingAsset)) })
    },
    equity: async ({ account, since, until, points }) => {
      const accounts = account === undefined ? setup.accounts.map(({ id }) => id) : [account]
      const everyMinutes = Math.max(1, Math.ceil((until - since) / minuteMs / points))
      const parts: (readonly EquityPoint[])[] = []
      for (const each of accounts) {
        const span = { account: each, from: since, to: Math.max(since, until) }
        const part = everyMinutes * minuteMs >= dayMs
          ? await ask((history) => history.equityDays(span), (days) => days.map(({ day, open, high, low, close }) => ({ at: day, open, high, low, close })))
          : await ask((history) => history.equity({ ...span, everyMinutes }), (found) => found.map(({ at, equity }) => ({ at, open: equity, high: equity, low: equity, close: equity })))
        if (!part.ok) return part
        parts.push(part.value)
      }
      return succeed({ asset: setup.reportingAsset, points: summed(parts) })
    },
    equityRecords: (at) => recordsOf(setup, read(), at),
  }
}

const wordsOf = (trouble: unknown): string => {
  const code = trouble !== null && typeof trouble === 'object' && 'code' in trouble ? trouble.code : undefined
  return typeof code === 'string' ? code : 'the books did not answer'
}

interface PartWish {
  readonly direction?: 'newest-first' | 'oldest-first' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

function partOf({ direction, cursor, limit }: PartWish) {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if (after === null) return fail('bridge.malformed-input', { name: 'trading', problem: 'a cursor that no page gave' })
  return succeed({ limit, count: true, order: direction === 'oldest-first' ? 'ascending' : 'descending', ...(after === undefined ? {} : { after }) } as const)
}

const cursorOf = ({ value, place }: ListCursor): string => `${place}:${value}`

/** Of lists in the order of their records, whose values are whole numbers. */
function readCursor(text: string): ListCursor | null {
  const [, place, value] = /^(\d{1,15}):(\d{1,15})$/.exec(text) ?? []
  return place === undefined || value === undefined ? null : { place: Number(place), value: Number(value) }
}

const pageOf = <Row, View>({ rows, next, count }: ListAnswer<Row>, view: (row: Row) => View) =>
  ({ rows: rows.map(view), next: next === undefined ? null : cursorOf(next), count: count ?? rows.length })

const listOf = <Name extends string>(name: Name, value: string | undefined): { readonly [Key in Name]?: readonly string[] } =>
  // One name at run time, which the type says for both.
  (value === undefined ? {} : { [name]: [value] }) as unknown as { readonly [Key in Name]?: readonly string[] }

const placesOf = ({ account, instrument }: { readonly account?: string | undefined; readonly instrument?: string | undefined }) =>
  ({ ...listOf('accounts', account), ...listOf('instruments', instrument) })

const spanOf = ({ since, until }: { readonly since?: number | undefined; readonly until?: number | undefined }) =>
  ({ ...(since === undefined ? {} : { from: since }), ...(until === undefined ? {} : { to: until }) })

function pastOrderOf(row: TradingOrderRow, tradable: Tradable | undefined, reporting: string): PastOrder {
  const { spec, filled } = row
  return {
    id: row.id, clientOrderId: row.id, venueOrder: row.venueOrder, account: row.account, instrument: row.instrument, side: row.side, type: row.type,
    timeInForce: spec.timeInForce, lots: row.lots, filled,
    averagePrice: filled === 0 || tradable === undefined ? null : averageText(BigInt(row.filledValue), BigInt(filled), tradable.instrument.tick),
    limit: row.limit, trigger: row.trigger, postOnly: spec.postOnly === true, reduceOnly: spec.reduceOnly === true, status: row.status, owner: row.owner,
    group: row.groupId, refusal: row.refusal === null ? null : refusalViewOf(row.refusal, { tradable, side: row.side, reporting }), why: row.reason,
    fees: Object.entries(row.fees).map(([asset, amount]) => ({ asset, amount })),
    realised: filled === 0 ? null : row.realised,
    intendedAt: row.placedAt, sentAt: row.sentAt, workingAt: row.workingAt, endedAt: row.endedAt,
  }
}

const pastFillOf = ({ order, trade, account, instrument, side, price, lots, liquidity, fee, feeAsset, realised, isInferred, tradedAt }: TradingFillRow): PastFill =>
  ({ order, trade, account, instrument, side, price, lots, liquidity, fee, feeAsset, realised, isInferred, at: tradedAt })

const ledgerLineOf = ({ sequence, at, account, asset, book, amount, balance, reason, instrument, order }: TradingPostingRow): LedgerLine =>
  ({ entry: sequence, at, account, asset, book, amount, balance, reason, instrument, order })

/** What was asked for and can be no size and no price was refused for just that. */
const atLeast = (least: number, value: number | undefined): number | null => (value === undefined || value < least ? null : value)

/** What the engine's own record of a command holds; only this engine writes there. */
const askedFields = (record: unknown) =>
  record as { readonly account?: string; readonly instrument?: string; readonly side?: Side; readonly type?: OrderType; readonly owner?: string; readonly limit?: number; readonly size?: { readonly lots?: number } }

/** As it was asked: of a group, the entry. What was never well formed is left out. */
function pastCommandOf(row: TradingCommandRow, tradables: ReadonlyMap<string, Tradable>, reporting: string): PastCommand {
  const { body, refusal } = row
  const orders: unknown = body['orders']
  const about: unknown = Array.isArray(orders) ? orders[0] : body['order']
  const asked = askedFields(about !== null && typeof about === 'object' ? about : body)
  const tradable = asked.instrument === undefined ? undefined : tradables.get(asked.instrument)
  const order = typeof about === 'string' ? about : null
  return {
    record: row.sequence, at: row.at, command: row.command, clientKey: readCommandId(row.commandId)?.[0] ?? null, who: asked.owner ?? textIn(body, 'actor'),
    outcome: row.outcome, refusal: refusal === null ? null : refusalViewOf(refusal, { tradable, side: asked.side, reporting }),
    account: asked.account ?? null, instrument: asked.instrument ?? null, side: asked.side ?? null, type: asked.type ?? null,
    lots: atLeast(0, asked.size?.lots), limit: atLeast(1, asked.limit), order,
  }
}

const textIn = (body: OrderTimeline['steps'][number]['body'], ...names: readonly string[]): string | null => {
  for (const name of names) {
    const value = body[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** The journal's own words for it: who asked stands in the order of a command, or beside it. */
function stepOf({ order, fills }: OrderTimeline, step: OrderTimeline['steps'][number], place: number, tradable: Tradable | undefined, reporting: string): TimelineStep {
  const { body, sequence, kind } = step
  const asked = body['order']
  const owner = asked !== null && typeof asked === 'object' && 'owner' in asked ? asked.owner : undefined
  const refused = body['refusal']
  const fill = kind === 'trading.order-filled' ? fills.find((each) => each.sequence === sequence) : undefined
  return {
    record: sequence, at: step.at, afterMs: place === 0 ? null : step.sincePreviousMs, kind,
    who: typeof owner === 'string' ? owner : textIn(body, 'actor'),
    correlation: step.correlation,
    // What the journal holds under this name is what the engine wrote there.
    refusal: isRefusal(refused) ? refusalViewOf(refused, { tradable, side: order.side, reporting }) : null,
    fill: fill === undefined ? null : pastFillOf(fill),
    detail: textIn(body, 'why', 'detail', 'proof', 'reason'),
  }
}

const isRefusal = (value: unknown): value is Refusal => value !== null && typeof value === 'object' && 'rule' in value && 'detail' in value

/** Accounts are sampled together; a moment at which one is missing says nothing of the sum. */
function summed(parts: readonly (readonly EquityPoint[])[]): EquityPoint[] {
  const [first = [], ...rest] = parts
  return first.flatMap((point) => {
    const others = rest.map((part) => part.find(({ at }) => at === point.at))
    if (others.some((other) => other === undefined)) return []
    const sum = (name: 'open' | 'high' | 'low' | 'close'): number => others.reduce((total, other) => total + (other?.[name] ?? 0), point[name])
    return [{ at: point.at, open: sum('open'), high: sum('high'), low: sum('low'), close: sum('close') }]
  })
}

/** What is on record of the day and of the highest equity; nothing where the books cannot say. */
async function recordsOf({ accounts }: EngineSetup, history: BooksHistory | undefined, at: number): Promise<readonly EquityRecord[]> {
  if (history === undefined) return []
  const today = Math.floor(at / dayMs) * dayMs
  const records: EquityRecord[] = []
  for (const { id: account } of accounts) {
    const days = await history.equityDays({ account, from: 0, to: today + dayMs })
    if (!days.ok) continue
    const [last, before] = [days.value.at(-1), days.value.at(-2)]
    const isToday = last?.day === today
    const yesterday = isToday ? before : last
    const close = yesterday?.day === today - dayMs ? yesterday : undefined
    const start = close ?? (isToday ? { close: last.open, externalClose: last.externalOpen } : undefined)
    const highs = days.value.map(({ high }) => high)
    records.push({ account, dayStart: start?.close ?? null, paidIn: start?.externalClose ?? null, peak: highs.length === 0 ? null : Math.max(...highs) })
  }
  return records
}
