import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { constantSeries, refuse, refuseSeries } from '../entry-form/index.ts'
import { bfgs, freeFrom, isConstant, meanOf, momentsOf, varianceOf, type Minimum } from '../numeric/index.ts'
import { forecastSigma, meanSquare, persistenceOf, varianceRecursion, type VarianceModel } from './garch-filter.ts'
import { garchObjective, nuBound, shapeOf, unfold, type GarchOptions, type GarchShape } from './garch-objective.ts'

export interface GarchFit {
  readonly model: VarianceModel
  readonly mu: number
  readonly nu: number | undefined
  readonly loglik: number
  readonly persistence: number
  readonly sigma: Float64Array
  readonly sigmaForecast: Float64Array
}

const nuStart = 7
/** How many of the tried starts are followed to their maximum. */
const searches = 3

/**
 * By maximum likelihood over the stationary models whose variance is always positive: every weight is a share of one, the rest is
 * what is missing to persistence one. The likelihood has several maxima, so it is looked at on a grid first.
 */
export function garchFit(returns: Float64Array, options: GarchOptions = {}): Result<GarchFit, QuantError> {
  const shape = shapeOf(options)
  const refusal = refuseSeries('The series', returns, 20 + 10 * shape.size) ?? (isConstant(returns) ? constantSeries : undefined)
  if (refusal !== undefined) return refusal
  // A fit of the series in units of its own deviation does not depend on whether returns are in percent.
  const unit = Math.sqrt(shape.hasMean ? varianceOf(momentsOf(returns), 0) : meanSquare(returns))
  const scaled = returns.map((value) => value / unit)
  const { value, gradient } = garchObjective(scaled, shape)
  const tried = startsOf(scaled, shape).map((point) => ({ point, value: value(point) }))
    .sort((left, right) => left.value - right.value)
  const found = tried.slice(0, searches).map(({ point }) => bfgs(value, point, { gradient, gradientTolerance: 1e-7 }))
  const minima = found.flatMap((result) => (result.ok ? [result.value] : [])).sort((left, right) => left.value - right.value)
  const best = minima[0]
  const failure = found[0]
  if (best === undefined) {
    return refuse(
      'not-converged', `No start led to a maximum of the likelihood: ${failure?.ok === false ? failure.error.message : ''}`,
    )
  }
  const lower = found.find(
    (result) => !result.ok && result.error.best !== undefined && result.error.best.value < best.value - 1e-7,
  )
  if (lower !== undefined) {
    return refuse('not-converged', 'A search reached a higher likelihood than the others, but not its maximum.')
  }
  if (isFlat(minima, shape)) {
    return refuse('degenerate', 'The likelihood is flat: quite different models explain the series equally well.')
  }
  return ok(interpret(best, { returns, unit, shape, horizon: options.horizon ?? 5 }))
}

function startsOf(scaled: Float64Array, shape: GarchShape): readonly Float64Array[] {
  const mean = shape.hasMean ? meanOf(scaled) : 0
  const starts: Float64Array[] = []
  for (const alpha of [0.02, 0.05, 0.1, 0.2, 0.4]) {
    for (const persistence of [0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.995]) {
      const beta = persistence - alpha
      if (shape.betas > 0 ? beta <= 0 : persistence > 0.8) continue
      for (const tilt of shape.isAsymmetric ? [0.2, 0.5, 0.8] : [1]) {
        starts.push(startOf({ alpha, beta, persistence, tilt, mean }, shape))
      }
    }
  }
  return starts
}

interface Start {
  readonly alpha: number
  readonly beta: number
  readonly persistence: number
  /** The part of alpha that rises have. */
  readonly tilt: number
  readonly mean: number
}

function startOf({ alpha, beta, persistence, tilt, mean }: Start, shape: GarchShape): Float64Array {
  const own = shape.betas > 0 ? alpha : persistence
  const missing = Math.log(1 - persistence)
  const spread = (total: number, count: number): number[] =>
    Array.from({ length: count }, () => Math.log(total / count) - missing)
  const rises = spread(own * tilt, shape.alphas)
  const falls = shape.isAsymmetric ? spread(own * (1 - tilt), shape.alphas) : []
  return Float64Array.from([
    missing, ...rises, ...falls, ...spread(beta, shape.betas),
    ...(shape.hasMean ? [mean] : []), ...(shape.hasNu ? [freeFrom(nuStart, nuBound)] : []),
  ])
}

/** Two maxima of one height far from each other. */
function isFlat(minima: readonly Minimum[], shape: GarchShape): boolean {
  const [best] = minima
  if (best === undefined) return false
  const persistence = persistenceOf(unfold(best.point, shape).model)
  return minima.some(({ point, value }) =>
    value - best.value < 1e-9 && Math.abs(persistenceOf(unfold(point, shape).model) - persistence) > 0.05)
}

interface Fitted {
  readonly returns: Float64Array
  readonly unit: number
  readonly shape: GarchShape
  readonly horizon: number
}

function interpret({ point, value }: Minimum, { returns, unit, shape, horizon }: Fitted): GarchFit {
  const { model: scaledModel, mu: scaledMu, innovations } = unfold(point, shape)
  const model = { ...scaledModel, omega: scaledModel.omega * unit * unit }
  const mu = scaledMu * unit
  const residuals = returns.map((value) => value - mu)
  const variance = new Float64Array(returns.length)
  varianceRecursion(residuals, model, variance)
  return {
    model,
    mu,
    nu: innovations.dist === 't' ? innovations.nu : undefined,
    loglik: -value * returns.length - returns.length * Math.log(unit),
    persistence: persistenceOf(model),
    sigma: variance.map((each) => Math.sqrt(each)),
    sigmaForecast: forecastSigma(residuals, model, horizon),
  }
}

