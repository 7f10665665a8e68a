import { andThen, ensureDefined, mapValue, ok, unreachable } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantEntry, QuantError, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, refuse, type CheckedCall } from '../entry-form/index.ts'
import { betaFit, exponentialFit, gammaFit, lognormalFit, normalFit, poissonFit } from './fits.ts'
import { checkLaw, lawNames } from './law.ts'
import type { Law, LawName } from './law.ts'
import { lawCdf, lawQuantile } from './law-functions.ts'
import { lawMoments } from './law-moments.ts'
import { sampleCheck } from './sample-check.ts'

const lawParameter: QuantParameter = {
  name: 'law', kind: 'text', choices: lawNames, meaning: 'which law; only its own parameters are read',
}

/** As the fixtures and the catalogue name them. */
const parametersOf: Readonly<Record<LawName, readonly string[]>> = {
  normal: ['mean', 'sd'], lognormal: ['mu', 'sigma'], gamma: ['shape', 'rate'], exponential: ['rate'],
  beta: ['a', 'b'], t: ['df'], poisson: ['lambda_'], nbinom: ['size', 'prob'],
}
const meanings: Readonly<Record<string, string>> = {
  mean: 'mean of the normal law',
  sd: 'standard deviation of the normal law', mu: 'mean of ln x, lognormal', sigma: 'deviation of ln x, lognormal',
  shape: 'shape of the gamma law', rate: 'rate of the gamma or exponential law', a: 'first shape of the beta law',
  b: 'second shape of the beta law', df: 'degrees of freedom of the t law', lambda_: 'mean of the Poisson law',
  size: 'successes of the negative binomial law', prob: 'probability of a success, negative binomial',
}
const numberParameters: readonly QuantParameter[] = Object.entries(meanings).map(([name, meaning]) => ({ name, kind: 'number', meaning }))
const numberNames = Object.keys(meanings)

function lawOf(call: CheckedCall): Result<Law, QuantError> {
  const name = ensureDefined(lawNames.find((known) => known === call.text('law')), 'a law among the choices')
  const needed = parametersOf[name]
  const missing = needed.find((parameter) => !call.has(parameter))
  if (missing !== undefined) return refuse('bad-parameter', `The ${name} law needs the parameter ${missing}.`)
  const strange = numberNames.find((parameter) => call.has(parameter) && !needed.includes(parameter))
  if (strange !== undefined) return refuse('bad-parameter', `The ${name} law has no parameter ${strange}.`)
  return checkLaw(lawWith(name, call.number))
}

function lawWith(law: LawName, number: (name: string) => number): Law {
  switch (law) {
    case 'normal': return { law, mean: number('mean'), sd: number('sd') }
    case 'lognormal': return { law, mu: number('mu'), sigma: number('sigma') }
    case 'gamma': return { law, shape: number('shape'), rate: number('rate') }
    case 'exponential': return { law, rate: number('rate') }
    case 'beta': return { law, a: number('a'), b: number('b') }
    case 't': return { law, df: number('df') }
    case 'poisson': return { law, lambda: number('lambda_') }
    case 'nbinom': return { law, size: number('size'), prob: number('prob') }
    default: return unreachable(law, 'law')
  }
}

const sampleInput = { name: 'sample', meaning: 'independent values' } as const

const lawEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'distribution', title: 'Probability law', category: 'distributions', formula: 'moments, quantiles and P(X ≤ x) of a law',
    convention: 'excess kurtosis; the quantile of counts is the least k with P(X ≤ k) ≥ p; moments that do not exist are null',
    source: 'scipy.stats, R d/p/q functions',
    parameters: [
      lawParameter, ...numberParameters,
      { name: 'ps', kind: 'numbers', least: 0, most: 1, preset: [], meaning: 'probabilities of the quantiles' },
      { name: 'x', kind: 'numbers', preset: [], meaning: 'where the distribution function is asked for' },
    ],
    optional: numberNames, inputs: [],
    outputs: [
      { name: 'mean', shape: 'number', meaning: 'mean' }, { name: 'variance', shape: 'number', meaning: 'variance' },
      { name: 'skew', shape: 'number', meaning: 'skewness' }, { name: 'exKurtosis', shape: 'number', meaning: 'kurtosis less 3' },
      { name: 'quantiles', shape: 'series', meaning: 'quantile of each probability' },
      { name: 'cdf', shape: 'series', meaning: 'P(X ≤ x) for each x' },
    ],
    run: (call) => mapValue(lawOf(call), (law) => ({
      ...lawMoments(law),
      quantiles: call.numbers('ps').map((p) => lawQuantile(law, p)),
      cdf: call.numbers('x').map((x) => lawCdf(law, x)),
    })),
  }),
  createEntry({
    name: 'sampleCheck', title: 'Sample against a law', category: 'distributions',
    formula: 'moments of the sample; largest gap between its distribution function and the law\'s',
    convention: 'variance with ddof 1, biased skewness and excess kurtosis; critical values by Kolmogorov\'s limit over √n',
    source: 'R ks.test, scipy.stats.kstest', parameters: [lawParameter, ...numberParameters], optional: numberNames, inputs: [sampleInput],
    outputs: [
      { name: 'n', shape: 'number', meaning: 'length of the sample' },
      { name: 'mean', shape: 'number', meaning: 'its mean' }, { name: 'variance', shape: 'number', meaning: 'its variance' },
      { name: 'skew', shape: 'number', meaning: 'its skewness' }, { name: 'exKurtosis', shape: 'number', meaning: 'its kurtosis less 3' },
      { name: 'ksStat', shape: 'number', meaning: 'largest gap, for a continuous law' },
      { name: 'ksCritical05', shape: 'number', meaning: 'gap that 5 % of samples exceed' },
      { name: 'ksCritical01', shape: 'number', meaning: 'gap that 1 % of samples exceed' },
      { name: 'counts', shape: 'series', meaning: 'how often 0, 1, 2, ... came, for a law of counts' },
      { name: 'maxCdfGap', shape: 'number', meaning: 'largest gap over the counts' },
    ],
    run: (call) => mapValue(andThen(lawOf(call), (law) => sampleCheck(call.series(0), law)), ({ kind: _kind, ...found }) => ({ ...found })),
  }),
]

interface FitForm {
  readonly name: string
  readonly title: string
  readonly formula: string
  readonly fit: (sample: Float64Array) => Result<Law, QuantError>
  readonly law: LawName
}

const fitEntry = ({ name, title, formula, fit, law }: FitForm): QuantEntry => createEntry({
  name, title, formula, category: 'distributions', convention: 'maximum likelihood', source: 'R fitdistrplus fitdist', parameters: [],
  inputs: [sampleInput],
  outputs: parametersOf[law].map((parameter) => ({ name: parameter, shape: 'number', meaning: meanings[parameter] ?? parameter })),
  run: (call) => andThen(fit(call.series(0)), ({ law: _law, ...found }) => {
    const { lambda, ...rest } = found as Readonly<Record<string, number>>
    return ok(lambda === undefined ? rest : { ...rest, lambda_: lambda })
  }),
})

const fitEntries: readonly QuantEntry[] = [
  fitEntry({ name: 'betaFit', title: 'Beta fit', formula: 'ψ(a) - ψ(a + b) = mean ln x; ψ(b) - ψ(a + b) = mean ln(1 - x)',
  fit: betaFit, law: 'beta' }),
  fitEntry({ name: 'gammaFit', title: 'Gamma fit', formula: 'ψ(k) - ln k = mean ln x - ln mean x; rate = k/mean',
  fit: gammaFit, law: 'gamma' }),
  fitEntry({ name: 'lognormalFit', title: 'Lognormal fit', formula: 'mean and deviation (ddof 0) of ln x',
  fit: lognormalFit, law: 'lognormal' }),
  fitEntry({ name: 'normalFit', title: 'Normal fit', formula: 'mean and deviation (ddof 0)', fit: normalFit, law: 'normal' }),
  fitEntry({ name: 'exponentialFit', title: 'Exponential fit', formula: 'rate = 1/mean', fit: exponentialFit, law: 'exponential' }),
  fitEntry({ name: 'poissonFit', title: 'Poisson fit', formula: 'λ = mean', fit: poissonFit, law: 'poisson' }),
]

export const distributionEntries: readonly QuantEntry[] = [...lawEntries, ...fitEntries]
