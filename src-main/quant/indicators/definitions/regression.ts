import { factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import { deviation, map1, mean, offsetBy, overWindow, weigh } from '../nodes/index.ts'
import { deviationsOf } from './window-measures.ts'

/** Least squares over the last n values, time 0 for the oldest. */
export const regressionSlope = (g: Graph, x: Signal, n: number): Signal => {
  const spread = (n * (n * n - 1)) / 12
  return weigh(g, 'slope', x, Float64Array.from({ length: n }, (_, back) => ((n - 1) / 2 - back) / spread))
}

/** The line's value `ahead` bars after the middle of the window. */
const valueAt = (g: Graph, x: Signal, n: number, ahead: number): Signal => offsetBy(
  g, mean(g, x, n), regressionSlope(g, x, n), ahead,
)

export const regressionValue = (g: Graph, x: Signal, n: number): Signal => valueAt(g, x, n, (n - 1) / 2)

const times = (n: number): Float64Array => Float64Array.from({ length: n }, (_, index) => index)

function determination(g: Graph, x: Signal, n: number): Signal {
  const time = times(n)
  return overWindow(g, 'r squared', x, n, (window) => {
    const { xx, yy, xy } = deviationsOf(time, window)
    return yy === 0 ? Number.NaN : Math.min(1, ((xy / xx) * xy) / yy)
  })
}

/** Standard error of the regression's residuals, with divisor n − 2. */
function standardError(g: Graph, x: Signal, n: number): Signal {
  const time = times(n)
  return overWindow(g, 'standard error', x, n, (window) => {
    const { xx, yy, xy } = deviationsOf(time, window)
    return Math.sqrt(Math.max(0, yy - (xy / xx) * xy) / (n - 2))
  })
}

export const regressions: readonly IndicatorDefinition[] = [
  {
    name: 'linearRegression', title: 'Linear regression', category: 'statistics', pane: 'overlay',
    formula: 'Least squares line over n closes: value at the present bar, slope, intercept, value one bar ahead',
    convention: 'Time 0 … n − 1 within the window.', source: 'TA-Lib 0.4.0 LINEARREG, LINEARREG_SLOPE, LINEARREG_INTERCEPT, TSF',
    inputs: ['close'], parameters: [period(14, 'period', 2)],
    outputs: [
      output('value', 'line at the present bar'), output('slope', 'rise for each bar'),
      output('intercept', 'line at the oldest bar'), output('tsf', 'line one bar ahead'),
    ],
    build: (g, s) => {
      const [close, n] = [g.source('close'), s.number('period')]
      return [
        regressionValue(g, close, n), regressionSlope(g, close, n), valueAt(g, close, n, -(n - 1) / 2),
        valueAt(g, close, n, (n + 1) / 2),
      ]
    },
  },
  {
    name: 'regressionAngle', title: 'Linear regression angle', category: 'statistics', pane: 'own',
    formula: 'atan(slope) in degrees', convention: 'One unit of price for each bar is 45°.',
    source: 'TA-Lib 0.4.0 LINEARREG_ANGLE',
    inputs: ['close'], parameters: [period(14, 'period', 2)], outputs: [output('angle', 'angle of the line in degrees')],
    build: (g, s) => [
      map1(
        g, 'degrees', regressionSlope(g, g.source('close'), s.number('period')), (slope) => (Math.atan(slope) * 180) / Math.PI,
      ),
    ],
  },
  {
    name: 'regressionFit', title: 'Coefficient of determination', category: 'statistics', pane: 'own',
    formula: 'R² of the least squares line over n closes', convention: 'Not available where the closes are equal.',
    source: 'common definition',
    inputs: ['close'], parameters: [period(14, 'period', 3)],
    outputs: [output('r2', 'share of the variance that the line explains')],
    build: (g, s) => [determination(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'standardErrorBands', title: 'Standard error bands', category: 'statistics', pane: 'overlay',
    formula: 'SMA(regression value, smooth) ± k · SMA(standard error, smooth)', convention: 'Residuals with divisor n − 2.',
    source: 'J. Andersen, Stocks & Commodities 14, 1996',
    inputs: ['close'], parameters: [period(21, 'period', 3), period(3, 'smooth'), factor('k', 2, 0, 100, 'standard errors')],
    outputs: [output('upper', 'upper band'), output('middle', 'smoothed line'), output('lower', 'lower band')],
    build: (g, s) => {
      const [close, n, smooth] = [g.source('close'), s.number('period'), s.number('smooth')]
      const line = mean(g, regressionValue(g, close, n), smooth)
      const width = mean(g, standardError(g, close, n), smooth)
      return [offsetBy(g, line, width, s.number('k')), line, offsetBy(g, line, width, -s.number('k'))]
    },
  },
  {
    name: 'regressionChannel', title: 'Linear regression channel', category: 'statistics', pane: 'overlay',
    formula: 'regression value ± k · standard deviation of the closes', convention: 'Population deviation (ddof 0).',
    source: 'common definition',
    inputs: ['close'], parameters: [period(100, 'period', 2), factor('k', 2, 0, 100, 'standard deviations')],
    outputs: [output('upper', 'upper line'), output('middle', 'regression line'), output('lower', 'lower line')],
    build: (g, s) => {
      const [close, n, k] = [g.source('close'), s.number('period'), s.number('k')]
      const spread = deviation(g, close, n, 0)
      const line = regressionValue(g, close, n)
      return [offsetBy(g, line, spread, k), line, offsetBy(g, line, spread, -k)]
    },
  },
]
