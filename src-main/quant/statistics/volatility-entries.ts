import { mapValue, ok, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError, QuantParameter, QuantValue } from '../catalogue-entry.ts'
import { createEntry, readNumbers, refuse, type Answers, type CheckedCall } from '../entry-form/index.ts'
import { at } from '../numeric/index.ts'
import { dccFit } from './dcc-fit.ts'
import { filterDcc, standardise } from './dcc-filter.ts'
import { choice, horizonParameter, matrix, number, record, returnsInput, returnsMatrix, series, whole } from './entry-words.ts'
import { filterVariance, type Innovations, type VarianceFilter, type VarianceModel } from './garch-filter.ts'
import { garchFit, type GarchFit } from './garch-fit.ts'

const weight = (name: string, meaning: string): QuantParameter => ({
  name, kind: 'object', meaning: `${meaning}: a number, or a list by lag`,
})
const omegaParameter: QuantParameter = { name: 'omega', kind: 'number', least: 0, meaning: 'constant of the variance' }
const distParameter = choice('dist', ['normal', 't'], 'normal', 'of the innovations; t is scaled to variance 1')
const nuParameter: QuantParameter = { name: 'nu', kind: 'number', meaning: 'degrees of freedom, for t' }
const edges = (rows: number): readonly QuantParameter[] => [
  whole('head', [0, 1_000_000], rows, 'rows shown from the start'),
  whole('tail', [0, 1_000_000], rows, 'rows shown from the end'),
]

function numbersOf(value: QuantValue | undefined, name: string): Result<Float64Array, QuantError> {
  return mapValue(readNumbers(name, typeof value === 'number' ? [value] : value), (list) => Float64Array.from(list))
}

function modelOf(params: Readonly<Record<string, QuantValue | undefined>>): Result<VarianceModel, QuantError> {
  const alphas = numbersOf(params['alpha'], 'alpha')
  if (!alphas.ok) return alphas
  const betas = numbersOf(params['beta'] ?? [], 'beta')
  if (!betas.ok) return betas
  const gammas = numbersOf(params['gamma'] ?? [], 'gamma')
  if (!gammas.ok) return gammas
  if (gammas.value.length !== 0 && gammas.value.length !== alphas.value.length) {
    return refuse('bad-parameter', 'Expected as many gammas as alphas.')
  }
  const { omega } = params
  if (typeof omega !== 'number') return refuse('bad-parameter', 'Expected omega to be a number.')
  return ok({ omega, alphas: alphas.value, betas: betas.value, gammas: gammas.value })
}

function innovationsOf(call: CheckedCall): Result<Innovations, QuantError> {
  if (call.text('dist') === 'normal') return ok({ dist: 'normal' })
  const nu = call.optionalNumber('nu')
  return nu === undefined ? refuse('bad-parameter', 'The parameter nu has to be given for t.') : ok({ dist: 't', nu })
}

/** The first and the last rows, as the reference shows a long series; all of it where they would overlap. */
const ends = (values: Float64Array, call: CheckedCall): Float64Array => {
  const [head, tail] = [call.number('head'), call.number('tail')]
  if (head + tail >= values.length) return values
  return Float64Array.from([...values.slice(0, head), ...values.slice(values.length - tail)])
}

function runFilter(call: CheckedCall): Result<Answers, QuantError> {
  const model = modelOf(Object.fromEntries(['omega', 'alpha', 'beta', 'gamma'].map((name) => [name, call.value(name)])))
  if (!model.ok) return model
  const innovations = innovationsOf(call)
  if (!innovations.ok) return innovations
  return mapValue(
    filterVariance(call.series(0), model.value, innovations.value),
    ({ sigma, loglik }: VarianceFilter) => ({ sigma: ends(sigma, call), loglik }),
  )
}

const filterOutputs = [
  series('sigma', 'standard deviations of the first and the last rows'), number('loglik', 'log-likelihood of all rows'),
]
const filterConvention = 'h[0] = mean(x²); the returns have no mean; sigma shows the first and the last rows'

const single = (values: Float64Array): number | Float64Array => (values.length === 1 ? at(values, 0) : values)

const fitParameters: readonly QuantParameter[] = [
  whole('p', [1, 10], 1, 'lags of the squared residuals'), whole('q', [0, 10], 1, 'lags of the variance'),
  choice('mean', ['zero', 'constant'], 'zero', 'of the returns'), distParameter, horizonParameter(5),
]
const fitOutputs = [
  number('omega', 'constant of the variance'), number('alpha', 'of squared residuals, a list where there are several'),
  number('beta', 'of the variance, a list where there are several'),
  number('mu', 'mean of the returns'), number('nu', 'degrees of freedom, for t'), number('loglik', 'log-likelihood'),
  number('persistence', 'what is left of a shock after one step'),
  series('sigmaForecast', 'standard deviations 1, 2, … steps ahead'),
]
const fitConvention = 'h[0] = mean(e²); log-likelihood of all rows; t scaled to variance 1 with 2.01 < nu < 100; '
  + 'stationary models with positive variance only'

function runFit(call: CheckedCall, isAsymmetric: boolean): Result<Answers, QuantError> {
  const fit = garchFit(call.series(0), {
    p: call.number('p'), q: call.number('q'), mean: call.text('mean'), dist: call.text('dist'), horizon: call.number('horizon'),
    isAsymmetric,
  })
  return mapValue(fit, ({ model, mu, nu, loglik, persistence, sigmaForecast }: GarchFit) => ({
    omega: model.omega, alpha: single(model.alphas), beta: single(model.betas),
    ...(isAsymmetric ? { gamma: single(model.gammas) } : {}),
    mu: call.text('mean') === 'constant' ? mu : null, nu, loglik, persistence, sigmaForecast,
  }))
}

const garchEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'garchFilter', title: 'GARCH filter', category: 'statistics', inputs: [returnsInput], optional: ['nu', 'beta'],
    parameters: [
      omegaParameter, weight('alpha', 'of squared returns'), weight('beta', 'of the variance'), distParameter, nuParameter,
      ...edges(40),
    ],
    formula: 'hₜ = ω + α·x²ₜ₋₁ + β·hₜ₋₁', convention: filterConvention, source: 'Bollerslev (1986); R rugarch ugarchfilter',
    outputs: filterOutputs, run: runFilter,
  }),
  createEntry({
    name: 'gjrFilter', title: 'GJR-GARCH filter', category: 'statistics', inputs: [returnsInput], optional: ['nu', 'beta'],
    parameters: [
      omegaParameter, weight('alpha', 'of squared returns'), weight('beta', 'of the variance'),
      weight('gamma', 'added to alpha after a fall'), distParameter, nuParameter, ...edges(40),
    ],
    formula: 'hₜ = ω + (α + γ·1[x<0])·x²ₜ₋₁ + β·hₜ₋₁', convention: filterConvention,
    source: 'Glosten, Jagannathan and Runkle (1993); R rugarch ugarchfilter',
    outputs: filterOutputs, run: runFilter,
  }),
  createEntry({
    name: 'garchFit', title: 'GARCH model fitted', category: 'statistics', inputs: [returnsInput], parameters: fitParameters,
    formula: 'hₜ = ω + Σ αᵢ·e²ₜ₋ᵢ + Σ βⱼ·hₜ₋ⱼ', convention: fitConvention, source: 'Bollerslev (1986, 1987); R rugarch ugarchfit',
    outputs: fitOutputs,
    run: (call) => runFit(call, false),
  }),
  createEntry({
    name: 'gjrFit', title: 'GJR-GARCH model fitted', category: 'statistics', inputs: [returnsInput], parameters: fitParameters,
    formula: 'hₜ = ω + Σ (αᵢ + γᵢ·1[e<0])·e²ₜ₋ᵢ + Σ βⱼ·hₜ₋ⱼ', convention: `${fitConvention}; α + γ is never negative`,
    source: 'Glosten, Jagannathan and Runkle (1993); R rugarch ugarchfit',
    outputs: [...fitOutputs, number('gamma', 'added to alpha after a fall')],
    run: (call) => runFit(call, true),
  }),
]

const dccStarts = ['presample z=1', 'Q[0]=Qbar'] as const

/** a, b, …, z, then numbers: the columns of a matrix have no names. */
const columnName = (column: number): string => (column < 26 ? String.fromCodePoint(97 + column) : `column${column + 1}`)

function modelsOf(value: QuantValue | undefined, columns: number): Result<readonly VarianceModel[], QuantError> {
  if (typeof value !== 'object' || value === null) {
    return refuse('bad-parameter', 'Expected univariate to be a model, or one for each column.')
  }
  const given = value as Readonly<Record<string, QuantValue>>
  const models: VarianceModel[] = []
  for (let column = 0; column < columns; column++) {
    const own = 'omega' in given ? given : Array.isArray(value) ? (
      value[column] as QuantValue | undefined
    ) : given[columnName(column)]
    if (typeof own !== 'object' || own === null) {
      return refuse('bad-parameter', `Expected a model of column ${columnName(column)}.`)
    }
    const model = modelOf(own as Readonly<Record<string, QuantValue>>)
    if (!model.ok) return model
    models.push(model.value)
  }
  return ok(models)
}

const dccOutputs = [
  number('loglik', 'of all columns together'), matrix('lastCor', 'correlations of the last row'),
  matrix('lastCov', 'covariances of the last row'),
  matrix('forecastCor', 'correlations one step ahead'), matrix('forecastCov', 'covariances one step ahead'),
  matrix('Qbar', 'covariance of the standardised residuals, ddof 1'),
]

const dccEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'dccFilter', title: 'DCC filter', category: 'statistics', inputs: [returnsMatrix],
    parameters: [
      {
        name: 'univariate', kind: 'object',
        meaning: 'omega, alpha and beta (and gamma) of all columns, or a list or record (a, b, c, …) with one for each',
      },
      { name: 'a', kind: 'number', least: 0, most: 1, meaning: 'of the last products' },
      { name: 'b', kind: 'number', least: 0, most: 1, meaning: 'of the last Q' },
      choice('init', dccStarts, 'presample z=1', 'what stands before the first row'), ...edges(60),
    ],
    formula: 'Q = Q̄(1 − a − b) + a·zzᵀ + b·Q₋₁; R = Q scaled to ones',
    convention: 'h[0] = mean(x²); Q̄ is the covariance of z, ddof 1; cor12 shows the first and the last rows',
    source: 'Engle (2002); R rmgarch dccfilter',
    outputs: [...dccOutputs, series('cor12', 'correlation of the first two columns in the first and last rows')],
    run: (call) => {
      const returns = call.matrix(0)
      const models = modelsOf(call.value('univariate'), returns.columns)
      if (!models.ok) return models
      const standardised = standardise(returns, models.value)
      if (!standardised.ok) return standardised
      const start = call.text('init') === 'Q[0]=Qbar' ? 'unconditional' : 'presample'
      const filtered = filterDcc(standardised.value, { a: call.number('a'), b: call.number('b') }, start)
      return mapValue(filtered, ({ qbar, firstPair, ...found }) => ({
        ...found, Qbar: qbar, cor12: returns.columns > 1 ? ends(firstPair, call) : null,
      }))
    },
  }),
  createEntry({
    name: 'dccFit', title: 'DCC model fitted', category: 'statistics', inputs: [returnsMatrix],
    parameters: [
      { name: 'order', kind: 'numbers', least: 1, most: 1, preset: [1, 1], meaning: 'lags of zzᵀ and of Q: 1 and 1' },
      choice('dist', ['mvnorm'], 'mvnorm', 'of all columns together'),
      choice('mean', ['zero', 'constant'], 'zero', 'of the returns'),
      choice('univariate', ['GARCH(1,1) normal'], 'GARCH(1,1) normal', 'model of each column'),
    ],
    formula: 'Q = Q̄(1 − a − b) + a·zzᵀ + b·Q₋₁; R = Q scaled to ones',
    convention: 'in two steps; before the first row z = (1, …, 1) and Q = Q̄; a constant mean is the sample mean',
    source: 'Engle (2002); R rmgarch dccfit',
    outputs: [
      record('univariate', 'omega, alpha, beta of each column: a, b, c, …'), number('a', 'of the last products'),
      number('b', 'of the last Q'), ...dccOutputs,
    ],
    run: (call) => mapValue(dccFit(call.matrix(0), call.text('mean')), ({
      univariate, a, b, qbar, mu: _mu, firstPair: _pair, ...found
    }) => ({
      univariate: Object.fromEntries(univariate.map(({ model }, column) => [
        columnName(column), { omega: model.omega, alpha: at(model.alphas, 0), beta: at(model.betas, 0) },
      ])),
      ...found, a, b, Qbar: qbar,
    })),
  }),
]

export const volatilityEntries: readonly QuantEntry[] = [...garchEntries, ...dccEntries]
