import { at, boundedFrom, type Gradient, type Objective } from '../numeric/index.ts'
import { logLikelihood, varianceRecursion, type Innovations, type VarianceModel } from './garch-filter.ts'
import { likelihoodGradient, type LikelihoodGradient } from './garch-gradient.ts'

export interface GarchOptions {
  /** Lags of the squared residuals, and of the variance. */
  readonly p?: number
  readonly q?: number
  readonly mean?: 'zero' | 'constant'
  readonly dist?: 'normal' | 't'
  /** Whether falls weigh differently from rises: the model of Glosten, Jagannathan and Runkle. */
  readonly isAsymmetric?: boolean
  readonly horizon?: number
}

/** As rugarch: beyond the upper bound Student's law is the normal one for all purposes. */
export const nuBound = { above: 2.01, below: 100 }

export interface GarchShape {
  readonly alphas: number
  readonly betas: number
  readonly isAsymmetric: boolean
  readonly hasMean: boolean
  readonly hasNu: boolean
  /** Of the free variables. */
  readonly size: number
}

export function shapeOf({ p = 1, q = 1, mean = 'zero', dist = 'normal', isAsymmetric = false }: GarchOptions): GarchShape {
  const hasMean = mean === 'constant'
  const hasNu = dist === 't'
  return {
    alphas: p, betas: q, isAsymmetric, hasMean, hasNu,
    size: 1 + p * (isAsymmetric ? 2 : 1) + q + (hasMean ? 1 : 0) + (hasNu ? 1 : 0),
  }
}

export interface Unfolded {
  readonly model: VarianceModel
  readonly mu: number
  readonly innovations: Innovations
}

/** Free variables: ln ω, the logarithms of the shares over the missing one, μ, ν. */
export function unfold(point: Float64Array, shape: GarchShape): Unfolded {
  const weights = shape.alphas * (shape.isAsymmetric ? 2 : 1) + shape.betas
  let most = 0
  for (let index = 1; index <= weights; index++) most = Math.max(most, at(point, index))
  let total = Math.exp(-most)
  for (let index = 1; index <= weights; index++) total += Math.exp(at(point, index) - most)
  const share = (index: number): number => Math.exp(at(point, 1 + index) - most) / total
  const nu = shape.hasNu ? boundedFrom(at(point, weights + 1 + (shape.hasMean ? 1 : 0)), nuBound) : undefined
  const half = shape.isAsymmetric ? 2 : 1
  // A rise and a fall happen half of the time each, so each share counts double in its own weight.
  const alphas = Float64Array.from({ length: shape.alphas }, (_each, lag) => half * share(lag))
  const gammas = Float64Array.from(
    { length: shape.isAsymmetric ? shape.alphas : 0 }, (_each, lag) => half * share(shape.alphas + lag) - at(alphas, lag),
  )
  const betas = Float64Array.from({ length: shape.betas }, (_each, lag) => share(weights - shape.betas + lag))
  return {
    model: { omega: Math.exp(at(point, 0)), alphas, gammas, betas },
    mu: shape.hasMean ? at(point, weights + 1) : 0,
    innovations: nu === undefined ? { dist: 'normal' } : { dist: 't', nu },
  }
}

export interface GarchObjective {
  /** The mean minus log-likelihood, so that tolerances do not depend on the length. */
  readonly value: Objective
  readonly gradient: Gradient
}

export function garchObjective(scaled: Float64Array, shape: GarchShape): GarchObjective {
  const variance = new Float64Array(scaled.length)
  const residuals = scaled.slice()
  const filter = (point: Float64Array): Unfolded => {
    const unfolded = unfold(point, shape)
    if (shape.hasMean) for (let time = 0; time < scaled.length; time++) residuals[time] = at(scaled, time) - unfolded.mu
    varianceRecursion(residuals, unfolded.model, variance)
    return unfolded
  }
  return {
    value: (point) => {
      const { innovations } = filter(point)
      return -logLikelihood(residuals, variance, innovations) / scaled.length
    },
    gradient: (point) => {
      const unfolded = filter(point)
      const slopes = likelihoodGradient({ residuals, variance }, unfolded.model, unfolded.innovations)
      return foldGradient(slopes, unfolded, shape).map((slope) => -slope / scaled.length)
    },
  }
}

/** From slopes by the model's own numbers to slopes by the free variables of `unfold`. */
function foldGradient(slopes: LikelihoodGradient, { model, innovations }: Unfolded, shape: GarchShape): Float64Array {
  const { rises, falls, betas } = slopes
  const { alphas, gammas } = model
  const weights = shape.isAsymmetric
    ? [...alphas, ...gammas.map((gamma, lag) => at(alphas, lag) + gamma), ...model.betas]
    : [...alphas, ...model.betas]
  const byWeight = shape.isAsymmetric
    ? [...rises, ...falls, ...betas]
    : [...rises.map((rise, lag) => rise + at(falls, lag)), ...betas]
  // A weight is its share, or twice that; a share grows at the cost of all others.
  const half = shape.isAsymmetric ? 2 : 1
  const gains = weights.map((weight, index) => weight * (byWeight[index] ?? 0))
  const common = gains.reduce((sum, gain) => sum + gain, 0)
  const shareOf = (index: number): number => (weights[index] ?? 0) / (index < weights.length - shape.betas ? half : 1)
  const nu = innovations.dist === 't' ? innovations.nu : nuBound.above
  return Float64Array.from([
    slopes.omega * model.omega,
    ...gains.map((gain, index) => gain - shareOf(index) * common),
    ...(shape.hasMean ? [slopes.mu] : []),
    ...(shape.hasNu ? [(slopes.nu * (nu - nuBound.above) * (nuBound.below - nu)) / (nuBound.below - nuBound.above)] : []),
  ])
}
