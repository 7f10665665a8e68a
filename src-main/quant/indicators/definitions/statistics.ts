import { factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  highest, logReturn, lowest, map2, mean, overWindow, overWindows, ratio, recur, simpleReturn, subtract, sum, variance,
} from '../nodes/index.ts'
import { efficiency } from './adaptive-averages.ts'
import { standardDeviation } from './bands.ts'
import {
  autocorrelationOf, correlationOf, deviationsOf, entropyOf, excessKurtosisOf, hurstOf, interquartileRangeOf, meanDeviationOf,
  medianDeviationOf, percentRankOf, quantileOf, skewnessOf,
} from './window-measures.ts'

const none = Number.NaN
const common = 'common definition'
const ddof = (preset: number) => (
  { name: 'ddof', kind: 'integer', meaning: 'lost degrees of freedom', preset, least: 0, most: 1 }
) as const
const pair = ['close', 'volume'] as const
const both = (g: Graph): readonly [Signal, Signal] => [g.source('close'), g.source('volume')]

type Measure = (window: Float64Array) => number

/** An indicator that is one measure of the last n closes. */
const measured = (
  name: string, title: string, of: readonly [preset: number, least: number], words: readonly [
    formula: string, convention: string, source: string,
  ],
  result: readonly [name: string, meaning: string], measure: Measure, pane: 'overlay' | 'own' = 'own',
): IndicatorDefinition => ({
  name, title, category: 'statistics', pane, formula: words[0], convention: words[1], source: words[2],
  inputs: ['close'], parameters: [period(of[0], 'period', of[1])], outputs: [output(...result)],
  build: (g, s) => [overWindow(g, name, g.source('close'), s.number('period'), measure)],
})

const folded = (
  name: string, title: string, formula: string, source: string, fold: (g: Graph, x: Signal, n: number) => Signal,
  pane: 'overlay' | 'own',
): IndicatorDefinition => ({
  name, title, category: 'statistics', pane, formula, convention: 'The window includes the present bar.', source,
  inputs: ['close'], parameters: [period(20)], outputs: [output('value', title.toLowerCase())],
  build: (g, s) => [fold(g, g.source('close'), s.number('period'))],
})

function sharpe(g: Graph, n: number, bars: number): Signal {
  const returns = simpleReturn(g, g.source('close'))
  return ratio(g, mean(g, returns, n), standardDeviation(g, returns, n, 1), Math.sqrt(bars), none)
}

export const rollingStatistics: readonly IndicatorDefinition[] = [
  folded('rollingMax', 'Rolling maximum', 'highest close of n bars', 'TA-Lib 0.4.0 MAX', highest, 'overlay'),
  folded('rollingMin', 'Rolling minimum', 'lowest close of n bars', 'TA-Lib 0.4.0 MIN', lowest, 'overlay'),
  folded('rollingSum', 'Rolling sum', 'Σ close over n bars', 'TA-Lib 0.4.0 SUM', sum, 'own'),
  {
    name: 'rollingStd', title: 'Rolling standard deviation', category: 'statistics', pane: 'own',
    formula: '√(Σ(close − mean)²/(n − ddof))', convention: 'ddof 0 as a preset.', source: 'TA-Lib 0.4.0 STDDEV',
    inputs: ['close'], parameters: [period(20), ddof(0)], outputs: [output('std', 'standard deviation')],
    build: (g, s) => [standardDeviation(g, g.source('close'), s.number('period'), s.number('ddof'))],
    check: (s) => (s.number('period') > s.number('ddof') ? undefined : 'period is expected to be greater than ddof.'),
  },
  {
    name: 'rollingVariance', title: 'Rolling variance', category: 'statistics', pane: 'own',
    formula: 'Σ(close − mean)²/(n − ddof)', convention: 'ddof 0 as a preset.', source: 'TA-Lib 0.4.0 VAR',
    inputs: ['close'], parameters: [period(20), ddof(0)], outputs: [output('variance', 'variance')],
    build: (g, s) => [variance(g, g.source('close'), s.number('period'), s.number('ddof'))],
    check: (s) => (s.number('period') > s.number('ddof') ? undefined : 'period is expected to be greater than ddof.'),
  },
  {
    name: 'rollingCorrelation', title: 'Rolling correlation', category: 'statistics', pane: 'own',
    formula: 'Σ dx dy/√(Σ dx² Σ dy²) of n closes and volumes',
    convention: 'Pearson, of levels; not available where either is constant. Any two series may be given.',
    source: 'TA-Lib 0.4.0 CORREL',
    inputs: pair, parameters: [period(20, 'period', 2)], outputs: [output('corr', 'correlation, −1 … 1')],
    build: (g, s) => [overWindows(g, 'correlation', both(g), s.number('period'), correlationOf)],
  },
  {
    name: 'rollingCovariance', title: 'Rolling covariance', category: 'statistics', pane: 'own',
    formula: 'Σ dx dy/(n − ddof) of n closes and volumes', convention: 'ddof 1 as a preset. Any two series may be given.',
    source: common,
    inputs: pair, parameters: [period(20, 'period', 2), ddof(1)], outputs: [output('cov', 'covariance')],
    build: (g, s) => [
      overWindows(
        g, `covariance ${s.number('ddof')}`, both(g), s.number('period'),
        (x, y) => deviationsOf(x, y).xy / (x.length - s.number('ddof')),
      ),
    ],
  },
  {
    name: 'rollingBeta', title: 'Rolling beta', category: 'statistics', pane: 'own',
    formula: 'Σ dx dy/Σ dy² of the returns of both series',
    convention: 'Simple returns of the first against the second series; any two series may be given.',
    source: 'W. Sharpe, Management Science 9, 1963',
    inputs: pair, parameters: [period(60, 'period', 2)], outputs: [output('beta', 'slope on the second series')],
    build: (g, s) => {
      const [x, y] = both(g)
      return [overWindows(g, 'beta', [simpleReturn(g, x), simpleReturn(g, y)], s.number('period'), (a, b) => {
        const { yy, xy } = deviationsOf(a, b)
        return yy === 0 ? none : xy / yy
      })]
    },
  },
  measured(
    'rollingSkewness', 'Rolling skewness', [60, 3],
    ['m₃/m₂^1.5 of n closes', 'Biased moments; not available for a constant window.', common], ['skewness', 'asymmetry'],
    skewnessOf,
  ),
  measured(
    'rollingKurtosis', 'Rolling kurtosis', [60, 4],
    ['m₄/m₂² − 3 of n closes', 'Biased moments, in excess of the normal’s.', common], ['kurtosis', 'weight of the tails'],
    excessKurtosisOf,
  ),
  measured(
    'rollingMedian', 'Rolling median', [20, 1], ['median of n closes', 'Mean of the two middle values for even n.', common],
    ['median', 'middle close'], (window) => quantileOf(window, 0.5), 'overlay',
  ),
  measured(
    'medianDeviation', 'Median absolute deviation', [20, 1],
    ['median of |close − median|', 'Not scaled to the normal.', 'F. Hampel, 1974'], ['mad', 'robust deviation'],
    medianDeviationOf,
  ),
  measured(
    'meanDeviation', 'Mean absolute deviation', [20, 1], ['mean of |close − mean|', 'About the mean of the window.', common],
    ['deviation', 'mean deviation'], meanDeviationOf,
  ),
  measured(
    'interquartileRange', 'Interquartile range', [20, 2], ['q(0.75) − q(0.25) of n closes', 'Quantiles of type 7.', common],
    ['iqr', 'range of the middle half'], interquartileRangeOf,
  ),
  measured(
    'percentRank', 'Percent rank', [101, 2],
    ['100 · (earlier closes of the window below this one)/(n − 1)', 'The present close is not counted.', common],
    ['rank', 'rank, 0 … 100'], percentRankOf,
  ),
  {
    name: 'rollingQuantile', title: 'Rolling quantile', category: 'statistics', pane: 'overlay',
    formula: 'q-quantile of n closes', convention: 'Type 7, linear between order statistics.',
    source: 'R. Hyndman and Y. Fan, The American Statistician 50, 1996',
    inputs: ['close'], parameters: [period(20), factor('q', 0.5, 0, 1, 'share of values below')],
    outputs: [output('quantile', 'quantile of the closes')],
    build: (g, s) => [
      overWindow(
        g, `quantile ${s.number('q')}`, g.source('close'), s.number('period'), (window) => quantileOf(window, s.number('q')),
      ),
    ],
  },
  {
    name: 'zScore', title: 'Z-score', category: 'statistics', pane: 'own',
    formula: '(close − mean)/sd of n closes', convention: 'ddof 0 as a preset; not available for a constant window.',
    source: common,
    inputs: ['close'], parameters: [period(20, 'period', 2), ddof(0)],
    outputs: [output('z', 'distance from the mean in deviations')],
    build: (g, s) => {
      const [close, n] = [g.source('close'), s.number('period')]
      return [ratio(g, subtract(g, close, mean(g, close, n)), standardDeviation(g, close, n, s.number('ddof')), 1, none)]
    },
  },
  {
    name: 'entropy', title: 'Entropy', category: 'statistics', pane: 'own',
    formula: '−Σ p log₂ p over equal bins of n log returns',
    convention: 'Bits; bins from the lowest to the highest return of the window; 0 when all are equal.',
    source: 'C. Shannon, Bell System Technical Journal 27, 1948',
    inputs: ['close'], parameters: [period(64, 'period', 2), period(8, 'bins', 2, 'number of bins')],
    outputs: [output('entropy', 'spread of the returns over the bins')],
    build: (g, s) => [
      overWindow(
        g, `entropy ${s.number('bins')}`, logReturn(g, g.source('close')), s.number('period'),
        (window) => entropyOf(window, s.number('bins')),
      ),
    ],
  },
  {
    name: 'hurst', title: 'Hurst exponent', category: 'statistics', pane: 'own',
    formula: 'slope of ln(R/S) over ln(length) for n, n/2, n/4 … 8 log returns',
    convention: 'Consecutive parts counted from the newest; no correction for short lengths.',
    source: 'H. Hurst, Transactions of the ASCE 116, 1951',
    inputs: ['close'], parameters: [period(128, 'period', 16)], outputs: [output('hurst', 'persistence of the returns')],
    build: (g, s) => [overWindow(g, 'hurst', logReturn(g, g.source('close')), s.number('period'), hurstOf)],
  },
  {
    name: 'efficiencyRatio', title: 'Efficiency ratio', category: 'statistics', pane: 'own',
    formula: '|close − close[n]|/Σ|change|', convention: 'Not available where nothing moved.',
    source: 'P. Kaufman, Trading Systems and Methods',
    inputs: ['close'], parameters: [period(10)], outputs: [output('er', 'straightness of the way, 0 … 1')],
    build: (g, s) => [efficiency(g, g.source('close'), s.number('period'), none)],
  },
  {
    name: 'autocorrelation', title: 'Rolling autocorrelation', category: 'statistics', pane: 'own',
    formula: 'Σ d d[lag]/Σ d² of n log returns', convention: 'Deviations from the mean of the whole window.',
    source: 'G. Box and G. Jenkins, Time Series Analysis, 1970',
    inputs: ['close'], parameters: [period(60, 'period', 3), period(1, 'lag')],
    outputs: [output('acf', 'likeness to the returns of lag bars before')],
    build: (g, s) => [
      overWindow(
        g, `acf ${s.number('lag')}`, logReturn(g, g.source('close')), s.number('period'),
        (window) => autocorrelationOf(window, s.number('lag')),
      ),
    ],
    check: (s) => (s.number('lag') < s.number('period') ? undefined : 'lag is expected to be less than period.'),
  },
  {
    name: 'rollingSharpe', title: 'Rolling Sharpe ratio', category: 'statistics', pane: 'own',
    formula: '√N · mean/sd of n simple returns', convention: 'ddof 1, no riskless rate; not available for constant returns.',
    source: 'W. Sharpe, Journal of Portfolio Management 21, 1994',
    inputs: ['close'], parameters: [period(60, 'period', 2), factor('annualisation', 365, 0.001, 1e9, 'bars in a year')],
    outputs: [output('sharpe', 'yearly return for each deviation')],
    build: (g, s) => [sharpe(g, s.number('period'), s.number('annualisation'))],
  },
  {
    name: 'drawdownFromPeak', title: 'Drawdown from the peak', category: 'statistics', pane: 'own',
    formula: '1 − close/highest close',
    convention: 'Positive fractions; `rolling` from the highest of n bars, `total` from the highest of all.', source: common,
    inputs: ['close'], parameters: [period(252)],
    outputs: [output('total', 'fall from the peak of all bars'), output('rolling', 'fall from the peak of n bars')],
    build: (g, s) => {
      const close = g.source('close')
      const peak = recur(g, 'peak', [close], (x) => x, Math.max)
      const fall = (top: Signal): Signal => map2(g, 'fall', close, top, (x, high) => (high === 0 ? none : 1 - x / high))
      return [fall(peak), fall(highest(g, close, s.number('period')))]
    },
  },
]
