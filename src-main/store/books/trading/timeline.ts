import type { JournalBody, JournalRecord } from '../../../ports/index.ts'
import type { ReadRepositories } from '../repositories/index.ts'
import { and, or } from '../specification/specification.ts'
import { bodyHas, correlationIs, kindIs, sequenceBetween, type EventLeaf, type EventSpecification } from '../specification/event-specification.ts'
import type { TradingFillRow } from './fills-table.ts'
import type { TradingOrderRow } from './order-row.ts'
import { commandTakenKind } from './trading-records.ts'

/** Why an order is what it is: every record that concerns it, in the order in which it was decided. */
export interface OrderTimeline {
  readonly order: TradingOrderRow
  readonly fills: readonly TradingFillRow[]
  readonly steps: readonly TimelineStep[]
  /** There is more than is shown. */
  readonly isCut: boolean
}

export interface TimelineStep {
  /** The journal's number of the record. */
  readonly sequence: number
  readonly at: number
  /** Since the step before it; 0 for the first, and below zero where the clock was set back. */
  readonly sincePreviousMs: number
  /** As the journal names it: `command.taken`, `trading.order-working`. */
  readonly kind: string
  readonly correlation: string | null
  readonly body: JournalBody
  /** What it moved: the realised profit in the quote currency, where it moved any. */
  readonly realised: number | null
}

/** An order that rests for a month is looked up and amended often; a screen shows no more. */
const stepsMax = 2_000
/** Differences that were seen in its instrument while it was alive. */
const breaksMax = 50

export function timelineOf(repositories: ReadRepositories, id: string): OrderTimeline | undefined {
  const { trading: { orders, fills } } = repositories
  const order = orders.byId(id)
  if (order === undefined) return undefined
  const own = orders.recordsOf(order.sequence, stepsMax + 1)
  const records = new Map<number, JournalRecord>()
  for (const sequence of own.slice(0, stepsMax)) addRecord(repositories, records, sequence)
  for (const sequence of commandRecords(repositories, order, records)) addRecord(repositories, records, sequence)
  for (const record of breaksAround(repositories, order)) records.set(record.sequence, record)
  const booked = fills.ofOrder(order.sequence)
  return { order, fills: booked, steps: stepsOf([...records.values()].toSorted((one, other) => one.sequence - other.sequence), booked), isCut: own.length > stepsMax }
}

function addRecord({ events }: ReadRepositories, records: Map<number, JournalRecord>, sequence: number): void {
  const record = events.at(sequence)
  if (record !== undefined) records.set(sequence, record)
}

/** Who asked: the command that made it, those that name it, and those that caused one of its events. */
function commandRecords({ events, trading: { commands } }: ReadRepositories, order: TradingOrderRow, own: ReadonlyMap<number, JournalRecord>): readonly number[] {
  const made = order.commandId === null ? [] : commands.recordsOfCommand(order.commandId)
  const correlations = new Set([...own.values()].flatMap(({ correlation }) => correlation ?? []))
  const caused = [...correlations].slice(0, breaksMax).flatMap((correlation) => {
    const where: EventSpecification = and<EventLeaf>(correlationIs(correlation), kindIs(commandTakenKind))
    return events.find(where, { order: 'oldest-first', limit: breaksMax }).rows.map(({ sequence }) => sequence)
  })
  return [...made, ...commands.takenFor(order.id), ...commands.recordsAbout(order.id), ...caused]
}

function breaksAround({ events }: ReadRepositories, order: TradingOrderRow): readonly JournalRecord[] {
  // An order that lives has no end yet; one that ended is looked at a minute longer, because what follows from it shows late.
  const until = order.endedAt === null ? Number.MAX_SAFE_INTEGER : order.endedAt + 60_000
  const where = and<EventLeaf>(
    or<EventLeaf>(kindIs('trading.break-seen'), kindIs('trading.break-healed')), sequenceBetween(order.sequence, Number.MAX_SAFE_INTEGER),
    bodyHas(['account'], order.account), bodyHas(['instrument'], order.instrument),
  )
  return events.find(where, { order: 'oldest-first', limit: breaksMax }).rows.filter(({ at }) => at <= until)
}

function stepsOf(records: readonly JournalRecord[], fills: readonly TradingFillRow[]): readonly TimelineStep[] {
  const moved = new Map<number, number | null>()
  for (const { sequence, realised, takenBack } of fills) {
    moved.set(sequence, realised)
    if (takenBack !== null) moved.set(takenBack.sequence, takenBack.realised)
  }
  let before: number | undefined
  return records.map(({ sequence, at, kind, correlation, body }) => {
    const sincePreviousMs = before === undefined ? 0 : at - before
    before = at
    return { sequence, at, sincePreviousMs, kind, correlation: correlation ?? null, body, realised: moved.get(sequence) ?? null }
  })
}
