import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { firstRefusal, refuse, refuseOutside, refuseSeries } from '../entry-form/index.ts'
import { deviance } from '../special/index.ts'

export interface GpdFit {
  readonly xi: number
  readonly beta: number
  /** Negative log-likelihood at the optimum. */
  readonly nllh: number
  readonly exceedances: number
  readonly n: number
}

/** With fewer the likelihood says next to nothing about two parameters. */
const exceedancesLeast = 10

/** The generalised Pareto law of the losses over a threshold, by maximum likelihood with ξ above -1. */
export function gpdFit(losses: Float64Array, choice: { readonly threshold: number; readonly strict: boolean }): Result<GpdFit, QuantError> {
  const { threshold, strict } = choice
  const refusal = firstRefusal(refuseOutside('threshold', threshold, -Infinity, Infinity), refuseSeries('losses', losses, 1))
  if (refusal !== undefined) return refusal
  const excesses = losses.filter((loss) => (strict ? loss > threshold : loss >= threshold)).map((loss) => loss - threshold)
  if (excesses.length < exceedancesLeast) {
    return refuse('too-short', `At least ${exceedancesLeast} losses over the threshold are expected, but there are ${excesses.length}.`)
  }
  const largest = excesses.reduce((most, excess) => Math.max(most, excess))
  if (largest === 0) return refuse('degenerate', 'No loss exceeds the threshold by anything.')
  const scaled = excesses.map((excess) => excess / largest)
  const best = profileOptimum(scaled)
  if (best === undefined) return refuse('not-converged', 'The likelihood of the generalised Pareto law has no maximum with xi above -1.')
  const { xi, beta } = lawAt(scaled, best)
  const count = excesses.length
  return ok({ xi, beta: beta * largest, nllh: count * (Math.log(beta * largest) + 1 + xi), exceedances: count, n: losses.length })
}

export interface GpdTail {
  readonly threshold: number
  readonly xi: number
  readonly beta: number
  readonly n: number
  readonly exceedances: number
}

export interface GpdRisk {
  /** Null for a level that the fitted tail does not reach. */
  readonly var: readonly (number | null)[]
  /** Null as well where the mean of the tail is infinite. */
  readonly es: readonly (number | null)[]
}

/** VaR and ES beyond the threshold (McNeil, Frey and Embrechts, Quantitative Risk Management, 5.2.3). */
export function gpdRisk(tail: GpdTail, levels: Float64Array): Result<GpdRisk, QuantError> {
  const { threshold, xi, beta, n, exceedances } = tail
  const refusal = firstRefusal(
    refuseOutside('beta', beta, 0, Infinity),
    refuseOutside('xi', xi, -Infinity, Infinity),
    refuseOutside('exceedances', exceedances, 0, n + 1),
    ...Array.from(levels, (level) => refuseOutside('level', level, 0, 1)),
  )
  if (refusal !== undefined) return refusal
  const valuesAtRisk = Array.from(levels, (level) => {
    const ratio = (n / exceedances) * (1 - level)
    // 1 - 0.95 is not 0.05: the level of the threshold itself is not below it.
    if (ratio > 1 + 1e-12) return null
    const logRatio = Math.min(0, Math.log(ratio))
    return threshold + (xi === 0 ? -beta * logRatio : (beta * Math.expm1(-xi * logRatio)) / xi)
  })
  return ok({
    var: valuesAtRisk,
    es: valuesAtRisk.map((value) => (value === null || xi >= 1 ? null : (value + beta - xi * threshold) / (1 - xi))),
  })
}

/** Hill's estimate of ξ = 1/α from the k largest losses relative to the next one. */
export function hill(losses: Float64Array, { k }: { readonly k: number }): Result<number, QuantError> {
  if (!Number.isInteger(k) || k < 1) return refuse('bad-parameter', `k is expected to be a whole number of at least 1, but it was ${k}.`)
  const refusal = refuseSeries('losses', losses, k + 1)
  if (refusal !== undefined) return refusal
  const ascending = losses.toSorted()
  const base = ascending[ascending.length - 1 - k] as number
  if (!(base > 0)) return refuse('degenerate', `The ${k + 1} largest losses are expected to be positive, but the least of them is ${base}.`)
  let sum = 0
  for (const loss of ascending.subarray(ascending.length - k)) sum += Math.log(loss / base)
  return ok(sum / k)
}

interface Law {
  readonly xi: number
  readonly beta: number
}

/** Along θ = ξ/β the best ξ is the mean of ln(1 + θy) (Grimshaw 1993), so one dimension is left. */
function lawAt(excesses: Float64Array, theta: number): Law {
  let xi = 0
  let sum = 0
  for (const y of excesses) {
    xi += Math.log1p(theta * y)
    sum += y
  }
  const count = excesses.length
  return theta === 0 ? { xi: 0, beta: sum / count } : { xi: xi / count, beta: xi / count / theta }
}

/** The slope in θ of the profile likelihood, negated and per observation; at θ = 0 it has no cancellation left in it. */
function slopeAt(excesses: Float64Array, theta: number): number {
  let [logs, shares, bends] = [0, 0, 0]
  for (const y of excesses) {
    const v = theta * y
    logs += theta === 0 ? y : Math.log1p(v) / theta
    shares += y / (1 + v)
    bends += theta === 0 ? (y * y) / 2 : deviance(-v / (1 + v), 1 / (1 + v)) / (theta * theta)
  }
  return shares / excesses.length - bends / logs
}

/** Excesses are scaled to a largest of 1, so θ > -1; its sign changes on a grid hold the stationary points. */
function profileOptimum(excesses: Float64Array): number | undefined {
  const steps = 160
  const thetaOf = (step: number): number => Math.expm1(-16 + (32 * step) / steps)
  let best: number | undefined
  let lowest = Infinity
  let before = slopeAt(excesses, thetaOf(0))
  for (let step = 1; step <= steps; step += 1) {
    const slope = slopeAt(excesses, thetaOf(step))
    if (before < 0 && slope >= 0) {
      const theta = stationaryPoint(excesses, thetaOf(step - 1), thetaOf(step))
      const { xi, beta } = lawAt(excesses, theta)
      const height = Math.log(beta) + xi
      if (xi > -1 && height < lowest) [best, lowest] = [theta, height]
    }
    before = slope
  }
  return best
}

function stationaryPoint(excesses: Float64Array, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (slopeAt(excesses, middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
