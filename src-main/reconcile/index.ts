/** The face of reconcile: our books and a venue's word in, what explains the difference out. Pure. */
export { explainEpoch, failuresOf } from './reconcile.ts'
export type { Explanation } from './reconcile.ts'
export { faultOfView } from './explain-orders.ts'
export { compareMoney } from './compare-money.ts'
export type { Comparison } from './compare-money.ts'
export type { Finding } from './finding.ts'
export type { OpenBreak, OurAccount, OurBalance, OurOrder, OurPosition, ReconcileRules } from './our-account.ts'
