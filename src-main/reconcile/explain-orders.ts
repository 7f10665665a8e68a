import { add, amountFromRaw, isMore, isNegative, isPositive, lotsFromRaw, rawOf, subtract } from '../base/index.ts'
import type { Lots } from '../base/index.ts'
import { isTerminal } from '../domain/index.ts'
import type { EpochReported, OrderId, VenueOrderView, VenueTrade } from '../domain/index.ts'
import { bestViews } from './best-views.ts'
import { placeOf } from './explain-trades.ts'
import type { ExplainedTrades } from './explain-trades.ts'
import type { Finding } from './finding.ts'
import type { OurAccount, OurOrder, ReconcileRules } from './our-account.ts'
import { toldBreaks } from './told-breaks.ts'
import type { Difference } from './told-breaks.ts'

export interface ExplainedOrders {
  readonly findings: readonly Finding[]
  /** Instruments on which the venue counts fills that it does not show yet, or that changed too shortly before. */
  readonly unsettled: ReadonlySet<string>
  readonly skipped: number
}

const none = lotsFromRaw(0)

const inferredLots = (order: OurOrder): Lots => order.inferred.reduce((sum, { lots }) => add(sum, lots), none)

/** What our books have of an order once the missed trades are applied and the stand-ins taken back that they supersede. */
const filledThen = (order: OurOrder, added: Lots | undefined): Lots =>
  added === undefined ? order.filled : add(subtract(order.filled, inferredLots(order)), added)

/**
 * A fill that the venue counts and does not show. Its id follows from the order and from how far it fills it, so that the same
 * gap, found again after a restart, has the same id and is applied once. Without a price it cannot be inferred.
 */
const inferFill = (order: OurOrder, view: VenueOrderView, missing: Lots): VenueTrade | undefined => {
  const price = view.averagePrice ?? view.limit
  if (price === undefined) return undefined
  return {
    trade: `inferred:${view.venueOrder}:${rawOf(view.filled)}`,
    venueOrder: view.venueOrder,
    order: order.order,
    instrument: view.instrument,
    side: view.side,
    price,
    lots: missing,
    liquidity: 'taker',
    fee: amountFromRaw(0),
    feeAsset: '',
    ...(view.positionSide === undefined ? {} : { positionSide: view.positionSide }),
    at: view.updatedAt,
  }
}

interface Round {
  readonly ours: OurAccount
  readonly epoch: EpochReported
  readonly rules: ReconcileRules
  readonly trades: ExplainedTrades
  readonly findings: Finding[]
  readonly orderBreaks: Difference[]
  readonly tradeBreaks: Difference[]
  readonly unsettled: Set<string>
}

/** Why no books could take the venue's word on an order; none where they may. */
export const faultOfView = (
  owner: Pick<OurOrder, 'instrument' | 'side' | 'hasNeverLeft' | 'venueOrder'> | undefined, { venueOrder, instrument, side, lots, filled }: VenueOrderView,
): string | undefined => {
  if (owner?.hasNeverLeft === true) return 'it bears the id of an order that never left'
  if (owner !== undefined && (owner.instrument !== instrument || owner.side !== side)) return 'it bears the id of an order of another instrument or side'
  // Where a change makes another order of it, which of the two a word is about could not be told.
  if (owner?.venueOrder !== undefined && owner.venueOrder !== venueOrder) return `it bears the id of the order that the venue called ${owner.venueOrder}`
  return isNegative(lots) || isNegative(filled) ? 'its size is below zero' : undefined
}

const ownerOf = (ours: OurAccount, view: VenueOrderView): OurOrder | undefined =>
  (view.order === undefined ? undefined : ours.orderOf(view.order)) ?? ours.orderAt(view)

const judgeView = (round: Round, owner: OurOrder, view: VenueOrderView): void => {
  const { findings, tradeBreaks, trades, rules, epoch, unsettled } = round
  const have = filledThen(owner, trades.addedTo.get(owner.order))
  if (isMore(view.filled, have)) {
    const missing = subtract(view.filled, have)
    const isOldEnough = epoch.askedAt - view.updatedAt >= rules.inferAfterMs
    const wanted = isOldEnough ? inferFill(owner, view, missing) : undefined
    const inferred = wanted === undefined || round.ours.knows(wanted) === 'absurd' ? undefined : wanted
    if (inferred === undefined) {
      unsettled.add(view.instrument)
      // The status waits with the fill: an order that ended full may not be ended here while its trades are missing.
      if (isOldEnough) tradeBreaks.push({ instrument: view.instrument, detail: `the venue counts ${rawOf(missing)} lots of ${view.venueOrder} that no trade shows` })
      return
    }
    findings.push({ kind: 'fill-inferred', order: owner.order, trade: inferred })
  }
  findings.push({ kind: 'order-seen', order: owner.order, view })
}

const judgeStranger = (round: Round, view: VenueOrderView): void => {
  const { findings, orderBreaks, trades } = round
  const fault = faultOfView(undefined, view)
  if (fault !== undefined) {
    orderBreaks.push({ instrument: view.instrument, detail: `order ${view.venueOrder} is shown as it cannot be: ${fault}` })
    return
  }
  if (view.order !== undefined) {
    orderBreaks.push({ instrument: view.instrument, detail: `order ${view.venueOrder} bears an id of ours that these books do not know` })
    // It may be one that they have forgotten: what it did was counted then.
    if (view.status !== 'open') return
  }
  const done = trades.strangers.get(placeOf(view)) ?? []
  // An ended order that did nothing here is nobody's business.
  if (view.status === 'open' || isPositive(view.filled) || done.length > 0) findings.push({ kind: 'external', view, trades: done })
}

/** Orders that we count as possibly at the venue, and that no list of a whole epoch shows. */
const judgeUnseen = (round: Round, seen: ReadonlySet<OrderId>): number => {
  const { ours, epoch, rules, findings, orderBreaks, unsettled, trades } = round
  let skipped = 0
  for (const order of ours.openOrders) {
    if (seen.has(order.order) || order.sentAt === undefined || isTerminal(order.status)) continue
    if (order.isInFlight || order.changedAt > epoch.askedAt - rules.graceMs) {
      skipped += 1
      unsettled.add(order.instrument)
    } else if (order.status === 'unknown' || order.status === 'sending' || order.status === 'stuck') {
      // A trade of it proves that it was there, whatever the lists say.
      if (!trades.addedTo.has(order.order) && epoch.since <= order.sentAt) findings.push({ kind: 'absence-evidence', order: order.order })
    } else {
      findings.push({ kind: 'order-missing', order: order.order })
      orderBreaks.push({ instrument: order.instrument, detail: `order ${order.venueOrder ?? order.order} was at the venue, and no list shows it` })
      unsettled.add(order.instrument)
    }
  }
  return skipped
}

export const explainOrders = (
  ours: OurAccount,
  epoch: EpochReported,
  lists: { readonly open: readonly VenueOrderView[]; readonly closed: readonly VenueOrderView[] },
  trades: ExplainedTrades,
  rules: ReconcileRules,
): ExplainedOrders => {
  const round: Round = { ours, epoch, rules, trades, findings: [], orderBreaks: [], tradeBreaks: [], unsettled: new Set() }
  const seen = new Set<OrderId>()
  const shown = new Set<string>()
  for (const view of bestViews([lists.open, lists.closed])) {
    shown.add(placeOf(view))
    const owner = ownerOf(ours, view)
    if (owner === undefined) {
      judgeStranger(round, view)
      continue
    }
    seen.add(owner.order)
    const fault = faultOfView(owner, view)
    if (fault === undefined) judgeView(round, owner, view)
    else round.orderBreaks.push({ instrument: owner.instrument, detail: `order ${view.venueOrder} is shown as it cannot be: ${fault}` })
    if (owner.hasNeverLeft) round.findings.push({ kind: 'order-missing', order: owner.order })
  }
  // If it happened nevertheless, positions and balances say so: it makes nothing too young to be compared.
  for (const { instrument, name } of trades.absurd) round.tradeBreaks.push({ instrument, detail: `${name} is not taken: no books could hold it` })
  for (const [place, [first]] of trades.strangers) {
    if (shown.has(place) || first === undefined) continue
    round.tradeBreaks.push({ instrument: first.instrument, detail: `trade ${first.trade} is of order ${first.venueOrder}, which no list shows` })
    round.unsettled.add(first.instrument)
  }
  const skipped = judgeUnseen(round, seen)
  const breaks = [
    // The lists are whole, so what is not broken any more has healed.
    ...toldBreaks(ours, 'order', round.orderBreaks, () => skipped === 0),
    ...toldBreaks(ours, 'trade', round.tradeBreaks, () => true),
  ]
  return { findings: [...round.findings, ...breaks], unsettled: round.unsettled, skipped }
}
