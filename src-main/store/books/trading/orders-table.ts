import type { Connection } from '../connection.ts'
import { allOf, between, hasWords, oneOf, type Span } from './filter-conditions.ts'
import { createList, type ListAnswer, type ListQuery, type ListShape } from './list.ts'
import type { OrderDraft, TradingOrderFacts, TradingOrderRow } from './order-row.ts'

export interface OrderFilter {
  readonly accounts?: readonly string[]
  readonly instruments?: readonly string[]
  readonly sides?: readonly string[]
  readonly types?: readonly string[]
  readonly statuses?: readonly string[]
  readonly owners?: readonly string[]
  readonly groups?: readonly string[]
  /** Rules by which they were denied. */
  readonly rules?: readonly string[]
  readonly isEnded?: boolean
  readonly placed?: Span
  readonly ended?: Span
  /** Words that must all be somewhere in its ids, names, owner or reasons. */
  readonly search?: string
}

export const orderSorts = {
  placed: 'sequence', changed: 'changed_at', ended: 'ended_at', account: 'account', instrument: 'instrument', side: 'side', type: 'type', owner: 'owner',
  status: 'status', lots: 'lots', filled: 'filled', realised: 'realised', limit: 'ifnull(limit_price, -1)', trigger: 'ifnull(trigger_price, -1)',
} as const
export type OrderSort = keyof typeof orderSorts

interface StoredOrder {
  readonly sequence: number
  readonly id: string
  readonly account: string
  readonly instrument: string
  readonly side: TradingOrderRow['side']
  readonly type: TradingOrderRow['type']
  readonly owner: string
  readonly status: TradingOrderRow['status']
  readonly placed_at: number
  readonly changed_at: number
  readonly ended_at: number
  readonly lots: number
  readonly filled: number
  readonly realised: number
  readonly limit_price: number | null
  readonly trigger_price: number | null
  readonly group_id: string | null
  readonly command_id: string | null
  readonly facts: string
}

const columns = `sequence, id, account, instrument, side, type, owner, status, placed_at, changed_at, ended_at, lots, filled, realised,
  limit_price, trigger_price, group_id, command_id, facts`

const shape: ListShape<OrderFilter, OrderSort, StoredOrder, TradingOrderRow> = {
  table: 'trading_orders', key: 'sequence', columns, sorts: orderSorts, usualSort: 'placed', indexFor: () => 'trading_orders_scan', rowOf: orderOf,
  conditionOf: ({ accounts, instruments, sides, types, statuses, owners, groups, rules, isEnded, placed, ended, search }) => allOf(
    oneOf('account', accounts), oneOf('instrument', instruments), oneOf('side', sides), oneOf('type', types), oneOf('status', statuses),
    oneOf('owner', owners), oneOf('group_id', groups), oneOf('denial_rule', rules),
    isEnded === undefined ? undefined : { sql: isEnded ? 'ended_at > 0' : 'ended_at = 0', parameters: [] },
    between('placed_at', placed), ended === undefined ? undefined : allOf({ sql: 'ended_at > 0', parameters: [] }, between('ended_at', ended)),
    hasWords('search', search),
  ),
}

export interface OrdersReader {
  list(query: ListQuery<OrderFilter, OrderSort>): Omit<ListAnswer<TradingOrderRow>, 'applied'>
  byId(id: string): TradingOrderRow | undefined
  /** Records that concern it, oldest first. */
  recordsOf(orderSequence: number, limit: number): readonly number[]
}

export interface OrdersTable extends OrdersReader {
  /** What is given out may be changed, and is kept with `keep`; it is written with `flush`. */
  draft(id: string): OrderDraft | undefined
  keep(order: OrderDraft): void
  noteRecord(orderSequence: number, sequence: number): void
  flush(): void
  /** What was kept and not flushed is as if it had never been. */
  forget(): void
  clear(): void
}

export function createOrdersReader(connection: Connection): OrdersReader {
  const byId = connection.prepare<[string], StoredOrder>(`SELECT ${columns} FROM trading_orders WHERE id = ?`)
  const recordsOf = connection.prepare<[number, number], number>(
    'SELECT sequence FROM trading_order_events WHERE order_sequence = ? ORDER BY sequence LIMIT ?',
  ).pluck()
  return {
    list: createList(connection, shape),
    byId: (id) => {
      const stored = byId.get(id)
      return stored === undefined ? undefined : orderOf(stored)
    },
    recordsOf: (orderSequence, limit) => recordsOf.all(orderSequence, limit),
  }
}

/** An order changes often within one batch of records, so its row is written once, at the end of it. */
export function createOrdersTable(connection: Connection): OrdersTable {
  const reader = createOrdersReader(connection)
  const write = connection.prepare(`
    INSERT OR REPLACE INTO trading_orders (
      sequence, id, account, instrument, side, type, owner, status, placed_at, changed_at, ended_at, lots, filled, realised, limit_price, trigger_price,
      group_id, command_id, denial_rule, search, facts
    ) VALUES (
      @sequence, @id, @account, @instrument, @side, @type, @owner, @status, @placedAt, @changedAt, @endedAt, @lots, @filled, @realised, @limit, @trigger,
      @groupId, @commandId, @denialRule, @search, @facts
    )`)
  const note = connection.prepare('INSERT OR IGNORE INTO trading_order_events (order_sequence, sequence) VALUES (?, ?)')
  const clearOrders = connection.prepare('DELETE FROM trading_orders')
  const clearEvents = connection.prepare('DELETE FROM trading_order_events')
  const drafts = new Map<string, OrderDraft>()
  return {
    ...reader,
    draft: (id) => drafts.get(id) ?? reader.byId(id),
    keep: (order) => void drafts.set(order.id, order),
    noteRecord: (orderSequence, sequence) => void note.run(orderSequence, sequence),
    flush: () => {
      for (const order of drafts.values()) write.run(storedOf(order))
      drafts.clear()
    },
    forget: () => drafts.clear(),
    clear: () => {
      drafts.clear()
      clearOrders.run()
      clearEvents.run()
    },
  }
}

function orderOf({ placed_at, changed_at, ended_at, limit_price, trigger_price, group_id, command_id, facts, ...same }: StoredOrder): TradingOrderRow {
  return {
    ...same, placedAt: placed_at, changedAt: changed_at, endedAt: ended_at === 0 ? null : ended_at, limit: limit_price, trigger: trigger_price,
    groupId: group_id, commandId: command_id, ...(JSON.parse(facts) as TradingOrderFacts),
  }
}

function storedOf(order: OrderDraft): Readonly<Record<string, number | string | null>> {
  const {
    sequence, id, account, instrument, side, type, owner, status, placedAt, changedAt, endedAt, lots, filled, realised, limit, trigger, groupId, commandId,
    ...facts
  } = order
  const words = [id, account, instrument, owner, type, groupId, commandId, facts.venueOrder, facts.refusal?.rule, facts.refusal?.detail, facts.reason]
  return {
    sequence, id, account, instrument, side, type, owner, status, placedAt, changedAt, endedAt: endedAt ?? 0, lots, filled, realised, limit, trigger,
    groupId, commandId, denialRule: facts.refusal?.rule ?? null,
    search: words.filter((word) => typeof word === 'string').join(' ').toLowerCase().slice(0, 500),
    facts: JSON.stringify(facts),
  }
}
