import { hasEnded, type OrderStatusName, type OrderTypeName, type OrderView, type PastCommand, type PastOrder, type RefusalView, type TimeInForceName, type TradeSide } from '../../../src-preload/contract/index.ts'
import { dateTextWithYear, isoText, noTime, preciseClockText } from '../../../src-preload/contract/text/index.ts'
import { OrderState } from '../../ui/order-state.tsx'
import type { TableColumn } from '../../ui/table/table-column.ts'
import { gainLook, type TradingWords } from '../../ui/trading-words.ts'

/** One order in a table, living or past. */
export interface OrderRow {
  readonly key: string
  /** None of what was refused before it became an order. */
  readonly id: string | null
  readonly at: number
  readonly endedAt: number | null
  readonly account: string | null
  readonly instrument: string
  readonly side: TradeSide | null
  readonly type: OrderTypeName | null
  readonly timeInForce: TimeInForceName | null
  readonly lots: number | null
  readonly filled: number
  readonly price: number | null
  readonly trigger: number | null
  readonly averagePrice: string | null
  readonly marks: readonly ('post' | 'reduce')[]
  readonly status: OrderStatusName
  readonly since: number | null
  readonly cancel: 'none' | 'asked' | 'unknown'
  readonly isAmended: boolean
  readonly refusal: RefusalView | null
  readonly why: string | null
  readonly owner: string
  readonly venueOrder: string | null
  readonly realised: number | null
  readonly fees: readonly { readonly asset: string; readonly amount: number }[]
}

const marksOf = ({ postOnly, reduceOnly }: Pick<OrderView, 'postOnly' | 'reduceOnly'>): OrderRow['marks'] =>
  [...(postOnly ? ['post' as const] : []), ...(reduceOnly ? ['reduce' as const] : [])]

const cancelOf = ({ cancel, isCancelWanted, status }: OrderView): OrderRow['cancel'] => {
  if (hasEnded(status)) return 'none'
  if (cancel === 'unknown') return 'unknown'
  return isCancelWanted || cancel !== 'none' ? 'asked' : 'none'
}

export function rowOfOrder(order: OrderView): OrderRow {
  const { id, instrument, side, type, timeInForce, lots, filled, averagePrice, status, refusal, why, owner, account, venueOrder, endedAt } = order
  return {
    key: id, id, at: order.intendedAt, endedAt, account, instrument, side, type, timeInForce, lots, filled, price: order.limit, trigger: order.trigger?.price ?? null, averagePrice,
    marks: marksOf(order), status, since: order.unknownSince ?? (status === 'sending' ? (order.sentAt ?? order.intendedAt) : null), cancel: cancelOf(order),
    isAmended: !hasEnded(status) && order.amend !== 'none', refusal, why, owner, venueOrder, realised: null, fees: [],
  }
}

export function rowOfPast(order: PastOrder): OrderRow {
  const { id, instrument, side, type, timeInForce, lots, filled, averagePrice, status, refusal, why, owner, account, venueOrder, endedAt, realised, fees } = order
  return {
    key: id, id, at: order.intendedAt, endedAt, account, instrument, side, type, timeInForce, lots, filled, price: order.limit, trigger: order.trigger, averagePrice,
    marks: marksOf(order), status, since: null, cancel: 'none', isAmended: false, refusal, why, owner, venueOrder, realised, fees,
  }
}

/** What was asked for and refused at once became no order, but it did happen. */
export function rowOfRefused(command: PastCommand): OrderRow {
  const { record, at, account, instrument, side, type, lots, limit, refusal, who } = command
  return {
    key: `command ${record}`, id: null, at, endedAt: at, account, instrument: instrument ?? '', side, type, timeInForce: null, lots, filled: 0, price: limit, trigger: null, averagePrice: null,
    marks: [], status: 'denied', since: null, cancel: 'none', isAmended: false, refusal, why: null, owner: who ?? '', venueOrder: null, realised: null, fees: [],
  }
}

/** The last signs of it, as the venue and the trail show it as well. */
export const shortId = (id: string | null): string => (id === null ? noTime : id.slice(-6))

export const orderSearched = (words: TradingWords) => (row: OrderRow): string =>
  [row.instrument, row.side === null ? '' : words.text(`order.side.${row.side}`), row.type === null ? '' : words.text(`order.type.${row.type}`), words.text(`order.status.${row.status}`), row.owner, row.id ?? '', row.venueOrder ?? '', row.why ?? '', row.refusal?.rule ?? '']
    .join(' ').toLowerCase()

export const orderLook = ({ status }: OrderRow): string => {
  if (status === 'unknown' || status === 'stuck') return 'hatch'
  if (status === 'denied' || status === 'rejected') return 'order-refused'
  if (status === 'sending' || status === 'intent') return 'order-on-its-way'
  return hasEnded(status) && status !== 'filled' ? 'order-ended' : ''
}

/** Why it is in its state, where there is anything to be said. */
export function becauseOf(words: TradingWords, row: OrderRow): string {
  if (row.refusal !== null) return words.refusal(row.refusal)
  if (row.cancel === 'unknown') return words.text('screen.blotter.cancel-unknown')
  if (row.cancel === 'asked') return words.text('screen.blotter.canceling')
  if (row.isAmended) return words.text('screen.blotter.amending')
  return row.status === 'rejected' ? (row.why ?? '') : ''
}

const typeText = (words: TradingWords, { type, marks }: OrderRow): string =>
  type === null ? noTime : [words.text(`order.type.${type}`), ...marks.map((mark) => words.text(`screen.blotter.mark.${mark}`))].join(' ')

const sideColumn = ({ text }: TradingWords): TableColumn<OrderRow> => ({
  id: 'side', title: text('screen.blotter.side'), width: 40, isFacet: true, isFirst: true,
  sortBy: ({ side }) => side, print: ({ side }) => (side === null ? noTime : text(`order.side.${side}`)), look: ({ side }) => `side-${side ?? 'none'}`, plain: ({ side }) => side,
})

function whereColumns(words: TradingWords): readonly TableColumn<OrderRow>[] {
  const { text } = words
  return [
    {
      id: 'time', title: text('screen.blotter.time'), width: 88, sortBy: ({ at }) => at, print: ({ at }) => preciseClockText(at), look: () => 'mono ink-2', plain: ({ at }) => isoText(at),
    },
    { id: 'date', title: text('screen.blotter.date'), width: 84, isSpare: true, isFacet: true, sortBy: ({ at }) => at, print: ({ at }) => dateTextWithYear(words.locale, at), plain: ({ at }) => isoText(at).slice(0, 10) },
    { id: 'instrument', title: text('screen.blotter.instrument'), width: 92, isFacet: true, isFirst: true, sortBy: ({ instrument }) => instrument, print: ({ instrument }) => instrument, look: () => 'med', plain: ({ instrument }) => instrument },
    sideColumn(words),
    { id: 'type', title: text('screen.blotter.type'), width: 84, isFacet: true, sortBy: (row) => typeText(words, row), print: (row) => typeText(words, row), plain: ({ type }) => type },
  ]
}

function figureColumns(words: TradingWords): readonly TableColumn<OrderRow>[] {
  const { text } = words
  return [
    {
      id: 'size', title: text('screen.blotter.size'), width: 72, isFigure: true, isFirst: true, sortBy: ({ lots }) => lots,
      print: ({ instrument, lots }) => words.size(instrument, lots === 0 ? null : lots), plain: ({ instrument, lots }) => words.plainSize(instrument, lots),
    },
    {
      id: 'filled', title: text('screen.blotter.filled'), width: 64, isFigure: true, sortBy: ({ filled }) => filled,
      print: ({ instrument, filled }) => words.size(instrument, filled), look: ({ filled }) => (filled === 0 ? 'ink-3' : ''), plain: ({ instrument, filled }) => words.plainSize(instrument, filled),
    },
    {
      id: 'price', title: text('screen.blotter.price'), width: 72, isFigure: true, isFirst: true, sortBy: ({ price, trigger }) => price ?? trigger,
      print: ({ instrument, price, trigger }) => words.price(instrument, price ?? trigger), plain: ({ instrument, price }) => words.plainPrice(instrument, price),
    },
    { id: 'trigger', title: text('screen.blotter.trigger'), width: 84, isFigure: true, isSpare: true, sortBy: ({ trigger }) => trigger, print: ({ instrument, trigger }) => words.price(instrument, trigger), plain: ({ instrument, trigger }) => words.plainPrice(instrument, trigger) },
    {
      id: 'average', title: text('screen.blotter.average'), width: 72, isFigure: true, sortBy: ({ averagePrice }) => (averagePrice === null ? null : Number(averagePrice)),
      print: ({ instrument, averagePrice }) => words.average(instrument, averagePrice), plain: ({ averagePrice }) => averagePrice,
    },
  ]
}

const stateColumn = (words: TradingWords): TableColumn<OrderRow> => ({
  id: 'state', title: words.text('screen.blotter.state'), width: 128, isFacet: true, isFirst: true, isUnder: true, sortBy: ({ status }) => words.text(`order.status.${status}`),
  print: ({ status }) => words.text(`order.status.${status}`), plain: ({ status }) => status,
  draw: (row) => <OrderState status={row.status} filled={row.filled} lots={row.lots ?? 0} since={row.since} because={becauseOf(words, row)} />,
})

function whoColumns(words: TradingWords): readonly TableColumn<OrderRow>[] {
  const { text } = words
  return [
    { id: 'owner', title: text('screen.blotter.owner'), width: 64, isFacet: true, isSpare: true, sortBy: ({ owner }) => owner, print: ({ owner }) => ownerText(words, owner), plain: ({ owner }) => owner },
    { id: 'account', title: text('screen.blotter.account'), width: 72, isFacet: true, isSpare: true, sortBy: ({ account }) => account, print: ({ account }) => account ?? noTime, plain: ({ account }) => account },
    { id: 'time-in-force', title: text('screen.blotter.time-in-force'), width: 96, isSpare: true, sortBy: ({ timeInForce }) => timeInForce, print: ({ timeInForce }) => (timeInForce === null ? noTime : text(`order.time.${timeInForce}`)), plain: ({ timeInForce }) => timeInForce },
    { id: 'order', title: text('screen.blotter.order'), width: 64, isSpare: true, sortBy: ({ id }) => id, print: ({ id }) => shortId(id), look: () => 'mono ink-2', plain: ({ id }) => id },
    { id: 'venue-order', title: text('screen.blotter.venue-order'), width: 96, isSpare: true, sortBy: ({ venueOrder }) => venueOrder, print: ({ venueOrder }) => venueOrder ?? noTime, look: () => 'mono ink-2', plain: ({ venueOrder }) => venueOrder },
  ]
}

/** A strategy is called by its own name. */
export const ownerText = ({ text }: TradingWords, owner: string): string =>
  owner === 'hand' || owner === 'cli' || owner === 'hotkey' || owner === 'external' || owner === 'engine' ? text(`screen.blotter.owner.${owner}`) : owner === '' ? noTime : owner

export const workingColumns = (words: TradingWords): readonly TableColumn<OrderRow>[] =>
  [...whereColumns(words), ...figureColumns(words).map((column) => (column.id === 'average' ? { ...column, isSpare: true } : column)), ...whoColumns(words), stateColumn(words)]

export function historyColumns(words: TradingWords): readonly TableColumn<OrderRow>[] {
  const { text } = words
  const money: readonly TableColumn<OrderRow>[] = [
    {
      id: 'realised', title: text('screen.blotter.realised'), width: 72, isFigure: true, sortBy: ({ realised }) => realised, look: ({ realised }) => gainLook(realised),
      print: ({ instrument, realised }) => words.gain(words.quoteOf(instrument), realised), plain: ({ instrument, realised }) => words.plainMoney(words.quoteOf(instrument), realised),
    },
    {
      id: 'fees', title: text('screen.blotter.fees'), width: 96, isFigure: true, isSpare: true, sortBy: ({ fees }) => fees[0]?.amount ?? null,
      print: ({ fees }) => (fees.length === 0 ? noTime : fees.map(({ asset, amount }) => `${words.money(asset, amount)} ${asset}`).join(' ')),
      plain: ({ fees }) => fees.map(({ asset, amount }) => `${words.plainMoney(asset, amount)} ${asset}`).join(' '),
    },
    { id: 'ended', title: text('screen.blotter.ended'), width: 92, isSpare: true, sortBy: ({ endedAt }) => endedAt, print: ({ endedAt }) => (endedAt === null ? noTime : preciseClockText(endedAt)), look: () => 'mono ink-2', plain: ({ endedAt }) => (endedAt === null ? null : isoText(endedAt)) },
  ]
  return [...whereColumns(words), ...figureColumns(words), ...money, ...whoColumns(words), stateColumn(words)]
}
