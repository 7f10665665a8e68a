import { z } from 'zod'
import { printDecimal, printSteps, rateDecimals } from '../../base/index.ts'
import {
  orderStatusNames, orderTypeNames, refusalRuleNames, refusalUnits, timeInForceNames, translate, type CommandAnswerView, type FillView, type MessageKey,
  type OrderView, type RefusalUnit, type RefusalView, type VerdictView,
} from '../../../src-preload/contract/index.ts'
import { refusalText } from '../../../src-preload/contract/text/index.ts'
import type { Printing } from '../command.ts'
import { printTime } from '../engine-words.ts'
import type { Speech } from '../speech.ts'
import type { TradeLine } from './trade-line.ts'

/** Whole ticks, lots and minor units as decimals, which is how the command line writes them. */
export interface Decimals {
  price(instrument: string, ticks: number): string
  size(instrument: string, lots: number): string
  money(asset: string, amount: number): string
}

export function decimalsOf({ setup, instruments }: TradeLine): Decimals {
  const assets = new Map(setup.assets.map(({ id, decimals }) => [id, decimals]))
  return {
    price: (instrument, ticks) => {
      const view = instruments.get(instrument)
      return view === undefined ? String(ticks) : printSteps(ticks, view.tick)
    },
    size: (instrument, lots) => {
      const view = instruments.get(instrument)
      return view === undefined ? String(lots) : printSteps(lots, view.lot)
    },
    money: (asset, amount) => {
      const decimals = assets.get(asset)
      return decimals === undefined ? String(amount) : printDecimal(amount, decimals)
    },
  }
}

export const printRate = (rate: number): string => printDecimal(rate, rateDecimals)

/** A number of a refusal, in its unit. */
function printedOf(decimals: Decimals, value: number, unit: RefusalUnit, { asset, instrument }: Pick<RefusalView, 'asset' | 'instrument'>): string {
  switch (unit) {
    case 'ticks': return decimals.price(instrument ?? '', value)
    case 'lots': return decimals.size(instrument ?? '', value)
    case 'amount': return decimals.money(asset ?? '', value)
    case 'rate': return printRate(value)
    default: return String(value)
  }
}

export const verdictOutput = z.strictObject({
  ok: z.boolean(),
  rule: z.enum(refusalRuleNames).nullable(),
  limit: z.string().nullable(),
  actual: z.string().nullable(),
  unit: z.enum(refusalUnits).nullable(),
  /** One sentence for people. */
  message: z.string().nullable(),
})

export function spokenVerdict({ locale }: Speech, decimals: Decimals, verdict: VerdictView): z.output<typeof verdictOutput> {
  if (verdict.ok) return { ok: true, rule: null, limit: null, actual: null, unit: null, message: null }
  const { refusal } = verdict
  const print = (value: number | null): string | null => (value === null || refusal.unit === null ? null : printedOf(decimals, value, refusal.unit, refusal))
  const spoken = (value: number, unit: RefusalUnit, about: Pick<RefusalView, 'asset' | 'instrument'>): string => {
    const text = printedOf(decimals, value, unit, about)
    if (unit === 'amount' && about.asset !== null) return `${text} ${about.asset}`
    if (unit === 'ms') return `${text} ms`
    return unit === 'moment' ? printTime(locale, value) : text
  }
  return { ok: false, rule: refusal.rule, limit: print(refusal.limit), actual: print(refusal.actual), unit: refusal.unit, message: refusalText(locale, refusal, spoken) }
}

const decimal = z.string()
const time = z.int().min(0)
export const orderOutput = z.strictObject({
  orderId: z.string(), clientOrderId: z.string(), venueOrder: z.string().nullable(), account: z.string(), instrument: z.string(),
  side: z.enum(['buy', 'sell']), type: z.enum(orderTypeNames), tif: z.enum(timeInForceNames), status: z.enum(orderStatusNames),
  quantity: decimal, filled: decimal, remaining: decimal, averagePrice: decimal.nullable(), price: decimal.nullable(), stop: decimal.nullable(),
  postOnly: z.boolean(), reduceOnly: z.boolean(), owner: z.string(), group: z.string().nullable(),
  isCancelWanted: z.boolean(), unknownSince: time.nullable(),
  /** What is set aside for it while it may fill. */
  holds: z.strictObject({ quantity: decimal, amount: decimal, asset: z.string() }).nullable(),
  why: z.string().nullable(), intendedAt: time, endedAt: time.nullable(),
})
export type SpokenOrder = z.output<typeof orderOutput>

export function spokenOrder(decimals: Decimals, order: OrderView): SpokenOrder {
  const { instrument } = order
  const price = (ticks: number | null | undefined): string | null => (ticks === null || ticks === undefined ? null : decimals.price(instrument, ticks))
  return {
    orderId: order.id, clientOrderId: order.clientOrderId, venueOrder: order.venueOrder, account: order.account, instrument,
    side: order.side, type: order.type, tif: order.timeInForce, status: order.status,
    quantity: decimals.size(instrument, order.lots), filled: decimals.size(instrument, order.filled), remaining: decimals.size(instrument, order.remaining),
    averagePrice: order.averagePrice, price: price(order.limit), stop: price(order.trigger?.price),
    postOnly: order.postOnly, reduceOnly: order.reduceOnly, owner: order.owner, group: order.link?.group ?? null,
    isCancelWanted: order.isCancelWanted, unknownSince: order.unknownSince,
    holds: order.holds === null
      ? null
      : { quantity: decimals.size(instrument, order.holds.lots), amount: decimals.money(order.holds.asset, order.holds.amount), asset: order.holds.asset },
    why: order.why, intendedAt: order.intendedAt, endedAt: order.endedAt,
  }
}

export const fillOutput = z.strictObject({
  trade: z.string(), at: time, side: z.enum(['buy', 'sell']), price: decimal, quantity: decimal, liquidity: z.enum(['maker', 'taker']), fee: decimal, feeAsset: z.string(),
})
export const spokenFill = (decimals: Decimals, fill: FillView): z.output<typeof fillOutput> => ({
  trade: fill.trade, at: fill.at, side: fill.side, price: decimals.price(fill.instrument, fill.price), quantity: decimals.size(fill.instrument, fill.lots),
  liquidity: fill.liquidity, fee: decimals.money(fill.feeAsset, fill.fee), feeAsset: fill.feeAsset,
})

/** What each command about orders prints. */
export const answerOutput = z.strictObject({
  /** Of the first order; null where none was made or met. */
  orderId: z.string().nullable(),
  clientOrderId: z.string().nullable(),
  verdict: verdictOutput,
  status: z.enum(orderStatusNames).nullable(),
  clientKey: z.string(),
  /** The key was used before, for the same: nothing was done again. */
  isRepeat: z.boolean(),
  orders: z.array(orderOutput),
})
export type SpokenAnswer = z.output<typeof answerOutput>

export function spokenAnswer(speech: Speech, decimals: Decimals, clientKey: string, { verdict, isRepeat, orders }: CommandAnswerView): SpokenAnswer {
  const spoken = orders.map((order) => spokenOrder(decimals, order))
  const [first] = spoken
  return {
    orderId: first?.orderId ?? null, clientOrderId: first?.clientOrderId ?? null, verdict: spokenVerdict(speech, decimals, verdict), status: first?.status ?? null,
    clientKey, isRepeat, orders: spoken,
  }
}

const word = ({ locale }: Speech, key: MessageKey): string => translate<MessageKey>(locale, key, {})

export const orderCells = ({ speech }: Printing, { orderId, instrument, side, type, quantity, filled, price, stop, status }: SpokenOrder): readonly string[] => [
  orderId, instrument, word(speech, `order.side.${side}`), word(speech, `order.type.${type}`), `${filled}/${quantity}`, price ?? stop ?? '—', word(speech, `order.status.${status}`),
]

export const orderHead = ({ speech }: Printing): readonly string[] => [
  speech.say('cli.order.column.id'), speech.say('cli.market.column.instrument'), speech.say('cli.order.column.side'), speech.say('cli.order.column.type'),
  speech.say('cli.order.column.filled'), speech.say('cli.order.column.price'), speech.say('cli.order.column.status'),
]
