import { at } from '../cells.ts'
import { factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  ema, exponential, highest, lowest, magnitude, map1, map2, map3, mapChange, mean, middle, overWindow, ratio, relativeStrength,
  share, subtract, sum, trueRange, typicalPrice, variance, weigh, withhold,
} from '../nodes/index.ts'
import { rateOfChange } from './oscillators.ts'
import { regressionValue } from './regression.ts'
import { rankCorrelationOf } from './window-measures.ts'

const none = Number.NaN

/** The squeezed filter of J. Ehlers in four stages, each the all-pass of the one before. */
function laguerreRsi(g: Graph, gamma: number): Signal {
  const x = g.source('close')
  return g.place({
    key: `laguerre ${gamma}(${x.id})`,
    inputs: [x],
    lag: 1,
    scalars: 4,
    does: ({ cells, out, state }) => (bar) => {
      let incoming = bar === 0 ? at(cells, x.id) : (1 - gamma) * at(cells, x.id) + gamma * at(cells, state)
      let [up, down] = [0, 0]
      for (let stage = 0; stage < 4; stage++) {
        const before = at(cells, state + stage)
        cells[state + stage] = incoming
        if (stage === 3) break
        const next = bar === 0 ? incoming : -gamma * incoming + before + gamma * at(cells, state + stage + 1)
        if (incoming >= next) up += incoming - next
        else down += next - incoming
        incoming = next
      }
      if (bar > 0) cells[out] = up + down === 0 ? none : (100 * up) / (up + down)
    },
  })
}

/** Wave of the typical price: its distance from its average in average distances. */
function wave(g: Graph, channel: number, average: number): Signal {
  const price = typicalPrice(g)
  const line = ema(g, price, channel)
  const distance = subtract(g, price, line)
  const size = ema(g, magnitude(g, distance), channel)
  return ema(
    g, map2(g, 'wave', withhold(g, distance, size.first), size, (d, unit) => (unit === 0 ? 0 : d / (0.015 * unit))), average,
  )
}

function squeeze(g: Graph, n: number): Signal {
  const centre = middle(
    g, middle(g, highest(g, g.source('high'), n), lowest(g, g.source('low'), n)), mean(g, g.source('close'), n),
  )
  return regressionValue(g, subtract(g, g.source('close'), centre), n)
}

export const pressureOscillators: readonly IndicatorDefinition[] = [
  {
    name: 'qstick', title: 'QStick', category: 'momentum', pane: 'own',
    formula: 'SMA(close − open, n)', convention: 'Simple average.',
    source: 'T. Chande and S. Kroll, The New Technical Trader, 1994',
    inputs: ['open', 'close'], parameters: [period(8)], outputs: [output('qstick', 'mean body of the bars')],
    build: (g, s) => [mean(g, subtract(g, g.source('close'), g.source('open')), s.number('period'))],
  },
  {
    name: 'chandeForecast', title: 'Chande forecast oscillator', category: 'momentum', pane: 'own',
    formula: '100 (close − regression(close, n))/close', convention: 'The regression line’s value at the present bar.',
    source: 'T. Chande and S. Kroll, The New Technical Trader, 1994',
    inputs: ['close'], parameters: [period(14, 'period', 2)],
    outputs: [output('cfo', 'distance from the regression line in percent')],
    build: (g, s) => {
      const close = g.source('close')
      return [ratio(g, subtract(g, close, regressionValue(g, close, s.number('period'))), close, 100, none)]
    },
  },
  {
    name: 'balanceOfPower', title: 'Balance of power', category: 'momentum', pane: 'own',
    formula: 'SMA((close − open)/(high − low), n)', convention: 'A bar without range counts 0.',
    source: 'I. Livshin, Stocks & Commodities 19, 2001',
    inputs: ['open', 'high', 'low', 'close'], parameters: [period(14)],
    outputs: [output('bop', 'balance of buyers and sellers, −1 … 1')],
    build: (g, s) => [
      mean(
        g, ratio(g, subtract(g, g.source('close'), g.source('open')), subtract(g, g.source('high'), g.source('low')), 1, 0),
        s.number('period'),
      ),
    ],
  },
  {
    name: 'psychologicalLine', title: 'Psychological line', category: 'momentum', pane: 'own',
    formula: '100 · (bars of n that closed higher)/n', convention: 'An equal close is not higher.',
    source: 'common definition, as in trading-signals 8.3.0 PSL',
    inputs: ['close'], parameters: [period(12)], outputs: [output('psy', 'share of rising bars, 0 … 100')],
    build: (g, s) => [map1(g, `percent of ${s.number('period')}`, sum(
      g, mapChange(g, 'rose', g.source('close'), (now, last) => (now > last ? 1 : 0)), s.number('period'),
    ),
      (count) => (100 * count) / s.number('period'))],
  },
  {
    name: 'priceMomentum', title: 'Price momentum oscillator', category: 'momentum', pane: 'own',
    formula: 'PMO = smooth(10 · smooth(ROC(1), first), second), smooth with α = 2/n; signal = EMA(PMO)',
    convention: 'Each stage seeded with the mean of its first values.',
    source: 'C. Swenlin, DecisionPoint',
    inputs: ['close'], parameters: [period(35, 'first', 2), period(20, 'second', 2), period(10, 'signal')],
    outputs: [output('pmo', 'doubly smoothed rate of change'), output('signal', 'its average')],
    build: (g, s) => {
      const [first, second] = [s.number('first'), s.number('second')]
      const once = exponential(g, rateOfChange(g, g.source('close'), 1), first, 2 / first, 'sma')
      const line = exponential(g, map1(g, 'tenfold', once, (x) => 10 * x), second, 2 / second, 'sma')
      return [line, ema(g, line, s.number('signal'))]
    },
  },
  {
    name: 'centerOfGravity', title: 'Center of gravity', category: 'momentum', pane: 'own',
    formula: '−Σ (1 + k) close[k]/Σ close[k], k = 0 … n − 1', convention: 'Without the shift by (n + 1)/2.',
    source: 'J. Ehlers, Stocks & Commodities 20, 2002',
    inputs: ['close'], parameters: [period(10)], outputs: [output('cog', 'weighted place of the prices in time')],
    build: (g, s) => {
      const n = s.number('period')
      const moment = weigh(g, 'gravity', g.source('close'), Float64Array.from({ length: n }, (_, back) => 1 + back))
      return [ratio(g, moment, sum(g, g.source('close'), n), -1, none)]
    },
  },
  {
    name: 'laguerreRsi', title: 'Laguerre RSI', category: 'momentum', pane: 'own',
    formula: 'Gains and losses between four stages of a Laguerre filter',
    convention: 'All stages start at the first close; not available while nothing has moved.',
    source: 'J. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004',
    inputs: ['close'], parameters: [factor('gamma', 0.5, 0, 0.999, 'damping')],
    outputs: [output('lrsi', 'strength of gains, 0 … 100')],
    build: (g, s) => [laguerreRsi(g, s.number('gamma'))],
  },
  {
    name: 'disparity', title: 'Disparity index', category: 'momentum', pane: 'own',
    formula: '100 (close/SMA(close, n) − 1)', convention: 'Also called bias.', source: 'S. Nison, Beyond Candlesticks, 1994',
    inputs: ['close'], parameters: [period(14)], outputs: [output('disparity', 'distance from the average in percent')],
    build: (g, s) => {
      const average = mean(g, g.source('close'), s.number('period'))
      return [ratio(g, subtract(g, g.source('close'), average), average, 100, none)]
    },
  },
  {
    name: 'intradayMomentum', title: 'Intraday momentum index', category: 'momentum', pane: 'own',
    formula: '100 Σ(close − open)⁺/Σ|close − open| over n bars', convention: 'Not available where no bar has a body.',
    source: 'T. Chande and S. Kroll, The New Technical Trader, 1994',
    inputs: ['open', 'close'], parameters: [period(14)], outputs: [output('imi', 'share of rising bodies, 0 … 100')],
    build: (g, s) => {
      const body = subtract(g, g.source('close'), g.source('open'))
      return [
        ratio(
          g, sum(g, map1(g, 'upward', body, (x) => Math.max(x, 0)), s.number('period')),
          sum(g, magnitude(g, body), s.number('period')), 100, none,
        ),
      ]
    },
  },
  {
    name: 'prettyGood', title: 'Pretty good oscillator', category: 'momentum', pane: 'own',
    formula: '(close − SMA(close, n))/EMA(true range, n)', convention: 'True range from the second bar on.', source: 'M. Johnson',
    inputs: ['high', 'low', 'close'], parameters: [period(14)], outputs: [output('pgo', 'distance from the average in ranges')],
    build: (g, s) => [
      ratio(
        g, subtract(g, g.source('close'), mean(g, g.source('close'), s.number('period'))),
        ema(g, trueRange(g), s.number('period')), 1, none,
      ),
    ],
  },
  {
    name: 'waveTrend', title: 'Wave trend', category: 'momentum', pane: 'own',
    formula: 'EMA((p − EMA(p))/(0.015 · EMA|p − EMA(p)|)), p = (high + low + close)/3; signal = SMA',
    convention: 'Each stage seeded with the mean of its first values.',
    source: 'common definition, as in trading-signals 8.3.0 WT',
    inputs: ['high', 'low', 'close'], parameters: [period(10, 'channel'), period(21, 'average'), period(4, 'signal')],
    outputs: [output('wave', 'smoothed distance from the average'), output('signal', 'its simple average')],
    build: (g, s) => {
      const line = wave(g, s.number('channel'), s.number('average'))
      return [line, mean(g, line, s.number('signal'))]
    },
  },
  {
    name: 'derivativeOscillator', title: 'Derivative oscillator', category: 'momentum', pane: 'own',
    formula: 'x − SMA(x, signal), x = EMA(EMA(RSI))', convention: 'RSI counts 50 while nothing has moved.',
    source: 'C. Brown, Technical Analysis for the Trading Professional, 1999',
    inputs: ['close'], parameters: [period(14, 'rsi'), period(5, 'first'), period(3, 'second'), period(9, 'signal')],
    outputs: [output('dosc', 'change of the smoothed RSI')],
    build: (g, s) => {
      const line = ema(
        g, ema(g, relativeStrength(g, g.source('close'), s.number('rsi'), 50), s.number('first')), s.number('second'),
      )
      return [subtract(g, line, mean(g, line, s.number('signal')))]
    },
  },
  {
    name: 'deMarker', title: 'DeMarker', category: 'momentum', pane: 'own',
    formula: 'Σ(high − high′)⁺/(Σ(high − high′)⁺ + Σ(low′ − low)⁺) over n bars',
    convention: '0 … 1; not available where neither moved.', source: 'T. DeMark, The New Science of Technical Analysis, 1994',
    inputs: ['high', 'low'], parameters: [period(14)], outputs: [output('dem', 'share of rising highs, 0 … 1')],
    build: (g, s) => {
      const up = sum(g, mapChange(g, 'rise', g.source('high'), (now, last) => Math.max(now - last, 0)), s.number('period'))
      const down = sum(g, mapChange(g, 'fall', g.source('low'), (now, last) => Math.max(last - now, 0)), s.number('period'))
      return [share(g, up, down, 1, none)]
    },
  },
  {
    name: 'rankCorrelation', title: 'Rank correlation index', category: 'momentum', pane: 'own',
    formula: '100 · Spearman’s correlation of the last n closes with time', convention: 'Ties by their mean rank.',
    source: 'C. Spearman, American Journal of Psychology, 1904',
    inputs: ['close'], parameters: [period(9, 'period', 2)], outputs: [output('rci', 'steadiness of the trend, −100 … 100')],
    build: (g, s) => [overWindow(g, 'rci', g.source('close'), s.number('period'), rankCorrelationOf)],
  },
  {
    name: 'squeezeMomentum', title: 'Squeeze momentum', category: 'momentum', pane: 'own',
    formula: 'regression(close − mean of the range’s middle and SMA); squeeze = 1 where Bollinger’s bands are inside Keltner’s',
    convention: 'Bands: k population deviations; channel: rangeFactor simple averages of the true range.',
    source: 'J. Carter, Mastering the Trade, 2005',
    inputs: ['high', 'low', 'close'],
    parameters: [period(20, 'period', 2), factor('k', 2, 0, 100, 'deviations'), factor('rangeFactor', 1.5, 0, 100, 'ranges')],
    outputs: [
      output('momentum', 'value of the regression'), output('squeeze', '1 while the bands are inside the channel, else 0'),
    ],
    build: (g, s) => {
      const n = s.number('period')
      const spread = map2(g, `squeezed ${s.number('k')} ${s.number('rangeFactor')}`, variance(
        g, g.source('close'), n, 0,
      ), mean(g, trueRange(g), n), (v, range) =>
        (s.number('k') * Math.sqrt(v) < s.number('rangeFactor') * range ? 1 : 0))
      return [squeeze(g, n), spread]
    },
  },
  {
    name: 'candleStrength', title: 'Internal bar strength', category: 'momentum', pane: 'own',
    formula: '(close − low)/(high − low)', convention: 'Of the present bar; not available without a range.',
    source: 'common definition, as in trading-signals 8.3.0 IBS',
    inputs: ['high', 'low', 'close'], parameters: [], outputs: [output('ibs', 'place of the close in the bar, 0 … 1')],
    build: (g) => [
      map3(
        g, 'ibs', [g.source('high'), g.source('low'), g.source('close')],
        (high, low, close) => (high === low ? none : (close - low) / (high - low)),
      ),
    ],
  },
]
