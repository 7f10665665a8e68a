import { fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'

export interface RootOptions {
  /** Of the root, beside what doubles can tell apart. */
  readonly tolerance?: number
  readonly evaluationsMost?: number
}

export interface Root {
  readonly root: number
  readonly evaluations: number
}

/** Brent (1973): inverse quadratic steps where they are safe, halving where not. The ends have to be of opposite signs. */
export function brentRoot(
  of: (x: number) => number, from: number, to: number, options: RootOptions = {},
): Result<Root, QuantError> {
  const tolerance = options.tolerance ?? 0
  const evaluationsMost = options.evaluationsMost ?? 200
  let [a, b] = [from, to]
  let [fa, fb] = [of(a), of(b)]
  if (!Number.isFinite(fa) || !Number.isFinite(fb)) {
    return fail({ code: 'degenerate', message: 'The function is not finite at the ends of the bracket.' })
  }
  if (fa !== 0 && fb !== 0 && fa > 0 === fb > 0) {
    return fail(
      { code: 'degenerate', message: 'The function has one sign at both ends, so no root is known to lie between them.' },
    )
  }
  let [c, fc] = [a, fa]
  let step = b - a
  let before = step
  for (let evaluations = 2; evaluations < evaluationsMost; evaluations++) {
    if (fb > 0 === fc > 0 && fb !== 0) {
      ;[c, fc] = [a, fa]
      step = before = b - a
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const least = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2
    const half = (c - b) / 2
    if (Math.abs(half) <= least || fb === 0) return ok({ root: b, evaluations })
    const tried = Math.abs(before) >= least && Math.abs(fa) > Math.abs(fb) ? interpolated({ a, b, c, fa, fb, fc }) : undefined
    const isSafe = tried !== undefined && 2 * Math.abs(tried) < Math.min(
      3 * Math.abs(half) - least, Math.abs(before),
    ) && tried > 0 === half > 0
    before = isSafe ? step : half
    step = isSafe ? tried : half
    ;[a, fa] = [b, fb]
    b += Math.abs(step) > least ? step : Math.sign(half) * least
    fb = of(b)
    if (!Number.isFinite(fb)) return fail({ code: 'degenerate', message: 'The function is not finite inside the bracket.' })
  }
  return fail({ code: 'not-converged', message: `The root was not found in ${evaluationsMost} evaluations.` })
}

interface ThreePoints {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly fa: number
  readonly fb: number
  readonly fc: number
}

/** The step from b to where the parabola (or the line, with two points) through the points crosses zero. */
function interpolated({ a, b, c, fa, fb, fc }: ThreePoints): number {
  const s = fb / fa
  if (a === c) return ((c - b) * s) / (s - 1)
  const q = fa / fc
  const r = fb / fc
  const numerator = s * ((c - b) * q * (q - r) - (b - a) * (r - 1))
  const denominator = (q - 1) * (r - 1) * (s - 1)
  return -numerator / denominator
}
