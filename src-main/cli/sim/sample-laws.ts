import { createRandom, fail, ok, type Result } from '../../base/index.ts'
import { distributions, statistics } from '../../quant/index.ts'
import type { SampleLawName } from './sample-subjects.ts'

export interface FittedLaw {
  readonly law: SampleLawName
  readonly params: Readonly<Record<string, number>>
  /** The largest gap between the sample's distribution and the law's, and how often a sample of the law has one at least as large. */
  readonly ks: { readonly d: number; readonly p: number }
  readonly logLikelihood: number
}

type QuantLaw = distributions.Law
interface Curve {
  readonly params: Readonly<Record<string, number>>
  cdf(x: number): number
  logDensity(x: number): number
}

/** By maximum likelihood. The reason why a law cannot be of this sample is a sentence of the library, in English. */
export function fitLaw(name: SampleLawName, sample: Float64Array): Result<FittedLaw, string> {
  const curve = name === 'pareto' ? paretoCurve(sample) : quantCurve(name, sample)
  if (!curve.ok) return curve
  const { params, cdf, logDensity } = curve.value
  // Under the law itself these are uniform. The steps of a law of counts are filled evenly, by chance of a fixed seed.
  const random = createRandom(1)
  const uniform = sample.map((x) => (name === 'poisson' ? cdf(x - 1) + random.nextFloat53() * (cdf(x) - cdf(x - 1)) : cdf(x)))
  const compared = statistics.ksOneSample(uniform, { name: 'uniform', min: 0, max: 1 })
  if (!compared.ok) return fail(compared.error.message)
  const { stat, pExact, pLimit } = compared.value
  return ok({ law: name, params, ks: { d: stat, p: pExact ?? pLimit }, logLikelihood: sample.reduce((sum, x) => sum + logDensity(x), 0) })
}

function quantCurve(name: Exclude<SampleLawName, 'pareto'>, sample: Float64Array): Result<Curve, string> {
  const { exponentialFit, gammaFit, lognormalFit, betaFit, poissonFit, lawCdf, lawDensity } = distributions
  const fits = { exponential: exponentialFit, gamma: gammaFit, lognormal: lognormalFit, beta: betaFit, poisson: poissonFit }
  const fitted: Result<QuantLaw, { readonly message: string }> = fits[name](sample)
  if (!fitted.ok) return fail(fitted.error.message)
  const { law: _name, ...params } = fitted.value
  return ok({ params, cdf: (x) => lawCdf(fitted.value, x), logDensity: (x) => Math.log(lawDensity(fitted.value, x)) })
}

/** Pareto (1896): above the smallest value, the share of larger ones falls as a power. The exponent's bias of two in n is taken out. */
function paretoCurve(sample: Float64Array): Result<Curve, string> {
  const scale = sample.reduce((least, x) => Math.min(least, x), Infinity)
  if (!(scale > 0)) return fail('The sample is expected to lie above 0.')
  const logs = sample.reduce((sum, x) => sum + Math.log(x / scale), 0)
  if (!(logs > 0)) return fail('The sample is constant, so its law has no spread.')
  const alpha = (sample.length - 2) / logs
  return ok({
    params: { scale, alpha },
    cdf: (x) => (x <= scale ? 0 : 1 - (scale / x) ** alpha),
    logDensity: (x) => Math.log(alpha / scale) - (alpha + 1) * Math.log(x / scale),
  })
}

/** Twice the gain in likelihood that one more parameter reaches by chance in 5 of 100 samples: chi square of one degree. */
const oneParameterGain = 3.841
/** A law is kept when a sample of it lies as far off at least this often. */
export const pLeast = 0.05

/** The law that fits best by its p. An exponential law is a gamma law with one parameter less, and is kept unless that one earns its place. */
export function bestLaw(fitted: readonly FittedLaw[]): FittedLaw | undefined {
  const best = fitted.reduce<FittedLaw | undefined>((leader, each) => (leader === undefined || each.ks.p > leader.ks.p ? each : leader), undefined)
  const simple = fitted.find(({ law }) => law === 'exponential')
  if (best?.law !== 'gamma' || simple === undefined || simple.ks.p < pLeast) return best
  return 2 * (best.logLikelihood - simple.logLikelihood) > oneParameterGain ? best : simple
}
