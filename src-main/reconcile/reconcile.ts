import type { EpochPart, EpochReported, VenuePosting } from '../domain/index.ts'
import { explainOrders } from './explain-orders.ts'
import { explainTrades } from './explain-trades.ts'
import type { ExplainedTrades } from './explain-trades.ts'
import type { Finding } from './finding.ts'
import type { OurAccount, ReconcileRules } from './our-account.ts'

/**
 * Compares our books with one epoch of the venue's word and says what explains each difference. It must never assign, never
 * take a failed question for an answer, and never take silence for flat.
 * Invariants: 1 an epoch with a failed part says nothing at all; 2 the same books and the same epoch give the same findings, in the same order;
 * 3 a trade that the books know is not found again; 4 an inferred fill has an id that follows from what it stands for, and is taken
 * back before a trade that it stood for is applied; 5 an order that no list shows is evidence at most, never a rejection;
 * 6 what changed here within the grace is not judged.
 */
export type Explanation =
  | { readonly outcome: 'inconclusive'; readonly detail: string }
  | {
      readonly outcome: 'explained'
      /** To be applied in this order, before the money is compared. */
      readonly findings: readonly Finding[]
      /** Instruments whose position cannot be compared in this round. */
      readonly unsettled: ReadonlySet<string>
      /** Orders that were too young to be judged. */
      readonly skipped: number
    }

const failureOf = (name: string, part: EpochPart<unknown>): readonly string[] => (part.ok ? [] : [`${name}: ${part.why}`])

/** Everything that failed, in one line; empty when the epoch is whole. */
export const failuresOf = (epoch: EpochReported): readonly string[] => [
  ...failureOf('open orders', epoch.openOrders),
  ...failureOf('closed orders', epoch.closedOrders),
  ...failureOf('trades', epoch.trades),
  ...failureOf('positions', epoch.positions),
  ...failureOf('balances', epoch.balances),
  ...failureOf('postings', epoch.postings),
]

const withPostings = (trades: ExplainedTrades, ours: OurAccount, postings: readonly VenuePosting[]): ExplainedTrades => {
  const absurd = postings.filter((posting) => !ours.hasPosting(posting.reference) && !ours.canCount(posting))
  return absurd.length === 0 ? trades : { ...trades, absurd: [...trades.absurd, ...absurd.map(({ asset, reference }) => ({ instrument: asset, name: `posting ${reference}` }))] }
}

export const explainEpoch = (ours: OurAccount, epoch: EpochReported, rules: ReconcileRules): Explanation => {
  const { openOrders, closedOrders, trades, postings } = epoch
  const failures = failuresOf(epoch)
  if (!openOrders.ok || !closedOrders.ok || !trades.ok || !postings.ok || failures.length > 0) {
    return { outcome: 'inconclusive', detail: failures.join('; ') }
  }
  const byTrades = withPostings(explainTrades(ours, trades.items), ours, postings.items)
  const byOrders = explainOrders(ours, epoch, { open: openOrders.items, closed: closedOrders.items }, byTrades, rules)
  const money = [...postings.items]
    .filter((posting) => !ours.hasPosting(posting.reference) && ours.canCount(posting))
    .sort((a, b) => (a.at === b.at ? (a.reference < b.reference ? -1 : 1) : a.at - b.at))
  const unseen = new Map(money.map((posting) => [posting.reference, posting]))
  return {
    outcome: 'explained',
    // Trades before statuses: an order may only end with all its fills.
    findings: [
      ...byTrades.findings,
      ...byOrders.findings,
      ...[...unseen.values()].map((posting): Finding => ({ kind: 'posting', posting })),
    ],
    unsettled: byOrders.unsettled,
    skipped: byOrders.skipped,
  }
}
