import { fail, ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'

export interface LineMinimum {
  readonly point: number
  readonly value: number
  readonly evaluations: number
}

const golden = (3 - Math.sqrt(5)) / 2
/** Near a minimum a function is flat to the square root of what doubles tell apart. */
const tolerancePreset = 1.5e-8

interface Tried {
  readonly x: number
  readonly value: number
}

/** Brent (1973) on an interval: parabolas where they are safe, the golden section where not. One of possibly several minima. */
export function brentMinimum(
  of: (x: number) => number,
  from: number,
  to: number,
  options: { readonly tolerance?: number; readonly evaluationsMost?: number } = {},
): Result<LineMinimum, QuantError> {
  const { tolerance = tolerancePreset, evaluationsMost = 500 } = options
  const tryAt = (x: number): Tried => ({ x, value: of(x) })
  let [low, high] = [from, to]
  let best = tryAt(low + golden * (high - low))
  let second = best
  let third = best
  let step = 0
  let before = 0
  for (let evaluations = 1; evaluations < evaluationsMost; evaluations++) {
    if (!Number.isFinite(best.value)) {
      return fail({ code: 'degenerate', message: 'The function to minimise is not finite inside the interval.' })
    }
    const middle = (low + high) / 2
    const least = tolerance * Math.abs(best.x) + 1e-12
    if (Math.abs(best.x - middle) <= 2 * least - (high - low) / 2) return ok({ point: best.x, value: best.value, evaluations })
    const parabola = Math.abs(before) > least ? vertexStep(best, second, third) : Number.NaN
    const isSafe = Math.abs(parabola) < Math.abs(before) / 2 && best.x + parabola > low && best.x + parabola < high
    before = isSafe ? step : (best.x < middle ? high : low) - best.x
    step = isSafe ? parabola : golden * before
    const next = tryAt(best.x + (Math.abs(step) >= least ? step : step < 0 ? -least : least))
    if (next.value <= best.value) {
      if (next.x < best.x) high = best.x
      else low = best.x
      ;[third, second, best] = [second, best, next]
    } else {
      if (next.x < best.x) low = next.x
      else high = next.x
      if (next.value <= second.value || second.x === best.x) [third, second] = [second, next]
      else if (next.value <= third.value || third.x === best.x || third.x === second.x) third = next
    }
  }
  return fail({ code: 'not-converged', message: `The minimum was not found in ${evaluationsMost} evaluations.` })
}

/** From the best point to the vertex of the parabola through the three; not finite where they lie on a line. */
function vertexStep(best: Tried, second: Tried, third: Tried): number {
  const r = (best.x - second.x) * (best.value - third.value)
  const q = (best.x - third.x) * (best.value - second.value)
  const numerator = (best.x - third.x) * q - (best.x - second.x) * r
  return numerator / (-2 * (q - r))
}
