import type { OrderView } from '../../src-preload/contract/index.ts'
import { rawOf } from '../base/index.ts'
import type { Ticks } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import { mayBeAtVenue, openLots, renderOrderId, type OurOrder } from '../engine/index.ts'
import type { TradingView } from '../runtime/index.ts'
import { averageOfFills } from './average-text.ts'
import type { OrderNote } from './order-notes.ts'
import { refusalViewOf, requiredAssetOf } from './refusal-views.ts'

export interface OrderContext {
  readonly trading: TradingView
  readonly tradable: Tradable
  readonly reporting: string
  readonly note: OrderNote
}

const rawOrNull = (ticks: Ticks | undefined): number | null => (ticks === undefined ? null : rawOf(ticks))
const timeOrNull = (at: number): number | null => (at > 0 ? at : null)

/** An order of the engine as it crosses the bridge. */
export function orderViewOf(order: OurOrder, context: OrderContext): OrderView {
  const { spec } = order
  return {
    id: order.id,
    // The venues there are show an id as it is; one that cannot has a form of its own.
    clientOrderId: renderOrderId(order.id, 'hex'),
    venueOrder: order.venueOrder ?? null,
    account: spec.account,
    instrument: spec.instrument,
    side: spec.side,
    type: spec.type,
    size: spec.size.by === 'cash' ? { by: 'cash', cash: rawOf(spec.size.cash) } : { by: spec.size.by },
    lots: rawOf(order.lots),
    filled: rawOf(order.filled),
    remaining: rawOf(openLots(order)),
    averagePrice: averageOfFills(order.fills, context.tradable),
    ...termsOf(order),
    ...stateOf(order),
    ...notesOf(order, context),
    holds: holdsOf(order, context),
  }
}

function termsOf({ spec, limit, trigger, triggered }: OurOrder) {
  return {
    limit: rawOrNull(limit),
    trigger: trigger === undefined ? null : { price: rawOf(trigger), source: spec.trigger?.source ?? spec.trail?.source ?? 'last' },
    trail: trailOf(spec),
    isTriggered: triggered,
    timeInForce: spec.timeInForce,
    expiresAt: spec.expiresAt ?? null,
    postOnly: spec.postOnly === true,
    reduceOnly: spec.reduceOnly === true,
    display: spec.display === undefined ? null : rawOf(spec.display),
    positionSide: spec.positionSide ?? 'net',
    owner: spec.owner,
  } as const
}

function trailOf({ trail }: OurOrder['spec']): OrderView['trail'] {
  if (trail === undefined) return null
  const { distance, source, activation } = trail
  return {
    distance: distance.by === 'amount' ? { by: 'amount', ticks: rawOf(distance.ticks) } : { by: 'percent', rate: rawOf(distance.rate) },
    source,
    ...(activation === undefined ? {} : { activation: rawOf(activation) }),
  }
}

function stateOf(order: OurOrder) {
  const { amendTo } = order
  return {
    isExternal: order.isExternal,
    status: order.status,
    heldFor: order.status === 'held' ? (order.heldFor ?? null) : null,
    cancel: order.cancel,
    isCancelWanted: order.isCancelWanted,
    amend: order.amend,
    amendTo: order.amend === 'none' || amendTo === undefined
      ? null
      : { lots: rawOf(amendTo.lots), limit: rawOrNull(amendTo.limit), trigger: rawOrNull(amendTo.trigger) },
    unknownSince: order.status === 'unknown' || order.status === 'stuck' ? timeOrNull(order.unknownSince) : null,
    link: order.link ?? null,
    replaces: order.replaces ?? null,
    onBehalfOf: order.onBehalfOf ?? null,
    endedBy: order.endedBy ?? null,
    intendedAt: order.intendedAt,
    sentAt: timeOrNull(order.sentAt),
    changedAt: order.changedAt,
    endedAt: timeOrNull(order.endedAt),
  } as const
}

function notesOf({ spec }: OurOrder, { note, tradable, reporting }: OrderContext) {
  return {
    refusal: note.refusal === undefined ? null : refusalViewOf(note.refusal, { tradable, side: spec.side, reporting }),
    why: note.why ?? null,
    flag: note.flag ?? null,
  } as const
}

function holdsOf(order: OurOrder, { trading, tradable }: OrderContext): OrderView['holds'] {
  if (!mayBeAtVenue(order)) return null
  const counted = trading.risk(order.spec.account).counted(order.id)
  if (counted === undefined) return null
  const asset = requiredAssetOf(tradable, order.spec.side)
  return { lots: rawOf(openLots(order)), worstPrice: rawOf(counted.worstPrice), asset, amount: rawOf(counted.setAside) }
}
