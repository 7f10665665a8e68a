import type { FillView } from '../../src-preload/contract/index.ts'
import { rawOf } from '../base/index.ts'
import type { TradingEvent, VenueTrade } from '../domain/index.ts'
import type { OurOrder } from '../engine/index.ts'
import type { TradingView } from '../runtime/index.ts'

const fillsKept = 500

export function fillViewOf({ id, spec }: OurOrder, trade: VenueTrade, isInferred: boolean, kind: FillView['kind']): FillView {
  return {
    kind, order: id, trade: trade.trade, account: spec.account, instrument: trade.instrument, side: trade.side, price: rawOf(trade.price), lots: rawOf(trade.lots),
    liquidity: trade.liquidity, fee: rawOf(trade.fee), feeAsset: trade.feeAsset, positionSide: trade.positionSide ?? 'net', isInferred, at: trade.at,
  }
}

/** The fill that an event tells of; none for the others, and for orders that are known no more. */
export function fillOfEvent(event: TradingEvent, trading: TradingView): FillView | undefined {
  if (event.kind !== 'order-filled' && event.kind !== 'fill-superseded') return undefined
  const order = trading.order(event.order)
  if (order === undefined) return undefined
  return event.kind === 'order-filled' ? fillViewOf(order, event.trade, event.inferred, 'filled') : fillViewOf(order, event.trade, true, 'taken-back')
}

/** The last fills, oldest first: at the start those of the orders that the engine still knows. */
export class FillTape {
  #fills: FillView[] | undefined

  hear(event: TradingEvent, trading: TradingView): void {
    // What happened before anybody looked is read out of the orders then.
    if (this.#fills === undefined) return
    const fill = fillOfEvent(event, trading)
    if (fill === undefined) return
    this.#fills.push(fill)
    if (this.#fills.length > fillsKept) this.#fills.shift()
  }

  recent(trading: TradingView, account: string | undefined, count: number): FillView[] {
    this.#fills ??= readFills(trading)
    const fills = account === undefined ? this.#fills : this.#fills.filter((fill) => fill.account === account)
    return fills.slice(-count)
  }
}

function readFills(trading: TradingView): FillView[] {
  const fills: FillView[] = []
  for (const order of trading.orders()) {
    for (const { trade, inferred } of order.fills) fills.push(fillViewOf(order, trade, inferred, 'filled'))
  }
  return fills.sort((left, right) => left.at - right.at).slice(-fillsKept)
}
