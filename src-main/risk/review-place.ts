import { fail, isPositive, ok } from '../base/index.ts'
import type { Result } from '../base/index.ts'
import type { Refusal, Tradable } from '../domain/index.ts'
import { approve } from './approved.ts'
import type { Approved } from './approved.ts'
import type { PlaceableOrder, ProposedOrder } from './proposal.ts'
import { refuse } from './refuse.ts'
import { noAmount } from './requirement.ts'
import { reviewForm } from './review-form.ts'
import type { ReviewLimits } from './review-limits.ts'
import { reviewOrder } from './review-order.ts'
import type { RiskView } from './risk-view.ts'

/**
 * The review that every order passes before it leaves. It must never let through what it could not compute.
 * Invariants: 1 no approval raises a worst case beyond a limit, whatever fills in which order; 2 what is missing, stale, crossed, too large to count or throws
 * is a refusal, never a pass; 3 an order that truly reduces is stopped by its form and the venue's filters only.
 */
export const reviewPlace = (proposal: ProposedOrder, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Approved<PlaceableOrder>, Refusal> => {
  try {
    return review(proposal, view, limits, tradable)
  } catch (bug) {
    return fail(faultOf(bug))
  }
}

/** The only place where a throw is an answer: no review, no order. */
export const faultOf = (bug: unknown): Refusal => refuse('risk.fault', `the review failed: ${bug instanceof Error ? bug.message : 'it threw what is no error'}`)

const review = (proposal: ProposedOrder, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Approved<PlaceableOrder>, Refusal> => {
  const { spec, lots, at, askedAt } = proposal
  if (spec.account !== view.account) return fail(refuse('order.unknown-account', 'the order is of another account'))
  const malformed = reviewForm(spec, tradable, view.positions)
  if (malformed !== undefined) return fail(malformed)
  if (!isPositive(lots)) return fail(refuse('nothing-to-do', 'the size of the order comes to no lots'))
  const exposure = view.exposure(spec.instrument, spec.positionSide ?? 'net')
  const judged = reviewOrder({
    spec, lots, at, askedAt, limit: spec.limit, trigger: spec.trigger, remaining: lots, before: exposure, without: exposure, setAside: noAmount, isNew: true,
  }, view, limits, tradable)
  if (!judged.ok) return judged
  const { worstPrice, reduces } = judged.value
  return ok(approve({ kind: 'place', order: proposal.order, spec, lots, at, askedAt, worstPrice, reduces }))
}
