import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, refuse, type CheckedCall, type InputForm } from '../entry-form/index.ts'
import { at } from '../numeric/index.ts'
import { adf, type AdfOptions, type LagChoice } from './adf.ts'
import { arFit, type ArMethod } from './ar-fit.ts'
import { arimaFit } from './arima-fit.ts'
import { autocorrelations, ljungBox, partialAutocorrelations, type PacfMethod, type Transform } from './autocorrelation.ts'
import { engleGranger, ouHalfLife } from './cointegration.ts'
import { choice, horizonParameter, number, record, series, seriesInput, whole } from './entry-words.ts'
import { kpss, type KpssLags } from './kpss.ts'
import type { Trend } from './mackinnon.ts'

const trends = ['n', 'c', 'ct', 'ctt'] as const
const lagParameters: readonly QuantParameter[] = [
  whole('lags', [0, 10_000], undefined, 'fixed number of lagged differences; when absent the lag is chosen'),
  whole('maxlag', [0, 10_000], undefined, 'longest lag to choose from; when absent 12·(n/100)^¼'),
  {
    name: 'autolag', kind: 'text', choices: ['AIC', 'BIC', 't-stat'], preset: null,
    meaning: 'how the lag is chosen; AIC where nothing is given',
  },
]

const lagOptions = (call: CheckedCall): Omit<AdfOptions, 'trend'> => {
  const lags = call.optionalNumber('lags')
  const lagsMost = call.optionalNumber('maxlag')
  const lagChoice = call.optionalText<LagChoice>('autolag')
  return {
    ...(lags === undefined ? {} : { lags }), ...(lagsMost === undefined ? {} : { lagsMost }),
    ...(lagChoice === undefined ? {} : { choice: lagChoice }),
  }
}
const optionalLags = ['lags', 'maxlag', 'autolag']

const p = number('p', 'probability of a statistic at least as far out')
const forecastOutputs = [series('forecast', '1, 2, … steps ahead'), series('forecastSe', 'standard errors of the forecasts')]
const pair: readonly InputForm[] = [
  { name: 'y', meaning: 'the series to explain', shape: 'series' },
  { name: 'x', meaning: 'the series that explains it, or several as columns', shape: 'matrix', isSeriesToo: true },
]

/** A single number where there is a single one, as the reference prints it. */
const single = (values: Float64Array): number | Float64Array => (values.length === 1 ? at(values, 0) : values)

const unitRootEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'adf', title: 'Augmented Dickey–Fuller test', category: 'statistics', inputs: [seriesInput], optional: optionalLags,
    parameters: [choice('regression', trends, 'c', 'none, constant, trend, squared trend'), ...lagParameters],
    formula: 'Δyₜ = trend + γ·yₜ₋₁ + Σ δᵢ·Δyₜ₋ᵢ + eₜ; stat = γ/se(γ)',
    convention: 'p of MacKinnon (1994), critical values of 2010; the lag is chosen on the common sample, then fitted on all rows',
    source: 'statsmodels adfuller; R urca',
    outputs: [
      number('stat', 'statistic'), p, number('usedLag', 'lagged differences'), number('nobs', 'rows of the regression'),
      number('icbest', 'criterion of the chosen lag, or its |t|'), record('crit', 'critical values p1, p5, p10'),
    ],
    run: (call) => mapValue(
      adf(call.series(0), { trend: call.text<Trend>('regression'), ...lagOptions(call) }),
      (found) => ({ ...found, crit: { ...found.crit } }),
    ),
  }),
  createEntry({
    name: 'kpss', title: 'KPSS test of stationarity', category: 'statistics', inputs: [seriesInput],
    parameters: [
      choice('regression', ['c', 'ct'], 'c', 'constant or trend'),
      { name: 'lags', kind: 'object', preset: 'auto', meaning: 'a number, legacy for 12·(n/100)^¼, or auto from the data' },
    ],
    formula: 'Σ Sₜ²/(n²·σ̂²), S the running sum of the residuals',
    convention: 'Bartlett’s kernel; p interpolated in the table and held in [0.01, 0.1]',
    source: 'Kwiatkowski, Phillips, Schmidt and Shin (1992); statsmodels kpss; R urca',
    outputs: [number('stat', 'statistic'), p, number('lags', 'of the kernel')],
    run: (call) => {
      const lags = call.value('lags')
      const isRule = lags === 'legacy' || lags === 'auto'
      if (typeof lags !== 'number' && !isRule) return refuse('bad-parameter', 'Expected lags to be a number, legacy or auto.')
      return mapValue(
        kpss(call.series(0), call.text<'c' | 'ct'>('regression'), lags satisfies KpssLags), (found) => ({ ...found }),
      )
    },
  }),
  createEntry({
    name: 'engleGranger', title: 'Engle–Granger cointegration test', category: 'statistics', inputs: pair, optional: optionalLags,
    parameters: [choice('trend', trends, 'c', 'of the cointegrating regression'), ...lagParameters],
    formula: 'y = const + β·x + u; Dickey–Fuller without constant on u',
    convention: 'MacKinnon’s p for as many series as there are',
    source: 'Engle and Granger (1987); statsmodels coint',
    outputs: [
      number('stat', 'statistic'), p, number('const', 'constant'), number('beta', 'hedge ratio, or one for each x'),
      number('usedLag', 'lagged differences'),
      record('crit', 'critical values p1, p5, p10'),
    ],
    run: (call) => mapValue(
      engleGranger(call.series(0), call.matrix(1), { trend: call.text<Trend>('trend'), ...lagOptions(call) }),
      ({ stat, p, const: constant, betas, usedLag, crit }) => ({
        stat, p, const: constant, beta: single(betas), usedLag, crit: { ...crit },
      }),
    ),
  }),
  createEntry({
    name: 'ouHalfLife', title: 'Half-life of a spread', category: 'statistics', inputs: pair, inputsLess: 1, parameters: [],
    formula: 'Δs = c + slope·s₋₁; halfLife = −ln 2/slope, halfLifeExact = −ln 2/ln(1 + slope)',
    convention: 'with two series the spread is the residual of the first on the second and a constant; one is the spread itself',
    source: 'Ornstein–Uhlenbeck process in discrete time',
    outputs: [
      number('slope', 'of Δs on s₋₁'), number('halfLife', 'in periods'),
      number('halfLifeExact', 'in periods, of the autoregression'),
    ],
    run: (call) => {
      if (call.inputs === 1) return mapValue(ouHalfLife(call.series(0)), (found) => ({ ...found }))
      const balance = engleGranger(call.series(0), call.matrix(1), { lags: 0 })
      return balance.ok ? mapValue(ouHalfLife(balance.value.residuals), (found) => ({ ...found })) : balance
    },
  }),
]

const lagsParameter = whole('lags', [0, 100_000], 10, 'longest lag')

const correlationEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'ljungBox', title: 'Ljung–Box and Box–Pierce tests', category: 'statistics', inputs: [seriesInput],
    parameters: [
      whole('lags', [1, 100_000], 10, 'longest lag'), choice('transform', ['none', 'x^2', '|x|'], 'none', 'before the test'),
      whole('fitted', [0, 1000], 0, 'fitted parameters, which cost degrees of freedom'),
    ],
    formula: 'n(n + 2)·Σ ρₖ²/(n − k), and n·Σ ρₖ²',
    convention: 'the mean is removed after the transform; biased autocorrelations; χ²(lags − fitted)',
    source: 'Ljung and Box (1978); R Box.test; statsmodels acorr_ljungbox',
    outputs: [number('lbStat', 'Ljung–Box'), number('lbP', 'its p'), number('bpStat', 'Box–Pierce'), number('bpP', 'its p')],
    run: (call) => mapValue(
      ljungBox(call.series(0), call.number('lags'), call.text<Transform>('transform'), call.number('fitted')),
      (found) => ({ ...found }),
    ),
  }),
  createEntry({
    name: 'acf', title: 'Autocorrelations', category: 'statistics', inputs: [seriesInput],
    parameters: [lagsParameter, { name: 'adjusted', kind: 'boolean', preset: false, meaning: 'divide by n − lag instead of n' }],
    formula: 'ρₖ = γₖ/γ₀', convention: 'from lag 0, which is 1', source: 'R acf; statsmodels acf',
    outputs: [series('acf', 'from lag 0')],
    run: (call) => mapValue(autocorrelations(call.series(0), call.number('lags'), call.flag('adjusted')), (acf) => ({ acf })),
  }),
  createEntry({
    name: 'pacf', title: 'Partial autocorrelations', category: 'statistics', inputs: [seriesInput],
    parameters: [lagsParameter, choice('method', ['ldb', 'ld'], 'ldb', 'ldb divides autocovariances by n, ld by n − lag')],
    formula: 'last coefficient of the Yule–Walker equations of each order', convention: 'from lag 0, which is 1',
    source: 'Levinson and Durbin; R pacf; statsmodels pacf',
    outputs: [series('pacf', 'from lag 0')],
    run: (call) => mapValue(
      partialAutocorrelations(call.series(0), call.number('lags'), call.text<PacfMethod>('method')), (pacf) => ({ pacf }),
    ),
  }),
]

const fitEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'arimaFit', title: 'ARIMA model fitted', category: 'statistics', inputs: [seriesInput],
    parameters: [
      { name: 'order', kind: 'numbers', least: 0, most: 20, meaning: 'p, d and q' },
      { name: 'constant', kind: 'boolean', preset: false, meaning: 'estimate the mean of the differenced series' },
      horizonParameter(8),
    ],
    formula: 'Xₜ = Σ φᵢXₜ₋ᵢ + eₜ + Σ θⱼeₜ₋ⱼ of the differenced series',
    convention: 'exact Gaussian likelihood of the differenced series; mean is that of the process; aic counts σ²',
    source: 'Jones (1980); Harvey (1989); R arima(method = "ML")',
    outputs: [
      number('ar', 'φ, a list where there are several'), number('ma', 'θ, a list where there are several'),
      number('mean', 'of the differenced series'),
      number('sigma2', 'variance of e'), number('loglik', 'log-likelihood'), number('aic', 'Akaike'), number('bic', 'Schwarz'),
      ...forecastOutputs,
      series('se', 'standard errors of ar, ma and mean'),
    ],
    run: (call) => {
      const order = call.numbers('order')
      if (order.length !== 3 || order.some((value) => !Number.isInteger(value))) {
        return refuse('bad-parameter', 'Expected order to be three whole numbers: p, d and q.')
      }
      const [p, d, q] = [at(order, 0), at(order, 1), at(order, 2)]
      return mapValue(arimaFit(call.series(0), { p, d, q }, call.flag('constant'), call.number('horizon')), (fit) => ({
        ...fit, ar: single(fit.ar), ma: single(fit.ma),
      }))
    },
  }),
  createEntry({
    name: 'arFit', title: 'Autoregression fitted', category: 'statistics', inputs: [seriesInput],
    parameters: [
      whole('order', [1, 100], undefined, 'lags'),
      choice('method', ['ols', 'yule-walker', 'ml'], 'ols', 'least squares, autocovariances or exact likelihood'),
      horizonParameter(8),
    ],
    formula: 'Xₜ = const + Σ φᵢXₜ₋ᵢ + eₜ',
    convention: 'mean is that of the process, const/(1 − Σ φ); ols is conditional; yule-walker divides by n',
    source: 'statsmodels AutoReg; R ar.yw; R arima',
    outputs: [
      number('const', 'constant'), series('coef', 'φ'), number('mean', 'of the process'), number('sigma2', 'variance of e'),
      number('loglik', 'log-likelihood'), ...forecastOutputs,
    ],
    run: (call) => mapValue(
      arFit(call.series(0), call.number('order'), call.text<ArMethod>('method'), call.number('horizon')), (fit) => ({ ...fit }),
    ),
  }),
]

export const timeSeriesEntries: readonly QuantEntry[] = [...unitRootEntries, ...correlationEntries, ...fitEntries]
