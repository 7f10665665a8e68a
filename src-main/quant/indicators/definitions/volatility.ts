import { choice, output, period, factor, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  change, delay, ema, highest, logReturn, map1, map2, map3, map4, mean, multiply, ratio, share, subtract, sum, trueRange,
  variance, wilder,
} from '../nodes/index.ts'
import { standardDeviation } from './bands.ts'

const none = Number.NaN
const annualisation = factor('annualisation', 365, 0.001, 1e9, 'bars in a year')
const root = (g: Graph, x: Signal, share: number): Signal => map1(
  g, `root of ${share}`, x, (value) => Math.sqrt(Math.max(0, share * value)),
)
const priced = (g: Graph) => [g.source('open'), g.source('high'), g.source('low'), g.source('close')] as const

/** Each bar's variance by one of the estimators from open, high, low and close. */
const parkinsonOf = (g: Graph): Signal => map2(
  g, 'parkinson', g.source('high'), g.source('low'), (h, l) => Math.log(h / l) ** 2 / (4 * Math.LN2),
)
const garmanKlassOf = (g: Graph): Signal =>
  map4(g, 'garman klass', priced(g), (o, h, l, c) => Math.log(h / l) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(c / o) ** 2)
const rogersSatchellOf = (g: Graph): Signal =>
  map4(g, 'rogers satchell', priced(g), (o, h, l, c) => Math.log(h / c) * Math.log(h / o) + Math.log(l / c) * Math.log(l / o))
const overnight = (g: Graph): Signal => map2(
  g, 'overnight', g.source('open'), delay(g, g.source('close'), 1), (open, before) => Math.log(open / before),
)

function rangeVolatility(g: Graph, n: number, bars: number): readonly Signal[] {
  const gap = overnight(g)
  const intraday = map2(g, 'intraday', g.source('close'), g.source('open'), (close, open) => Math.log(close / open))
  const withGap = map2(g, 'garman klass with gap', garmanKlassOf(g), gap, (own, jump) => own + jump * jump)
  const k = 0.34 / (1.34 + (n + 1) / (n - 1))
  const drift = map3(g, `yang zhang ${k} ${n}`, [
    variance(g, gap, n, 1), variance(g, intraday, n, 1), sum(g, rogersSatchellOf(g), n),
  ],
    (jumps, moves, ranges) => jumps + k * moves + ((1 - k) * ranges) / n)
  return [
    root(g, variance(g, logReturn(g, g.source('close')), n - 1, 1), bars),
    ...[garmanKlassOf(g), parkinsonOf(g), rogersSatchellOf(g), withGap].map((each) => root(g, sum(g, each, n), bars / n)),
    root(g, drift, bars),
  ]
}

function ulcer(g: Graph, n: number): Signal {
  const fall = map2(
    g, 'fall in percent', g.source('close'), highest(g, g.source('close'), n), (close, top) => (100 * (close - top)) / top,
  )
  return root(g, mean(g, multiply(g, fall, fall), n), 1)
}

/** Wilder's averages of the deviation on rising and falling bars. */
function relativeVolatility(g: Graph, deviation: number, n: number): Signal {
  const moved = change(g, g.source('close'))
  const spread = standardDeviation(g, g.source('close'), deviation, 0)
  const side = (name: string, sign: number): Signal => wilder(
    g, map2(g, name, spread, moved, (size, move) => (sign * move > 0 ? size : 0)), n,
  )
  return share(g, side('rising spread', 1), side('falling spread', -1), 100, none)
}

const firstBar = choice(
  'firstBar', ['skip', 'high-low'], 'whether the first bar’s range counts, for which there is no close before',
)
const atr = (g: Graph, n: number, first: string): Signal => wilder(g, trueRange(g, first === 'high-low'), n)

export const volatilities: readonly IndicatorDefinition[] = [
  {
    name: 'trueRange', title: 'True range', category: 'volatility', pane: 'own',
    formula: 'max(high, close′) − min(low, close′)', convention: 'From the second bar on.',
    source: 'TA-Lib 0.4.0 TRANGE; J. Welles Wilder, 1978',
    inputs: ['high', 'low', 'close'], parameters: [], outputs: [output('tr', 'range including the gap')],
    build: (g) => [trueRange(g)],
  },
  {
    name: 'atr', title: 'Average true range', category: 'volatility', pane: 'own',
    formula: 'ATR = ATR′ + (TR − ATR′)/n',
    convention: 'firstBar skip: seed from the ranges of bars 1 … n, at index n; high-low: of bars 0 … n − 1, at index n − 1.',
    source: 'TA-Lib 0.4.0 (skip), Tulip Indicators 0.9.2 (high-low); J. Welles Wilder, 1978',
    inputs: ['high', 'low', 'close'], parameters: [period(14), firstBar],
    outputs: [output('atr', 'Wilder’s average of the true range')],
    build: (g, s) => [atr(g, s.number('period'), s.text('firstBar'))],
  },
  {
    name: 'natr', title: 'Normalised average true range', category: 'volatility', pane: 'own',
    formula: '100 ATR/close', convention: 'As the ATR.', source: 'TA-Lib 0.4.0 NATR; J. Forman, Stocks & Commodities 24, 2006',
    inputs: ['high', 'low', 'close'], parameters: [period(14), firstBar],
    outputs: [output('natr', 'average range in percent of the close')],
    build: (g, s) => [ratio(g, atr(g, s.number('period'), s.text('firstBar')), g.source('close'), 100, none)],
  },
  {
    name: 'ohlcVolatility', title: 'Volatility from open, high, low and close', category: 'volatility', pane: 'own',
    formula: 'close: sd of log returns; Garman–Klass, Parkinson, Rogers–Satchell: √(N/n Σ bar variance); gkYz: Garman–Klass '
      + '+ overnight²; Yang–Zhang: √(N (σ²overnight + k σ²intraday + (1 − k) RS))',
    convention: 'close: ddof 1 over n − 1 returns, which is n closes; k = 0.34/(1.34 + (n + 1)/(n − 1)); N = annualisation.',
    source: 'R package TTR 0.24.3 volatility',
    inputs: ['open', 'high', 'low', 'close'], parameters: [period(20, 'period', 3), annualisation],
    outputs: [
      output('close', 'close to close'), output('garmanKlass', 'Garman and Klass, 1980'), output('parkinson', 'Parkinson, 1980'),
      output(
        'rogersSatchell', 'Rogers and Satchell, 1991',
      ), output('gkYz', 'Garman–Klass with the gap'), output('yangZhang', 'Yang and Zhang, 2000'),
    ],
    build: (g, s) => rangeVolatility(g, s.number('period'), s.number('annualisation')),
  },
  {
    name: 'historicalVolatility', title: 'Historical volatility', category: 'volatility', pane: 'own',
    formula: '100 √N · sd(ln(close/close′))', convention: 'n returns, ddof 1, in percent a year.',
    source: 'J. Hull, Options, Futures and Other Derivatives',
    inputs: ['close'], parameters: [period(20, 'period', 2), annualisation],
    outputs: [output('volatility', 'yearly deviation of returns in percent')],
    build: (g, s) => [
      root(g, variance(g, logReturn(g, g.source('close')), s.number('period'), 1), 10_000 * s.number('annualisation')),
    ],
  },
  {
    name: 'chaikinVolatility', title: 'Chaikin volatility', category: 'volatility', pane: 'own',
    formula: 'x/x[n] − 1, x = EMA(high − low, n)', convention: 'A fraction; EMA seeded with the mean of its first n values.',
    source: 'R package TTR 0.24.3; M. Chaikin',
    inputs: ['high', 'low'], parameters: [period(10)], outputs: [output('cv', 'growth of the average range')],
    build: (g, s) => {
      const range = ema(g, subtract(g, g.source('high'), g.source('low')), s.number('period'))
      return [map2(g, 'growth', range, delay(g, range, s.number('period')), (now, then) => (then === 0 ? none : now / then - 1))]
    },
  },
  {
    name: 'massIndex', title: 'Mass index', category: 'volatility', pane: 'own',
    formula: 'Σ over m of EMA(high − low, n)/EMA(EMA(high − low, n), n)', convention: 'A range of nothing counts 1.',
    source: 'D. Dorsey, Stocks & Commodities 10, 1992',
    inputs: ['high', 'low'], parameters: [period(9), period(25, 'sum')], outputs: [output('mass', 'widening of the range')],
    build: (g, s) => {
      const once = ema(g, subtract(g, g.source('high'), g.source('low')), s.number('period'))
      return [sum(g, ratio(g, once, ema(g, once, s.number('period')), 1, 1), s.number('sum'))]
    },
  },
  {
    name: 'ulcerIndex', title: 'Ulcer index', category: 'volatility', pane: 'own',
    formula: '√(mean of (100 (close − highest close)/highest close)²) over n bars',
    convention: 'The highest close of n bars to each bar.',
    source: 'P. Martin and B. McCann, The Investor’s Guide to Fidelity Funds, 1989',
    inputs: ['close'], parameters: [period(14)], outputs: [output('ui', 'root mean square of the falls in percent')],
    build: (g, s) => [ulcer(g, s.number('period'))],
  },
  {
    name: 'relativeVolatility', title: 'Relative volatility index', category: 'volatility', pane: 'own',
    formula: '100 U/(U + D), Wilder’s averages of the standard deviation on rising and falling bars',
    convention: 'Deviation of closes, ddof 0; not available while nothing has moved.',
    source: 'D. Dorsey, Stocks & Commodities 11, 1993',
    inputs: ['close'], parameters: [period(10, 'deviation', 2), period(14)],
    outputs: [output('rvi', 'direction of volatility, 0 … 100')],
    build: (g, s) => [relativeVolatility(g, s.number('deviation'), s.number('period'))],
  },
  {
    name: 'averageRange', title: 'Average bar range', category: 'volatility', pane: 'own',
    formula: 'SMA(high − low, n)', convention: 'Without gaps.', source: 'common definition',
    inputs: ['high', 'low'], parameters: [period(14)], outputs: [output('range', 'mean range of a bar')],
    build: (g, s) => [mean(g, subtract(g, g.source('high'), g.source('low')), s.number('period'))],
  },
]
