import type { SampleMoments } from '../numeric/index.ts'
import { digamma, logBeta, trigamma } from '../special/index.ts'

/** All that a sample says about a beta law. */
export interface BetaStatistics {
  /** Mean of ln x. */
  readonly logOfX: number
  /** Mean of ln(1 - x). */
  readonly logOfRest: number
}

export interface BetaShape {
  readonly a: number
  readonly b: number
}

/**
 * Newton's method on the likelihood of a and b, which is concave in them; a step is halved until it stays positive and does not
 * fall. Nothing when it has not come to rest.
 */
export function betaOptimum(statistics: BetaStatistics, moments: SampleMoments): BetaShape | undefined {
  let shape = startOf(moments)
  let height = likelihood(statistics, shape)
  for (let round = 0; round < 200; round += 1) {
    const { gain, ...step } = newtonStep(statistics, shape)
    let share = 1
    let next = moved(shape, step, share)
    while (share > 1e-12 && !(next.a > 0 && next.b > 0 && likelihood(statistics, next) >= height - 1e-12 * Math.abs(height))) {
      share /= 2
      next = moved(shape, step, share)
    }
    if (!(next.a > 0 && next.b > 0)) return undefined
    shape = next
    height = likelihood(statistics, shape)
    // What is left to win is below the last digits of the likelihood, and the step for it has been taken.
    if (gain <= 1e-14 * Math.max(1, Math.abs(height))) return shape
  }
  return undefined
}

const moved = (shape: BetaShape, step: BetaShape, share: number): BetaShape => (
  { a: shape.a + share * step.a, b: shape.b + share * step.b }
)

const likelihood = ({ logOfX, logOfRest }: BetaStatistics, { a, b }: BetaShape): number =>
  (a - 1) * logOfX + (b - 1) * logOfRest - logBeta(a, b)

/** `gain`: by how much the likelihood would grow if it were a parabola. */
function newtonStep({ logOfX, logOfRest }: BetaStatistics, { a, b }: BetaShape): BetaShape & { readonly gain: number } {
  const common = digamma(a + b)
  const slopeA = logOfX - digamma(a) + common
  const slopeB = logOfRest - digamma(b) + common
  const shared = trigamma(a + b)
  const [bendA, bendB] = [trigamma(a), trigamma(b)]
  // bendA bendB - shared (bendA + bendB) is positive for all a and b.
  const determinant = bendA * bendB - shared * (bendA + bendB)
  const stepA = ((bendB - shared) * slopeA + shared * slopeB) / determinant
  const stepB = ((bendA - shared) * slopeB + shared * slopeA) / determinant
  return { a: stepA, b: stepB, gain: Math.abs(slopeA * stepA + slopeB * stepB) / 2 }
}

/** By moments; where the variance is too large for them, the arcsine law. */
function startOf({ mean, second }: SampleMoments): BetaShape {
  const size = (mean * (1 - mean)) / second - 1
  return size > 0 ? { a: mean * size, b: (1 - mean) * size } : { a: 0.5, b: 0.5 }
}
