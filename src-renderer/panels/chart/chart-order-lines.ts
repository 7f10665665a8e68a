import type { InstrumentView, OrderView, PositionView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import type { OrderLine } from '../../charts/order-lines.ts'
import { printSteps } from '../../format/price.ts'
import { lookOf } from '../../ui/order-sign.tsx'
import { textIn } from '../../ui/use-text.ts'

export type MovablePrice = 'limit' | 'trigger'

/** Which price of which order a line stands for. */
export const lineId = (order: string, price: MovablePrice): string => `${order} ${price}`
export function orderOfLine(id: string): { readonly order: string; readonly price: MovablePrice } | undefined {
  const [order = '', price] = id.split(' ')
  return price === 'limit' || price === 'trigger' ? { order, price } : undefined
}

const lookOfLine = (order: OrderView): OrderLine['look'] => {
  const look = lookOf(order)
  if (look === 'unknown' || order.amend === 'unknown' || order.cancel === 'unknown') return 'unknown'
  return look === 'flight' || order.amend === 'sending' || order.isCancelWanted ? 'flight' : 'rests'
}

/** The lines of one order: its limit, its trigger, or both. */
export function linesOfOrder(locale: Locale, order: OrderView, { tick, lot }: Pick<InstrumentView, 'tick' | 'lot'>): readonly OrderLine[] {
  const text = textIn(locale)
  const size = order.remaining === 0 ? '' : printSteps(locale, order.remaining, lot)
  const look = lookOfLine(order)
  const isProtective = order.type === 'stop' && order.link?.role === 'child'
  const lineAt = (price: MovablePrice, ticks: number, what: string): OrderLine => ({
    id: lineId(order.id, price), ticks, price: printSteps(locale, ticks, tick), side: order.side,
    words: `${text(`order.side.${order.side}`)} ${size} ${what}`.trim(),
    look: isProtective && look === 'rests' ? 'solid' : look,
    // What trails moves by itself; what is being changed or canceled waits for that first.
    canMove: order.trail === null && order.amend === 'none' && !order.isCancelWanted && look !== 'flight',
  })
  const status = text(`order.status.${order.status}`).toLocaleLowerCase(locale)
  const type = text(`order.type.${order.type}`).toLocaleLowerCase(locale)
  return [
    ...(order.trigger === null || order.isTriggered ? [] : [lineAt('trigger', order.trigger.price, `${type} · ${status}`)]),
    ...(order.limit === null ? [] : [lineAt('limit', order.limit, `${order.trigger === null || order.isTriggered ? type : text('order.type.limit').toLocaleLowerCase(locale)} · ${status}`)]),
  ]
}

/** What the position was opened at, to the nearest tick: an average lies between ticks. */
export function lineOfPosition(locale: Locale, position: PositionView, { tick, lot, base }: Pick<InstrumentView, 'tick' | 'lot' | 'base'>): OrderLine | undefined {
  if (position.averagePrice === null || position.lots === 0) return undefined
  const text = textIn(locale)
  const ticks = Math.round((Number(position.averagePrice) * 10 ** tick.decimals) / tick.units)
  const size = `${printSteps(locale, Math.abs(position.lots), lot)} ${base}`
  return {
    id: 'position', ticks, price: printSteps(locale, ticks, tick), side: position.lots > 0 ? 'buy' : 'sell', look: 'solid', canMove: false,
    words: text(position.lots > 0 ? 'screen.ticket.long' : 'screen.ticket.short', { size }),
  }
}
