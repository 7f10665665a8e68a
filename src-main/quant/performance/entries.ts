import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantParameter } from '../catalogue-entry.ts'
import { createEntry } from '../entry-form/index.ts'
import { annualisationParameter, returnsInput, riskFreeParameter } from '../risk-measures/index.ts'
import { capm } from './benchmark.ts'
import { performance } from './growth.ts'
import { omega, profitFactor, sharpe, sortino, tailRatio } from './ratios.ts'
import { olsSimple } from './regression.ts'
import { deflatedSharpe, minTrackRecord, probabilisticSharpe } from './sharpe-inference.ts'
import { sizingEntries } from './sizing-entries.ts'

const benchmarkInput = { name: 'benchmark', meaning: 'returns of the benchmark in the same periods' } as const
const benchmarkRatio: QuantParameter = { name: 'benchmark', kind: 'number', preset: 0, meaning: 'Sharpe ratio of a period to be above' }

const growthEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'performance', title: 'Performance', category: 'performance',
    formula: 'total = Π(1 + r) - 1; CAGR = Π(1 + r)^(ann/n) - 1; volatility = sd √ann; Calmar = CAGR/max drawdown',
    convention: 'geometric growth, sd with ddof 1', source: 'PerformanceAnalytics Return.annualized, StdDev.annualized, CalmarRatio',
    parameters: [annualisationParameter], inputs: [returnsInput],
    outputs: [
      { name: 'totalReturn', shape: 'number', meaning: 'growth over all periods' },
      { name: 'cagr', shape: 'number', meaning: 'growth of a year' },
      { name: 'annVol', shape: 'number', meaning: 'volatility of a year' },
      { name: 'calmar', shape: 'number', meaning: 'growth of a year over the largest drawdown' },
    ],
    run: (call) => mapValue(performance(call.series(0), { annualisation: call.number('annualisation') }), (value) => ({ ...value })),
  }),
  createEntry({
    name: 'sharpe', title: 'Sharpe ratio', category: 'performance', formula: 'mean(r - rf/ann)/sd, times √ann for a year',
    convention: 'sd with ddof 1 unless said otherwise; null for constant returns', source: 'Sharpe 1994; PerformanceAnalytics SharpeRatio',
    parameters: [
      riskFreeParameter, annualisationParameter, { name: 'ddof', kind: 'integer', least: 0, preset: 1, meaning: 'subtracted from n' },
    ],
    inputs: [returnsInput],
    outputs: [
      { name: 'perPeriod', shape: 'number', meaning: 'ratio of a period' },
      { name: 'annualised', shape: 'number', meaning: 'ratio of a year' },
    ],
    run: (call) => mapValue(
      sharpe(call.series(0), { rf: call.number('rf'), annualisation: call.number('annualisation'), ddof: call.number('ddof') }),
      (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'sortino', title: 'Sortino ratio', category: 'performance',
    formula: 'mean(r - mar)/√mean(min(r - mar, 0)²), times √ann for a year',
    convention: 'the mean of squares is over all periods; null without a shortfall', source: 'PerformanceAnalytics SortinoRatio',
    parameters: [{ name: 'mar', kind: 'number', preset: 0, meaning: 'least acceptable return of a period' }, annualisationParameter],
    inputs: [returnsInput],
    outputs: [
      { name: 'perPeriod', shape: 'number', meaning: 'ratio of a period' },
      { name: 'annualised', shape: 'number', meaning: 'ratio of a year' },
      { name: 'downsideDeviation', shape: 'number', meaning: 'root mean square of the shortfalls' },
    ],
    run: (call) => mapValue(
      sortino(call.series(0), { mar: call.number('mar'), annualisation: call.number('annualisation') }), (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'omega', title: 'Omega ratio', category: 'performance', formula: 'Σ max(r - threshold, 0)/Σ max(threshold - r, 0)',
    convention: 'null without a shortfall', source: 'Keating and Shadwick 2002; PerformanceAnalytics Omega',
    parameters: [{ name: 'threshold', kind: 'number', preset: 0, meaning: 'return of a period to be above' }], inputs: [returnsInput],
    outputs: [{ name: 'omega', shape: 'number', meaning: 'gains for each unit of shortfall' }],
    run: (call) => mapValue(omega(call.series(0), { threshold: call.number('threshold') }), (value) => ({ omega: value })),
  }),
  createEntry({
    name: 'profitFactor', title: 'Profit factor', category: 'performance',
    formula: 'Σ wins/Σ losses; win rate = wins/n; payoff = mean win/mean loss; gain to pain = Σ r/Σ losses',
    convention: 'returns of 0 count in n only; null without a loss', source: 'Schwager 2012', parameters: [], inputs: [returnsInput],
    outputs: [
      { name: 'profitFactor', shape: 'number', meaning: 'gains for each unit of loss' },
      { name: 'winRate', shape: 'number', meaning: 'share of periods with a gain' },
      { name: 'payoff', shape: 'number', meaning: 'mean win over mean loss' },
      { name: 'gainToPain', shape: 'number', meaning: 'net result for each unit of loss' },
    ],
    run: (call) => mapValue(profitFactor(call.series(0)), (value) => ({ ...value })),
  }),
  createEntry({
    name: 'tailRatio', title: 'Tail ratio', category: 'performance', formula: '|Q(0.95)|/|Q(0.05)|', convention: 'type-7 quantiles',
    source: 'empyrical tail_ratio', parameters: [], inputs: [returnsInput],
    outputs: [{ name: 'tailRatio', shape: 'number', meaning: 'size of the right tail over the left one' }],
    run: (call) => mapValue(tailRatio(call.series(0)), (value) => ({ tailRatio: value })),
  }),
]

const regressionEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'capm', title: 'Against a benchmark', category: 'performance',
    formula: 'r - rf = α + β(b - rf); tracking error = sd(r - b) √ann; information ratio = (CAGR of r - CAGR of b)/tracking error',
    convention: 'rf/ann in each period, sd with ddof 1, geometric growth',
    source: 'PerformanceAnalytics CAPM.beta, TrackingError, InformationRatio',
    parameters: [riskFreeParameter, annualisationParameter], inputs: [returnsInput, benchmarkInput],
    outputs: [
      { name: 'beta', shape: 'number', meaning: 'slope on the benchmark' },
      { name: 'alphaPerPeriod', shape: 'number', meaning: 'intercept of a period' },
      { name: 'trackingErrorAnn', shape: 'number', meaning: 'volatility of the difference in a year' },
      { name: 'informationRatio', shape: 'number', meaning: 'gain over the benchmark for each unit of tracking error' },
    ],
    run: (call) => mapValue(
      capm(call.series(0), call.series(1), { rf: call.number('rf'), annualisation: call.number('annualisation') }),
      (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'olsSimple', title: 'Regression on one series', category: 'performance', formula: 'y = a + b x by least squares',
    convention: 'lists hold intercept, then slope; two-sided p with n - 2 degrees of freedom', source: 'R lm', parameters: [],
    inputs: [{ name: 'explained', meaning: 'the series y' }, { name: 'explaining', meaning: 'the series x' }],
    outputs: [
      { name: 'coef', shape: 'series', meaning: 'intercept and slope' },
      { name: 'se', shape: 'series', meaning: 'standard errors' },
      { name: 't', shape: 'series', meaning: 't statistics' },
      { name: 'p', shape: 'series', meaning: 'two-sided p-values' },
      { name: 'r2', shape: 'number', meaning: 'share of the variance that is explained' },
    ],
    run: (call) => mapValue(olsSimple(call.series(0), call.series(1)), (line) => ({
      coef: [line.intercept, line.slope],
      se: [line.interceptError, line.slopeError],
      t: [
        line.interceptError === null ? null : line.intercept / line.interceptError,
        line.slopeError === null ? null : line.slope / line.slopeError,
      ],
      p: [line.interceptP, line.slopeP],
      r2: line.r2,
    })),
  }),
]

const inferenceEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'probabilisticSharpe', title: 'Probabilistic Sharpe ratio', category: 'performance',
    formula: 'Φ((SR - SR*) √(n - 1)/√(1 - S·SR + (K - 1)/4 SR²))',
    convention: 'ratio of a period with ddof 1; biased skewness S and plain (not excess) kurtosis K',
    source: 'Bailey and López de Prado 2012',
    parameters: [benchmarkRatio], inputs: [returnsInput],
    outputs: [
      { name: 'sharpe', shape: 'number', meaning: 'ratio of a period' },
      { name: 'psr', shape: 'number', meaning: 'chance that the true ratio is above the benchmark' },
    ],
    run: (call) => mapValue(probabilisticSharpe(call.series(0), { benchmark: call.number('benchmark') }), (value) => ({ ...value })),
  }),
  createEntry({
    name: 'deflatedSharpe', title: 'Deflated Sharpe ratio', category: 'performance',
    formula: 'E[max] = √V ((1 - γ) z(1 - 1/N) + γ z(1 - 1/(N e))); then the probabilistic ratio against it',
    convention: 'γ is Euler\'s constant; ratios of a period', source: 'Bailey and López de Prado 2014',
    parameters: [
      { name: 'trials', kind: 'integer', least: 1, meaning: 'strategies that were tried' },
      { name: 'trialsSharpeVariance', kind: 'number', least: 0, meaning: 'variance of their ratios of a period' },
    ],
    inputs: [returnsInput],
    outputs: [
      { name: 'expectedMaxSharpe', shape: 'number', meaning: 'best ratio that chance alone would give' },
      { name: 'dsr', shape: 'number', meaning: 'chance that the true ratio is above that' },
    ],
    run: (call) => mapValue(
      deflatedSharpe(call.series(0), { trials: call.number('trials'), trialsSharpeVariance: call.number('trialsSharpeVariance') }),
      (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'minTrackRecord', title: 'Minimum track record', category: 'performance',
    formula: '1 + (1 - S·SR + (K - 1)/4 SR²)(z/(SR - SR*))²', convention: 'in periods; null when the ratio is not above the benchmark',
    source: 'Bailey and López de Prado 2012',
    parameters: [benchmarkRatio, { name: 'confidence', kind: 'number', least: 0, most: 1, preset: 0.95, meaning: 'confidence asked for' }],
    inputs: [returnsInput], outputs: [{ name: 'periods', shape: 'number', meaning: 'periods that are needed' }],
    run: (call) => mapValue(
      minTrackRecord(call.series(0), { benchmark: call.number('benchmark'), confidence: call.number('confidence') }),
      (periods) => ({ periods }),
    ),
  }),
]

export const performanceEntries: readonly QuantEntry[] = [
  ...growthEntries, ...regressionEntries, ...inferenceEntries, ...sizingEntries,
]
