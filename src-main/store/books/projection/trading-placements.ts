import { rawOf } from '../../../base/index.ts'
import type { CommandTaken, FillSuperseded, MoneyPosted, OpeningTaken, OrderFilled, PositionSplit, TradingEvent, VenueTrade } from '../../../domain/index.ts'
import type { JournalRecord } from '../../../ports/index.ts'
import type { AccountsSetUpBody } from '../trading/money-books.ts'
import type { MoneyChange, MoneyStep } from '../trading/money-fold.ts'
import { changeOrder, orderOfAdoption, orderOfIntent, settleSize, type OrderChange } from '../trading/order-fold.ts'
import type { OrderDraft } from '../trading/order-row.ts'
import { tradingArea, tradingEventOf } from '../trading/trading-records.ts'
import type { TradingTables } from '../trading/trading-tables.ts'
import { addedTo, followPosition, type TripStep } from '../trading/trip-fold.ts'
import type { Placement } from './placement.ts'

/**
 * What becomes of a trading record in the tables of orders and money. It must never write a posting that the engine's own books would not have.
 * Invariants: 1 a fill row, its postings, its order and its trip follow from one record together; 2 what is taken back stays in sight and is undone everywhere else;
 * 3 what needs an account or an order which nobody described says so, and no money is counted for it.
 */
const unknownOrder = 'no such order was intended'
const unknownAccount = 'no account was described that counts this'

export const placeTradingEvent: Placement = ({ trading }, record) => {
  const event = tradingEventOf(record)
  switch (event.kind) {
    case 'order-intended': return begin(trading, record, orderOfIntent(record.sequence, event))
    case 'external-adopted': return begin(trading, record, orderOfAdoption(record.sequence, event))
    case 'order-filled': return placeFill(trading, record, event)
    case 'fill-superseded': return placeTakenBack(trading, record, event)
    case 'money-posted': return placePosting(trading, record, event)
    case 'position-split': case 'opening-taken': return placeStep(trading, record, event)
    case 'command-taken': return linkCommand(trading, event, record)
    case 'command-refused': return trading.commands.settle(event.commandId, 'refused', event.refusal) ?? undefined
    case 'command-lost': return trading.commands.settle(event.commandId, 'lost', { rule: 'order.not-found', detail: event.detail }) ?? undefined
    case 'self-trade-prevented': return note(trading, record, [event.newcomer, event.resting])
    case 'kill-delayed': return note(trading, record, event.orders)
    case 'trade-conflicted': case 'break-seen': case 'break-healed': case 'epoch-asked': case 'epoch-closed':
    case 'group-ended': return undefined
    default: return isOrderChange(event) ? placeChange(trading, record, event) : undefined
  }
}

/** A later version may write kinds that this one does not know. */
const isOrderChange = (event: TradingEvent): event is OrderChange => 'order' in event && typeof event.order === 'string'

function begin(trading: TradingTables, record: JournalRecord, order: OrderDraft): undefined {
  order.commandId = trading.commands.commandOf(order.id) ?? null
  trading.orders.keep(order)
  trading.orders.noteRecord(order.sequence, record.sequence)
}

function placeChange(trading: TradingTables, record: JournalRecord, event: OrderChange): string | undefined {
  const order = trading.orders.draft(event.order)
  if (order === undefined) return unknownOrder
  changeOrder(order, event)
  trading.orders.keep(order)
  trading.orders.noteRecord(order.sequence, record.sequence)
  return undefined
}

function note(trading: TradingTables, { sequence }: JournalRecord, orders: readonly string[]): undefined {
  for (const id of orders) {
    const order = trading.orders.draft(id)
    if (order !== undefined) trading.orders.noteRecord(order.sequence, sequence)
  }
}

/** These name orders that are there; every other command makes its own. */
const makesNone: ReadonlySet<string> = new Set(['amend-order', 'cancel-order', 'cancel-all', 'settle-stuck'])

function linkCommand({ commands, orders }: TradingTables, { commandId, command, orders: ids }: CommandTaken, { sequence }: JournalRecord): undefined {
  commands.link(sequence, commandId, ids)
  commands.settle(commandId, 'taken')
  for (const id of makesNone.has(command) ? [] : ids) {
    const order = orders.draft(id)
    if (order === undefined || order.commandId !== null) continue
    order.commandId = commandId
    orders.keep(order)
  }
}

/** What a fill fills is filled of every order that it was sent for, too. */
function* withOwners(trading: TradingTables, order: OrderDraft): Generator<OrderDraft> {
  yield order
  for (let owner = ownerOf(trading, order); owner !== undefined; owner = ownerOf(trading, owner)) yield owner
}

const ownerOf = (trading: TradingTables, { onBehalfOf }: OrderDraft): OrderDraft | undefined =>
  onBehalfOf === null ? undefined : trading.orders.draft(onBehalfOf)

function placeFill(trading: TradingTables, record: JournalRecord, event: OrderFilled): string | undefined {
  const order = trading.orders.draft(event.order)
  if (order === undefined) return unknownOrder
  const { sequence, at } = record
  const { trade, inferred } = event
  const change = count(trading, record, { account: order.account, event })
  const move = change?.positions[0]
  const realised = change === undefined ? null : (move?.realised ?? 0)
  const positionSide = move?.positionSide ?? trade.positionSide ?? 'net'
  trading.fills.add({ sequence, at, order, trade, isInferred: inferred, positionSide, realised })
  book(trading, record, { account: order.account, reason: 'fill', instrument: trade.instrument, order: order.id, reference: trade.trade }, change)
  follow(trading, record, order.account, change, { is: 'fill', trade })
  for (const each of withOwners(trading, order)) {
    countFill(each, trade, realised ?? 0, 1)
    Object.assign(each, { changedAt: at, firstFillAt: each.firstFillAt ?? at, lastFillAt: at })
    trading.orders.keep(each)
  }
  settleSize(order, at)
  if (order.status !== 'filled' && order.endedAt === null) order.status = 'partial'
  trading.orders.noteRecord(order.sequence, sequence)
  return change === undefined ? unknownAccount : undefined
}

function placeTakenBack(trading: TradingTables, record: JournalRecord, event: FillSuperseded): string | undefined {
  const order = trading.orders.draft(event.order)
  if (order === undefined) return unknownOrder
  const { sequence, at } = record
  const { trade } = event
  const change = count(trading, record, { account: order.account, event })
  const realised = change === undefined ? null : (change.positions[0]?.realised ?? 0)
  const booked = trading.fills.takeBack(order.sequence, trade.trade, { sequence, at, realised })
  book(trading, record, { account: order.account, reason: 'fill-taken-back', instrument: trade.instrument, order: order.id, reference: trade.trade }, change)
  follow(trading, record, order.account, change, { is: 'taken-back', trade, booked })
  for (const each of withOwners(trading, order)) {
    countFill(each, trade, realised ?? 0, -1)
    trading.orders.keep(each)
  }
  order.changedAt = at
  trading.orders.noteRecord(order.sequence, sequence)
  return change === undefined ? unknownAccount : undefined
}

/** `realised` is what the event changed, so it is added whichever way the trade goes. */
function countFill(order: OrderDraft, trade: VenueTrade, realised: number, sign: 1 | -1): void {
  const lots = rawOf(trade.lots)
  order.filled += sign * lots
  order.filledValue = String(BigInt(order.filledValue) + BigInt(sign) * BigInt(rawOf(trade.price)) * BigInt(lots))
  order.fees = addedTo(order.fees, trade.feeAsset, sign * rawOf(trade.fee))
  order.realised += realised
}

function placePosting(trading: TradingTables, record: JournalRecord, event: MoneyPosted): string | undefined {
  const { account, posting } = event
  const change = count(trading, record, { account, event })
  if (change === undefined) return unknownAccount
  const instrument = posting.instrument ?? null
  book(trading, record, { account, reason: posting.reason, instrument, order: null, reference: posting.reference }, change)
  if (posting.reason !== 'funding' || instrument === null) return undefined
  const [trip] = trading.trips.openIn(account, instrument)
  if (trip === undefined) return undefined
  trip.funding = addedTo(trip.funding, posting.asset, rawOf(posting.amount))
  trading.trips.keep(trip)
  return undefined
}

function placeStep(trading: TradingTables, record: JournalRecord, event: OpeningTaken | PositionSplit): string | undefined {
  const { account } = event
  const change = count(trading, record, { account, event })
  if (change === undefined) return unknownAccount
  const isOpening = event.kind === 'opening-taken'
  const instrument = isOpening ? null : event.split.instrument
  book(trading, record, { account, reason: isOpening ? 'opening' : 'split', instrument, order: null, reference: isOpening ? '' : event.split.reference }, change)
  follow(trading, record, account, change, { is: isOpening ? 'opening' : 'split' })
  return undefined
}

function count(trading: TradingTables, { sequence }: JournalRecord, step: MoneyStep): MoneyChange | undefined {
  const change = moneyBefore(trading, sequence)?.count(step)
  if (change !== undefined) trading.money.counted(sequence)
  return change
}

const moneyBefore = (trading: TradingTables, sequence: number) =>
  trading.money.before(sequence, (event) => ('order' in event ? trading.orders.draft(event.order)?.account : event.account))

interface EntryFacts {
  readonly account: string
  readonly reason: string
  readonly instrument: string | null
  readonly order: string | null
  readonly reference: string
}

function book(trading: TradingTables, { sequence, at }: JournalRecord, facts: EntryFacts, change: MoneyChange | undefined): void {
  if (change !== undefined) trading.postings.add({ sequence, at, ...facts, moves: change.moves })
}

function follow(trading: TradingTables, { sequence, at }: JournalRecord, account: string, change: MoneyChange | undefined, cause: TripStep['cause']): void {
  for (const move of change?.positions ?? []) followPosition(trading.trips, { sequence, at, account, move, cause })
}

export const placeSetUp: Placement = ({ trading }, { sequence, body }) => {
  // Written by the program itself, from the setup that its engine runs with.
  const setUp = body as unknown as AccountsSetUpBody
  if (!Array.isArray(setUp.accounts) || !Array.isArray(setUp.instruments)) return 'expected accounts and what they trade'
  moneyBefore(trading, sequence)?.describe(setUp)
  trading.money.keepSetUp(sequence, setUp)
  return undefined
}

export const tradingPlacementOf = (kind: string): Placement | undefined => (kind.startsWith(tradingArea) ? placeTradingEvent : undefined)
