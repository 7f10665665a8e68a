import { mapValue, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, refuse, type CheckedCall } from '../entry-form/index.ts'
import type { QuantileType } from '../numeric/index.ts'
import { choice, number, sampleInput, series, twoSamples, whole } from './entry-words.ts'
import { ksOneSample, ksTwoSample, type Law } from './kolmogorov-smirnov.ts'
import { jarqueBera, moments, quantiles } from './moments.ts'
import { studentTFit } from './student-t-fit.ts'
import { mannWhitney, welchT } from './two-samples.ts'

const laws = ['normal', 't', 'uniform', 'exponential', 'lognormal', 'logistic'] as const

const lawParameters: readonly QuantParameter[] = [
  choice('dist', laws, 'normal', 'the law that is compared with'),
  { name: 'mean', kind: 'number', preset: 0, meaning: 'of the normal and logistic law, and of the logarithm for lognormal' },
  { name: 'sd', kind: 'number', preset: 1, meaning: 'standard deviation that belongs to mean' },
  { name: 'df', kind: 'number', meaning: 'degrees of freedom of t' },
  { name: 'loc', kind: 'number', preset: 0, meaning: 'centre of t' },
  { name: 'scale', kind: 'number', preset: 1, meaning: 'scale of t' },
  { name: 'min', kind: 'number', preset: 0, meaning: 'lower end of uniform' },
  { name: 'max', kind: 'number', preset: 1, meaning: 'upper end of uniform' },
  { name: 'rate', kind: 'number', preset: 1, meaning: 'of exponential: one over its mean' },
]

function lawOf(call: CheckedCall): Result<Law, QuantError> {
  const name = call.text<(typeof laws)[number]>('dist')
  if (name === 't') {
    const df = call.optionalNumber('df')
    if (df === undefined) return refuse('bad-parameter', 'The parameter df has to be given for t.')
    return { ok: true, value: { name, df, loc: call.number('loc'), scale: call.number('scale') } }
  }
  if (name === 'uniform') return { ok: true, value: { name, min: call.number('min'), max: call.number('max') } }
  if (name === 'exponential') return { ok: true, value: { name, rate: call.number('rate') } }
  return { ok: true, value: { name, mean: call.number('mean'), sd: call.number('sd') } }
}

const pValue = number('p', 'probability of a statistic at least as far out')
const ksOutputs = [
  number('stat', 'largest gap between the distribution functions'),
  number('pLimit', 'from the limiting law of Kolmogorov'),
  number('pExact', 'for samples of these sizes'),
]

export const distributionEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'moments', title: 'Sample moments', category: 'statistics', inputs: [sampleInput], parameters: [],
    formula: 'skew = m₃/m₂^1.5, exKurtosis = m₄/m₂² − 3',
    convention: 'var1 and std1 divide by n − 1, var0 by n; skew and exKurtosis are biased, Adj are Fisher’s G₁ and G₂; mad is not scaled',
    source: 'scipy.stats; pandas',
    outputs: [
      number('mean', 'average'), number('var1', 'variance, ddof 1'), number('std1', 'standard deviation, ddof 1'),
      number('var0', 'variance, ddof 0'),
      number('skew', 'biased'), number('exKurtosis', 'excess, biased'), number('skewAdj', 'adjusted'),
      number('exKurtosisAdj', 'excess, adjusted'),
      number('median', 'type 7'), number('mad', 'median distance from the median'),
    ],
    run: (call) => mapValue(moments(call.series(0)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'quantile', title: 'Sample quantiles', category: 'statistics', inputs: [sampleInput],
    parameters: [
      { name: 'ps', kind: 'numbers', least: 0, most: 1, meaning: 'shares below' },
      whole('type', [1, 9], 7, 'of Hyndman and Fan; 7 is linear between order statistics'),
    ],
    formula: 'interpolated between order statistics', convention: 'types as numbered in R',
    source: 'Hyndman and Fan (1996); R quantile',
    outputs: [series('q', 'one for each share')],
    // The range of the parameter is that of the type.
    run: (call) => mapValue(quantiles(call.series(0), call.numbers('ps'), call.number('type') as QuantileType), (q) => ({ q })),
  }),
  createEntry({
    name: 'jarqueBera', title: 'Jarque–Bera test of normality', category: 'statistics', inputs: [sampleInput], parameters: [],
    formula: 'n/6·(S² + K²/4)', convention: 'biased moments; p from χ²(2)',
    source: 'Jarque and Bera (1980); scipy.stats.jarque_bera',
    outputs: [number('stat', 'statistic'), pValue],
    run: (call) => mapValue(jarqueBera(call.series(0)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'ksOneSample',
    title: 'Kolmogorov–Smirnov test against a law', category: 'statistics', inputs: [sampleInput], parameters: lawParameters,
    optional: ['df'],
    formula: 'sup |Fₙ(x) − F(x)|',
    convention: 'two-sided; the law is known, not estimated; pExact is exact up to 140 values, Pelz and Good’s expansion above',
    source: 'Marsaglia, Tsang and Wang (2003); Simard and L’Ecuyer (2011); scipy.stats.ks_1samp', outputs: ksOutputs,
    run: (call) => {
      const law = lawOf(call)
      return law.ok ? mapValue(ksOneSample(call.series(0), law.value), (found) => ({ ...found })) : law
    },
  }),
  createEntry({
    name: 'ksTwoSample', title: 'Kolmogorov–Smirnov test of two samples', category: 'statistics', inputs: twoSamples, parameters: [],
    formula: 'sup |Fₙ(x) − Gₘ(x)|',
    convention: 'two-sided; pLimit with n·m/(n + m) values, pExact counts lattice paths and knows no ties',
    source: 'scipy.stats.ks_2samp', outputs: ksOutputs,
    run: (call) => mapValue(ksTwoSample(call.series(0), call.series(1)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'welchT', title: 'Welch’s t-test', category: 'statistics', inputs: twoSamples, parameters: [],
    formula: '(x̄ − ȳ)/√(s²ₓ/n + s²ᵧ/m)', convention: 'two-sided, variances not pooled', source: 'Welch (1947); R t.test',
    outputs: [number('t', 'statistic'), pValue, number('df', 'degrees of freedom of Welch and Satterthwaite')],
    run: (call) => mapValue(welchT(call.series(0), call.series(1)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'mannWhitney', title: 'Mann–Whitney U test', category: 'statistics', inputs: twoSamples, parameters: [],
    formula: 'U = rank sum of the first sample − n(n + 1)/2',
    convention: 'two-sided normal approximation with corrections for continuity and ties',
    source: 'Mann and Whitney (1947); R wilcox.test', outputs: [number('U', 'of the first sample'), pValue],
    run: (call) => mapValue(mannWhitney(call.series(0), call.series(1)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'studentTFit', title: 'Student’s law fitted', category: 'statistics', inputs: [sampleInput], parameters: [],
    formula: 'argmax Σ ln f((x − loc)/scale; df)/scale',
    convention: 'maximum likelihood; a sample with normal or lighter tails is refused',
    source: 'R MASS::fitdistr; scipy.stats.t.fit',
    outputs: [
      number('df', 'degrees of freedom'), number('loc', 'centre'), number('scale', 'scale, not the deviation'),
      number('loglik', 'log-likelihood'),
    ],
    run: (call) => mapValue(studentTFit(call.series(0)), (found) => ({ ...found })),
  }),
]
