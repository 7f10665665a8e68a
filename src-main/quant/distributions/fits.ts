import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries, type Refusal } from '../entry-form/index.ts'
import { meanOf, momentsOf } from '../numeric/index.ts'
import { digamma, monotoneRoot, trigamma } from '../special/index.ts'
import { betaOptimum } from './beta-optimum.ts'
import type { Law } from './law.ts'

type Fit<Name extends Law['law']> = Result<Extract<Law, { readonly law: Name }>, QuantError>

/** All fits are by maximum likelihood. */
export function normalFit(sample: Float64Array): Fit<'normal'> {
  const refusal = refuseSeries('sample', sample, 2)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(sample)
  if (moments.isConstant) return constant()
  return ok({ law: 'normal', mean: moments.mean, sd: Math.sqrt(moments.second) })
}

export function lognormalFit(sample: Float64Array): Fit<'lognormal'> {
  const refusal = refuseSeries('sample', sample, 2) ?? refuseOutOf(sample, 0, Infinity)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(sample.map(Math.log))
  if (moments.isConstant) return constant()
  return ok({ law: 'lognormal', mu: moments.mean, sigma: Math.sqrt(moments.second) })
}

export function exponentialFit(sample: Float64Array): Fit<'exponential'> {
  const refusal = refuseSeries('sample', sample, 1)
  if (refusal !== undefined) return refusal
  if (sample.some((value) => value < 0)) return refuse('bad-input', 'The sample is expected to hold no value below 0.')
  const center = meanOf(sample)
  if (!(center > 0)) return refuse('degenerate', 'The sample is all 0, so its rate is infinite.')
  return ok({ law: 'exponential', rate: 1 / center })
}

export function poissonFit(sample: Float64Array): Fit<'poisson'> {
  const refusal = refuseSeries('sample', sample, 1)
  if (refusal !== undefined) return refusal
  if (!sample.every((value) => Number.isInteger(value) && value >= 0)) return refuse('bad-input', 'The sample is expected to hold counts.')
  const lambda = meanOf(sample)
  if (!(lambda > 0)) return refuse('degenerate', 'The sample is all 0, so its law has no spread.')
  return ok({ law: 'poisson', lambda })
}

/** The shape k solves ψ(k) - ln k = mean ln x - ln mean x, whose left side rises with k. */
export function gammaFit(sample: Float64Array): Fit<'gamma'> {
  const refusal = refuseSeries('sample', sample, 2) ?? refuseOutOf(sample, 0, Infinity)
  if (refusal !== undefined) return refusal
  const center = meanOf(sample)
  if (momentsOf(sample).isConstant) return constant()
  // ln of each value over the mean: a common scale leaves no trace in the difference.
  const gap = -meanOf(sample.map((value) => Math.log(value / center)))
  if (!(gap > 1e-11)) return refuse('not-converged', 'The values of the sample are too near to each other for a gamma law.')
  const start = Math.log((3 - gap + Math.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap))
  const logShape = monotoneRoot(
    {
      valueAt: (at) => digamma(Math.exp(at)) - at + gap,
      slopeAt: (at) => Math.exp(at) * trigamma(Math.exp(at)) - 1,
    },
    [-300, 300],
    start,
  )
  const shape = Math.exp(logShape)
  return ok({ law: 'gamma', shape, rate: shape / center })
}

export function betaFit(sample: Float64Array): Fit<'beta'> {
  const refusal = refuseSeries('sample', sample, 2) ?? refuseOutOf(sample, 0, 1)
  if (refusal !== undefined) return refusal
  const moments = momentsOf(sample)
  if (moments.isConstant) return constant()
  const optimum = betaOptimum(
    { logOfX: meanOf(sample.map(Math.log)), logOfRest: meanOf(sample.map((value) => Math.log1p(-value))) },
    moments,
  )
  if (optimum === undefined) return refuse('not-converged', 'The likelihood of the beta law has no maximum that could be found.')
  return ok({ law: 'beta', ...optimum })
}

const constant = (): Refusal => refuse('degenerate', 'The sample is constant, so its law has no spread.')

function refuseOutOf(sample: Float64Array, above: number, below: number): Refusal | undefined {
  const strange = sample.findIndex((value) => !(value > above && value < below))
  if (strange < 0) return undefined
  const range = below === Infinity ? `above ${above}` : `between ${above} and ${below}`
  return refuse('bad-input', `The sample is expected to lie ${range}, but the value at ${strange} is ${sample[strange]}.`)
}
