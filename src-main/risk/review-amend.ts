import { fail, isMore, maximum, negate, ok, subtract } from '../base/index.ts'
import type { Lots, Result, Ticks } from '../base/index.ts'
import type { Refusal, Tradable, Trigger } from '../domain/index.ts'
import { approve } from './approved.ts'
import type { Approved } from './approved.ts'
import type { PlaceableAmend, ProposedAmend } from './proposal.ts'
import { cannotGrow, withOrder } from './reduction.ts'
import { refuse } from './refuse.ts'
import { reviewForm } from './review-form.ts'
import type { ReviewLimits } from './review-limits.ts'
import { isKeptFromGrowing, reviewOrder } from './review-order.ts'
import { faultOf } from './review-place.ts'
import type { RiskView } from './risk-view.ts'

/**
 * The review of a change to a live order. It must never forget that the order may still fill as it was.
 * Invariants: 1 both the order as it is and as it shall be stay within every limit that the change raises; 2 the whole quantity never goes below what is filled.
 */
export const reviewAmend = (proposal: ProposedAmend, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Approved<PlaceableAmend>, Refusal> => {
  try {
    return review(proposal, view, limits, tradable)
  } catch (bug) {
    return fail(faultOf(bug))
  }
}

const notPossible = (detail: string): Refusal => refuse('order.amend-not-possible', detail)

const amendFault = ({ spec, filled, newLots, newLimit, newTrigger, limit, trigger }: ProposedAmend): Refusal | undefined => {
  if (newLots === undefined && newLimit === undefined && newTrigger === undefined) return refuse('nothing-to-do', 'the change changes nothing')
  if (newLimit !== undefined && limit === undefined) return notPossible(`an order of type ${spec.type} has no limit price to change`)
  if (newTrigger !== undefined && trigger === undefined) return notPossible(`an order of type ${spec.type} has no trigger to change`)
  if (newLots !== undefined && !isMore(newLots, filled)) return notPossible('the new quantity is not above what is filled')
  return undefined
}

/** The order as it shall be. */
interface Amended {
  readonly lots: Lots
  readonly limit: Ticks | undefined
  readonly trigger: Trigger | undefined
}

const amendedOf = ({ spec, lots, limit, trigger, newLots, newLimit, newTrigger }: ProposedAmend): Amended => {
  const price = newTrigger ?? trigger
  return {
    lots: newLots ?? lots,
    limit: newLimit ?? limit,
    trigger: price === undefined ? undefined : { price, source: spec.trigger?.source ?? 'last' },
  }
}

const withPrices = (proposal: ProposedAmend, { lots, limit, trigger }: Amended): ProposedAmend['spec'] => ({
  ...proposal.spec,
  size: { by: 'quantity', lots },
  ...(limit === undefined ? {} : { limit }),
  ...(trigger === undefined ? {} : { trigger }),
})

const review = (proposal: ProposedAmend, view: RiskView, limits: ReviewLimits, tradable: Tradable): Result<Approved<PlaceableAmend>, Refusal> => {
  const { order, filled, at, askedAt } = proposal
  if (proposal.spec.account !== view.account) return fail(refuse('order.unknown-account', 'the order is of another account'))
  const amended = amendedOf(proposal)
  const spec = withPrices(proposal, amended)
  const malformed = amendFault(proposal) ?? reviewForm(spec, tradable, view.positions)
  if (malformed !== undefined) return fail(malformed)
  const present = subtract(proposal.lots, filled)
  const before = view.exposure(spec.instrument, spec.positionSide ?? 'net')
  const without = withOrder(before, spec.side, negate(present), cannotGrow(spec.side, isKeptFromGrowing(spec, tradable), tradable))
  if (without === undefined) return fail(refuse('risk.overflow', 'the orders of the instrument are larger than can be counted'))
  const counted = view.counted(order)
  if (counted === undefined) return fail(refuse('order.not-found', 'the order is not live, so there is nothing to change'))
  // Until the venue answers, either size may be what fills.
  const remaining = maximum(present, subtract(amended.lots, filled))
  const judged = reviewOrder({
    spec, ...amended, remaining, before, without, setAside: counted.setAside, at, askedAt, isNew: false,
  }, view, limits, tradable)
  if (!judged.ok) return judged
  const { worstPrice, reduces } = judged.value
  return ok(approve({
    kind: 'amend', order, lots: amended.lots, reduces, worstPrice: maximum(worstPrice, counted.worstPrice),
    ...(amended.limit === undefined ? {} : { limit: amended.limit }),
    ...(amended.trigger === undefined ? {} : { trigger: amended.trigger.price }),
  }))
}
