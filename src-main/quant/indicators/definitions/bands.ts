import { choice, factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  delay, deviation, ema, highest, lowest, map2, mean, middle, multiply, offsetBy, position, priceNames, priceOf, ratio, subtract,
  trueRange, wilder,
} from '../nodes/index.ts'
import { middleOfRange } from './clouds.ts'

const none = Number.NaN
const three = [output('upper', 'upper band'), output('middle', 'middle line'), output('lower', 'lower band')] as const

export const standardDeviation = (g: Graph, x: Signal, n: number, ddof: number): Signal => deviation(g, x, n, ddof)

export const averageRange = (g: Graph, n: number, kind: string): Signal => {
  const range = trueRange(g)
  if (kind === 'sma') return mean(g, range, n)
  return kind === 'ema' ? ema(g, range, n) : wilder(g, range, n)
}

const ddof = {
  name: 'ddof', kind: 'integer', meaning: '0 for the population’s deviation, 1 for the sample’s', preset: 0, least: 0, most: 1,
} as const

/** A deviation needs more values than it loses degrees of freedom. */
const hasFreedom = (n: number, lost: number): string | undefined => (n > lost ? undefined : 'period is expected to be greater than ddof.')

const donchianLines = (g: Graph, n: number): readonly [Signal, Signal, Signal] => {
  const [high, low] = [highest(g, g.source('high'), n), lowest(g, g.source('low'), n)]
  return [high, middle(g, high, low), low]
}

export const bands: readonly IndicatorDefinition[] = [
  {
    name: 'bollinger', title: 'Bollinger bands', category: 'volatility', pane: 'overlay',
    formula: 'SMA ± k σ; percentB = (close − lower)/(upper − lower); bandwidth = (upper − lower)/middle',
    convention: 'Population deviation (ddof 0) as a preset; percentB is not available where the window is constant.',
    source: 'TA-Lib 0.4.0 BBANDS; J. Bollinger',
    inputs: ['close'], parameters: [period(20), factor('k', 2, 0, 100, 'standard deviations'), ddof],
    outputs: [
      ...three, output('percentB', 'place of the close between the bands'), output('bandwidth', 'width relative to the middle'),
    ],
    build: (g, s) => {
      const [close, n, k] = [g.source('close'), s.number('period'), s.number('k')]
      const [line, spread] = [mean(g, close, n), standardDeviation(g, close, n, s.number('ddof'))]
      const [upper, lower] = [offsetBy(g, line, spread, k), offsetBy(g, line, spread, -k)]
      return [upper, line, lower, position(g, [close, lower, upper], 1, none), ratio(g, subtract(g, upper, lower), line, 1, none)]
    },
    check: (s) => hasFreedom(s.number('period'), s.number('ddof')),
  },
  {
    name: 'donchian', title: 'Donchian channel', category: 'volatility', pane: 'overlay',
    formula: 'upper = highest high, lower = lowest low of n bars; middle = their mean',
    convention: 'The window includes the present bar.', source: 'R package TTR 0.24.3; R. Donchian',
    inputs: ['high', 'low'], parameters: [period(20)], outputs: three,
    build: (g, s) => donchianLines(g, s.number('period')),
  },
  {
    name: 'donchianWidth', title: 'Donchian width', category: 'volatility', pane: 'own',
    formula: '(highest high − lowest low)/middle', convention: 'The window includes the present bar.',
    source: 'R. Donchian’s channel',
    inputs: ['high', 'low'], parameters: [period(20)], outputs: [output('width', 'width relative to the middle')],
    build: (g, s) => {
      const [upper, centre, lower] = donchianLines(g, s.number('period'))
      return [ratio(g, subtract(g, upper, lower), centre, 1, none)]
    },
  },
  {
    name: 'keltner', title: 'Keltner channel', category: 'volatility', pane: 'overlay',
    formula: 'EMA(price, n) ± k · ATR',
    convention: 'atrPeriod is n unless it is given. ATR: wilder’s, ema or sma of the true range, from the second bar on.',
    source: 'R package TTR 0.24.3 (hlc3), TA-Lib 0.4.0 EMA and ATR (close)',
    inputs: ['high', 'low', 'close'], otherInputs: [['open', 'high', 'low', 'close']],
    parameters: [
      period(20), { ...period(20, 'atrPeriod', 1, 'bars of the range; as the period when it is left out'), preset: null }, factor(
        'k', 2, 0, 100, 'ranges',
      ),
      choice('price', priceNames, 'price of the average'), choice('atr', ['wilder', 'ema', 'sma'], 'average of the true range'),
    ],
    outputs: three,
    build: (g, s) => {
      const line = ema(g, priceOf(g, s.text('price')), s.number('period'))
      const range = averageRange(g, s.number(s.has('atrPeriod') ? 'atrPeriod' : 'period'), s.text('atr'))
      return [offsetBy(g, line, range, s.number('k')), line, offsetBy(g, line, range, -s.number('k'))]
    },
  },
  {
    name: 'keltnerWidth', title: 'Keltner width', category: 'volatility', pane: 'own',
    formula: '2 k · ATR/EMA(close)', convention: 'Wilder’s ATR.', source: 'C. Keltner’s channel',
    inputs: ['high', 'low', 'close'], parameters: [period(20), factor('k', 2, 0, 100, 'ranges')],
    outputs: [output('width', 'width relative to the middle')],
    build: (g, s) => [
      ratio(
        g, averageRange(g, s.number('period'), 'wilder'), ema(g, g.source('close'), s.number('period')), 2 * s.number('k'), none,
      ),
    ],
  },
  {
    name: 'starcBands', title: 'Starc bands', category: 'volatility', pane: 'overlay',
    formula: 'SMA(close) ± k · ATR', convention: 'Wilder’s ATR.', source: 'M. Stoller',
    inputs: ['high', 'low', 'close'], parameters: [period(6), period(15, 'atrPeriod'), factor('k', 2, 0, 100, 'ranges')],
    outputs: three,
    build: (g, s) => {
      const [line, range] = [mean(g, g.source('close'), s.number('period')), averageRange(g, s.number('atrPeriod'), 'wilder')]
      return [offsetBy(g, line, range, s.number('k')), line, offsetBy(g, line, range, -s.number('k'))]
    },
  },
  {
    name: 'accelerationBands', title: 'Acceleration bands', category: 'volatility', pane: 'overlay',
    formula: 'upper = SMA(high (1 + k w)), lower = SMA(low (1 − k w)), w = (high − low)/(high + low)',
    convention: 'middle = SMA(close).', source: 'P. Headley, Big Trends in Trading, 2002',
    inputs: ['high', 'low', 'close'], parameters: [period(20), factor('k', 4, 0, 1_000, 'factor of the width')], outputs: three,
    build: (g, s) => {
      const [high, low, n] = [g.source('high'), g.source('low'), s.number('period')]
      const reach = map2(
        g, `reach ${s.number('k')}`, high, low, (h, l) => (h + l === 0 ? 0 : (s.number('k') * (h - l)) / (h + l)),
      )
      return [
        mean(g, extended(g, high, reach), n), mean(g, g.source('close'), n),
        mean(g, subtract(g, low, multiply(g, low, reach)), n),
      ]
    },
  },
  {
    name: 'midpoint', title: 'Midpoint', category: 'price', pane: 'overlay',
    formula: '(highest close + lowest close)/2 over n bars', convention: 'The window includes the present bar.',
    source: 'TA-Lib 0.4.0 MIDPOINT',
    inputs: ['close'], parameters: [period(14)], outputs: [output('midpoint', 'middle of the closes')],
    build: (g, s) => [
      middle(g, highest(g, g.source('close'), s.number('period')), lowest(g, g.source('close'), s.number('period'))),
    ],
  },
  {
    name: 'midprice', title: 'Midprice', category: 'price', pane: 'overlay',
    formula: '(highest high + lowest low)/2 over n bars', convention: 'The window includes the present bar.',
    source: 'TA-Lib 0.4.0 MIDPRICE',
    inputs: ['high', 'low'], parameters: [period(14)], outputs: [output('midprice', 'middle of the range')],
    build: (g, s) => [middleOfRange(g, s.number('period'))],
  },
  {
    name: 'breakoutChannel', title: 'Breakout channel', category: 'volatility', pane: 'overlay',
    formula: 'highest high and lowest low of the n bars before the present one',
    convention: 'Without the present bar: a close beyond is a breakout.',
    source: 'R. Donchian’s channel as the Turtles traded it',
    inputs: ['high', 'low'], parameters: [period(20)],
    outputs: [output('upper', 'highest before the bar'), output('lower', 'lowest before the bar')],
    build: (g, s) => [
      delay(g, highest(g, g.source('high'), s.number('period')), 1), delay(g, lowest(g, g.source('low'), s.number('period')), 1),
    ],
  },
]

const extended = (g: Graph, price: Signal, reach: Signal): Signal => map2(
  g, 'extended', price, reach, (x, share) => x * (1 + share),
)
