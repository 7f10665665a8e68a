import { output, period, choice, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import { delay, ema, map2, map3, mean, medianPrice, scale, weigh, wilder, type Seed } from '../nodes/index.ts'

const talib = 'TA-Lib 0.4.0'

/** Heaviest on the newest: n, n − 1 … 1. */
export const weighted = (g: Graph, x: Signal, n: number): Signal =>
  weigh(g, 'wma', x, Float64Array.from({ length: n }, (_, back) => (2 * (n - back)) / (n * (n + 1))))

export const triangular = (g: Graph, x: Signal, n: number): Signal => {
  const heights = Float64Array.from({ length: n }, (_, back) => Math.min(back + 1, n - back))
  const total = heights.reduce((sum, height) => sum + height, 0)
  return weigh(g, 'trima', x, heights.map((height) => height / total))
}

export const hull = (g: Graph, x: Signal, n: number): Signal => {
  const difference = map2(
    g, 'twice less', weighted(g, x, Math.trunc(n / 2)), weighted(g, x, n), (half, whole) => 2 * half - whole,
  )
  return weighted(g, difference, Math.trunc(Math.sqrt(n)))
}

const doubled = (g: Graph, x: Signal, n: number): Signal => {
  const once = ema(g, x, n)
  return map2(g, 'dema', once, ema(g, once, n), (first, second) => 2 * first - second)
}

const tripled = (g: Graph, x: Signal, n: number): Signal => {
  const once = ema(g, x, n)
  const twice = ema(g, once, n)
  return map3(g, 'tema', [once, twice, ema(g, twice, n)], (first, second, third) => 3 * first - 3 * second + third)
}

export const averages: readonly IndicatorDefinition[] = [
  {
    name: 'sma', title: 'Simple moving average', category: 'trend', pane: 'overlay',
    formula: 'SMA = (1/n) Σ close over the last n bars',
    convention: 'First value at index n − 1.', source: talib,
    inputs: ['close'], parameters: [period(20)], outputs: [output('sma', 'mean of the last n closes')],
    build: (g, s) => [mean(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'ema', title: 'Exponential moving average', category: 'trend', pane: 'overlay',
    formula: 'EMA = EMA′ + α (close − EMA′), α = 2/(n + 1)',
    convention: 'Seed sma: mean of the first n closes at index n − 1; seed first: the first close at index 0.',
    source: `${talib} (sma), Tulip Indicators 0.9.2 (first)`,
    inputs: ['close'], parameters: [period(20), choice('seed', ['sma', 'first'], 'how the average begins')],
    outputs: [output('ema', 'exponentially weighted mean')],
    build: (g, s) => [ema(g, g.source('close'), s.number('period'), s.text('seed') as Seed)],
  },
  {
    name: 'rma', title: 'Wilder’s smoothed average', category: 'trend', pane: 'overlay',
    formula: 'RMA = RMA′ + (close − RMA′)/n',
    convention: 'Seeded with the mean of the first n closes at index n − 1. Also called SMMA.',
    source: 'J. Welles Wilder, New Concepts in Technical Trading Systems, 1978',
    inputs: ['close'], parameters: [period(14)], outputs: [output('rma', 'smoothed mean')],
    build: (g, s) => [wilder(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'wma', title: 'Weighted moving average', category: 'trend', pane: 'overlay',
    formula: 'WMA = Σ w close / Σ w, w = n for the newest … 1 for the oldest', convention: 'First value at index n − 1.',
    source: talib,
    inputs: ['close'], parameters: [period(10)], outputs: [output('wma', 'linearly weighted mean')],
    build: (g, s) => [weighted(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'dema', title: 'Double exponential moving average', category: 'trend', pane: 'overlay',
    formula: 'DEMA = 2 EMA − EMA(EMA)',
    convention: 'Each stage seeded with the mean of its first n values; first value at 2(n − 1).',
    source: `${talib}; P. Mulloy, Stocks & Commodities 12, 1994`,
    inputs: ['close'], parameters: [period(20)], outputs: [output('dema', 'average with less lag')],
    build: (g, s) => [doubled(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'tema', title: 'Triple exponential moving average', category: 'trend', pane: 'overlay',
    formula: 'TEMA = 3 e₁ − 3 e₂ + e₃, each e the EMA of the one before',
    convention: 'Each stage seeded with the mean of its first n values; first value at 3(n − 1).',
    source: `${talib}; P. Mulloy, Stocks & Commodities 12, 1994`,
    inputs: ['close'], parameters: [period(20)], outputs: [output('tema', 'average with less lag')],
    build: (g, s) => [tripled(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'trima', title: 'Triangular moving average', category: 'trend', pane: 'overlay',
    formula: 'TRIMA = mean of means: weights rise to the middle of the window and fall again',
    convention: 'Odd n: SMA of SMA over (n + 1)/2; even n: over n/2 and n/2 + 1.', source: talib,
    inputs: ['close'], parameters: [period(20)], outputs: [output('trima', 'triangularly weighted mean')],
    build: (g, s) => [triangular(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'hma', title: 'Hull moving average', category: 'trend', pane: 'overlay',
    formula: 'HMA = WMA(2 WMA(close, n/2) − WMA(close, n), √n)', convention: 'n/2 and √n are cut to whole numbers.',
    source: 'A. Hull, 2005; Tulip Indicators 0.9.2',
    inputs: ['close'], parameters: [period(16, 'period', 2)], outputs: [output('hma', 'weighted mean with less lag')],
    build: (g, s) => [hull(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'alligator', title: 'Alligator', category: 'trend', pane: 'overlay',
    formula: 'Jaw, teeth and lips: smoothed averages of (high + low)/2, each moved forward',
    convention: 'Each value is that of its displacement bars ago, as it is drawn at the bar.',
    source: 'B. Williams, New Trading Dimensions, 1998',
    inputs: ['high', 'low'],
    parameters: [
      period(13, 'jaw'), period(8, 'jawShift', 0), period(8, 'teeth'), period(
        5, 'teethShift', 0,
      ), period(5, 'lips'), period(3, 'lipsShift', 0),
    ],
    outputs: [output('jaw', 'slowest line'), output('teeth', 'middle line'), output('lips', 'fastest line')],
    build: (g, s) => {
      const price = medianPrice(g)
      return ['jaw', 'teeth', 'lips'].map((line) => delay(g, wilder(g, price, s.number(line)), s.number(`${line}Shift`)))
    },
  },
  {
    name: 'movingAverageEnvelope', title: 'Moving average envelope', category: 'trend', pane: 'overlay',
    formula: 'SMA · (1 ± percent/100)', convention: 'Simple average of closes.',
    source: 'J. Murphy, Technical Analysis of the Financial Markets, 1999',
    inputs: ['close'],
    parameters: [
      period(20), { name: 'percent', kind: 'number', meaning: 'distance from the average', preset: 2.5, least: 0, most: 100 },
    ],
    outputs: [output('upper', 'average plus the share'), output('middle', 'average'), output('lower', 'average less the share')],
    build: (g, s) => {
      const middle = mean(g, g.source('close'), s.number('period'))
      return [scale(g, middle, 1 + s.number('percent') / 100), middle, scale(g, middle, 1 - s.number('percent') / 100)]
    },
  },
]
