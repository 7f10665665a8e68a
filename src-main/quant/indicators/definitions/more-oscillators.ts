import { factor, output, period, rising, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  add, change, delay, ema, highest, lowest, magnitude, map1, map3, mean, medianPrice, middle, overWindow, position, ratio, recur,
  relativeStrength, scale, share, subtract, sum, wilder,
} from '../nodes/index.ts'
import { weighted } from './averages.ts'
import { rateOfChange } from './oscillators.ts'
import { percentRankOf } from './window-measures.ts'

const none = Number.NaN

const awesome = (g: Graph, fast: number, slow: number): Signal => subtract(
  g, mean(g, medianPrice(g), fast), mean(g, medianPrice(g), slow),
)

/** Double smoothing of a change over double smoothing of its size, as in the indicators of W. Blau. */
const twice = (g: Graph, x: Signal, first: number, second: number): Signal => ema(g, ema(g, x, first), second)

function stochasticMomentum(g: Graph, n: number, first: number, second: number): Signal {
  const [high, low] = [highest(g, g.source('high'), n), lowest(g, g.source('low'), n)]
  const distance = subtract(g, g.source('close'), middle(g, high, low))
  return ratio(g, twice(g, distance, first, second), twice(g, subtract(g, high, low), first, second), 200, none)
}

function fisher(g: Graph, n: number): Signal {
  const price = medianPrice(g)
  const place = position(g, [price, lowest(g, price, n), highest(g, price, n)], 1, 0.5)
  const smoothed = recur(
    g, 'fisher place', [place], (x) => limit(0.66 * (x - 0.5)), (before, x) => limit(0.66 * (x - 0.5) + 0.67 * before),
  )
  return recur(g, 'fisher', [smoothed], (x) => Math.atanh(x), (before, x) => Math.atanh(x) + 0.5 * before)
}
const limit = (x: number): number => Math.min(0.999, Math.max(-0.999, x))

const streak = (g: Graph, x: Signal): Signal =>
  recur(g, 'streak', [change(g, x)], Math.sign, (before, moved) => {
    if (moved > 0) return before > 0 ? before + 1 : 1
    if (moved < 0) return before < 0 ? before - 1 : -1
    return 0
  })

/** Weights 1, 2, 2, 1 over four bars. */
const symmetrical = (g: Graph, x: Signal): Signal =>
  map3(g, 'symmetrical', [add(g, x, delay(g, x, 3)), delay(g, x, 1), delay(g, x, 2)], (ends, b, c) => (ends + 2 * b + 2 * c) / 6)

function knowSureThing(g: Graph, rocs: readonly number[], means: readonly number[]): Signal {
  const parts = rocs.map((n, index) => scale(g, mean(g, rateOfChange(g, g.source('close'), n), means[index] ?? 1), index + 1))
  return parts.reduce((total, part) => add(g, total, part))
}

function schaff(g: Graph, fast: number, slow: number, cycle: number, pace: number): Signal {
  const smooth = (x: Signal): Signal => recur(
    g, `schaff ${pace}`, [x], (first) => first, (before, now) => before + pace * (now - before),
  )
  const place = (x: Signal): Signal => position(g, [x, lowest(g, x, cycle), highest(g, x, cycle)], 100, 50)
  const line = subtract(g, ema(g, g.source('close'), fast), ema(g, g.source('close'), slow))
  return smooth(place(smooth(place(line))))
}

export const moreOscillators: readonly IndicatorDefinition[] = [
  {
    name: 'awesomeOscillator', title: 'Awesome oscillator', category: 'momentum', pane: 'own',
    formula: 'SMA(p, fast) − SMA(p, slow), p = (high + low)/2', convention: 'Simple averages.',
    source: 'B. Williams, New Trading Dimensions, 1998',
    inputs: ['high', 'low'], parameters: [period(5, 'fast'), period(34, 'slow')],
    outputs: [output('ao', 'difference of the averages')],
    build: (g, s) => [awesome(g, s.number('fast'), s.number('slow'))],
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'acceleratorOscillator', title: 'Accelerator oscillator', category: 'momentum', pane: 'own',
    formula: 'AO − SMA(AO, signal)', convention: 'AO the awesome oscillator.',
    source: 'B. Williams, New Trading Dimensions, 1998',
    inputs: ['high', 'low'], parameters: [period(5, 'fast'), period(34, 'slow'), period(5, 'signal')],
    outputs: [output('ac', 'acceleration of the driving force')],
    build: (g, s) => {
      const line = awesome(g, s.number('fast'), s.number('slow'))
      return [subtract(g, line, mean(g, line, s.number('signal')))]
    },
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'elderRay', title: 'Elder ray', category: 'momentum', pane: 'own',
    formula: 'bull = high − EMA(close, n); bear = low − EMA(close, n)',
    convention: 'EMA seeded with the mean of its first n values.',
    source: 'A. Elder, Trading for a Living, 1993',
    inputs: ['high', 'low', 'close'], parameters: [period(13)],
    outputs: [output('bull', 'power of the buyers'), output('bear', 'power of the sellers')],
    build: (g, s) => {
      const average = ema(g, g.source('close'), s.number('period'))
      return [subtract(g, g.source('high'), average), subtract(g, g.source('low'), average)]
    },
  },
  {
    name: 'knowSureThing', title: 'Know Sure Thing', category: 'momentum', pane: 'own',
    formula: 'KST = Σ i · SMA(ROCᵢ, nᵢ), i = 1 … 4; signal = SMA(KST)', convention: 'ROC in percent.',
    source: 'M. Pring, Stocks & Commodities 10, 1992',
    inputs: ['close'],
    parameters: [
      {
        name: 'rates', kind: 'numbers', meaning: 'bars of the four rates of change', preset: [10, 15, 20, 30], least: 1,
        most: 10_000,
      },
      { name: 'means', kind: 'numbers', meaning: 'bars of their averages', preset: [10, 10, 10, 15], least: 1, most: 10_000 },
      period(9, 'signal'),
    ],
    outputs: [output('kst', 'weighted sum of rates of change'), output('signal', 'its average')],
    build: (g, s) => {
      const line = knowSureThing(g, [...s.numbers('rates')], [...s.numbers('means')])
      return [line, mean(g, line, s.number('signal'))]
    },
    check: (s) => {
      const all = [...s.numbers('rates'), ...s.numbers('means')]
      return s.numbers('rates').length === 4 && all.length === 8 && all.every(
        Number.isInteger,
      ) ? undefined : 'rates and means are expected to be four whole numbers each.'
    },
  },
  {
    name: 'coppock', title: 'Coppock curve', category: 'momentum', pane: 'own',
    formula: 'WMA(ROC(long) + ROC(short), n)', convention: 'ROC in percent; meant for months.',
    source: 'E. Coppock, Barron’s, 1962',
    inputs: ['close'], parameters: [period(11, 'short'), period(14, 'long'), period(10)],
    outputs: [output('coppock', 'smoothed long-term momentum')],
    build: (g, s) => {
      const [short, long] = [
        rateOfChange(g, g.source('close'), s.number('short')), rateOfChange(g, g.source('close'), s.number('long')),
      ]
      return [weighted(g, add(g, short, long), s.number('period'))]
    },
  },
  {
    name: 'detrendedPrice', title: 'Detrended price oscillator', category: 'momentum', pane: 'own',
    formula: 'close[⌊n/2⌋ + 1] − SMA(close, n)', convention: 'The close of ⌊n/2⌋ + 1 bars ago: no future bar is read.',
    source: 'J. Murphy, Technical Analysis of the Financial Markets, 1999',
    inputs: ['close'], parameters: [period(20)], outputs: [output('dpo', 'distance of a past price from the average')],
    build: (g, s) => [
      subtract(
        g, delay(g, g.source('close'), Math.floor(s.number('period') / 2) + 1), mean(g, g.source('close'), s.number('period')),
      ),
    ],
  },
  {
    name: 'trueStrength', title: 'True strength index', category: 'momentum', pane: 'own',
    formula: 'TSI = 100 EMA(EMA(change, long), short)/EMA(EMA(|change|, long), short); signal = EMA(TSI)',
    convention: 'Each stage seeded with the mean of its first values.', source: 'W. Blau, Stocks & Commodities 9, 1991',
    inputs: ['close'], parameters: [period(25, 'long'), period(13, 'short'), period(7, 'signal')],
    outputs: [output('tsi', 'double-smoothed momentum, −100 … 100'), output('signal', 'its average')],
    build: (g, s) => {
      const moved = change(g, g.source('close'))
      const [long, short] = [s.number('long'), s.number('short')]
      const [up, size] = [twice(g, moved, long, short), twice(g, magnitude(g, moved), long, short)]
      return [ratio(g, up, size, 100, none), ema(g, ratio(g, up, size, 100, 0), s.number('signal'))]
    },
  },
  {
    name: 'stochasticMomentum', title: 'Stochastic momentum index', category: 'momentum', pane: 'own',
    formula: 'SMI = 200 EMA(EMA(close − middle))/EMA(EMA(highest − lowest)), middle of the range of n bars',
    convention: 'Each stage seeded with the mean of its first values.', source: 'W. Blau, Stocks & Commodities 11, 1993',
    inputs: ['high', 'low', 'close'], parameters: [period(13), period(25, 'first'), period(2, 'second')],
    outputs: [output('smi', 'smoothed distance from the middle, −100 … 100')],
    build: (g, s) => [stochasticMomentum(g, s.number('period'), s.number('first'), s.number('second'))],
  },
  {
    name: 'fisherTransform', title: 'Fisher transform', category: 'momentum', pane: 'own',
    formula: 'F = atanh(x) + F′/2, x the smoothed place of (high + low)/2 in its range, held within ±0.999',
    convention: 'trigger is F of the bar before; starts from nothing.',
    source: 'J. Ehlers, Stocks & Commodities 20, 2002',
    inputs: ['high', 'low'], parameters: [period(9)],
    outputs: [output('fisher', 'transformed place in the range'), output('trigger', 'the same one bar ago')],
    build: (g, s) => {
      const line = fisher(g, s.number('period'))
      return [line, delay(g, line, 1)]
    },
  },
  {
    name: 'inverseFisherRsi', title: 'Inverse Fisher transform of the RSI', category: 'momentum', pane: 'own',
    formula: 'tanh(WMA(0.1 (RSI − 50), smooth))', convention: 'Wilder’s RSI; the neutral 50 while nothing has moved.',
    source: 'J. Ehlers, Stocks & Commodities 22, 2004',
    inputs: ['close'], parameters: [period(5), period(9, 'smooth')], outputs: [output('ift', 'decided RSI, −1 … 1')],
    build: (g, s) => {
      const strength = map1(
        g, 'rsi less 50', relativeStrength(g, g.source('close'), s.number('period'), 50), (rsi) => 0.1 * (rsi - 50),
      )
      return [map1(g, 'tanh', weighted(g, strength, s.number('smooth')), Math.tanh)]
    },
  },
  {
    name: 'connorsRsi', title: 'Connors RSI', category: 'momentum', pane: 'own',
    formula: '(RSI(close) + RSI(streak) + percent rank of the last return)/3',
    convention: 'The rank counts the earlier returns that were lower.',
    source: 'L. Connors and C. Alvarez, 2012',
    inputs: ['close'], parameters: [period(3, 'rsi'), period(2, 'streak'), period(100, 'rank')],
    outputs: [output('crsi', 'mean of three measures, 0 … 100')],
    build: (g, s) => {
      const close = g.source('close')
      const rank = overWindow(g, 'percent rank', rateOfChange(g, close, 1), s.number('rank') + 1, percentRankOf)
      const parts = [
        relativeStrength(g, close, s.number('rsi'), 50), relativeStrength(g, streak(g, close), s.number('streak'), 50), rank,
      ] as const
      return [map3(g, 'mean of three', parts, (a, b, c) => (a + b + c) / 3)]
    },
  },
  {
    name: 'relativeVigor', title: 'Relative vigor index', category: 'momentum', pane: 'own',
    formula: 'Σ sym(close − open)/Σ sym(high − low) over n bars; signal = sym(RVGI); sym weighs four bars 1 2 2 1',
    convention: 'Not available where the window has no range.',
    source: 'J. Ehlers, Stocks & Commodities 20, 2002',
    inputs: ['open', 'high', 'low', 'close'], parameters: [period(10)],
    outputs: [output('rvgi', 'vigor of the closes'), output('signal', 'its symmetrical average')],
    build: (g, s) => {
      const body = sum(g, symmetrical(g, subtract(g, g.source('close'), g.source('open'))), s.number('period'))
      const line = ratio(
        g, body, sum(g, symmetrical(g, subtract(g, g.source('high'), g.source('low'))), s.number('period')), 1, none,
      )
      return [line, symmetrical(g, line)]
    },
  },
  {
    name: 'schaffTrendCycle', title: 'Schaff trend cycle', category: 'momentum', pane: 'own',
    formula: 'Twice the smoothed place of a line in its range, the line being EMA(fast) − EMA(slow)',
    convention: 'The neutral 50 where the line has no range; smoothing by a fixed share.',
    source: 'D. Schaff, 1999',
    inputs: ['close'],
    parameters: [
      period(23, 'fast'), period(50, 'slow'), period(10, 'cycle'), factor('pace', 0.5, 0.01, 1, 'share of the smoothing'),
    ],
    outputs: [output('stc', 'place in the trend’s cycle, 0 … 100')],
    build: (g, s) => [schaff(g, s.number('fast'), s.number('slow'), s.number('cycle'), s.number('pace'))],
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'relativeMomentum', title: 'Relative momentum index', category: 'momentum', pane: 'own',
    formula: 'As the RSI, with gains and losses over m bars', convention: 'Wilder’s averages.',
    source: 'R. Altman, Stocks & Commodities 11, 1993',
    inputs: ['close'], parameters: [period(14), period(4, 'momentum')], outputs: [output('rmi', 'strength of gains, 0 … 100')],
    build: (g, s) => {
      const moved = change(g, g.source('close'), s.number('momentum'))
      const [up, down] = [map1(g, 'upward', moved, (x) => Math.max(x, 0)), map1(g, 'downward', moved, (x) => Math.max(-x, 0))]
      const [gains, losses] = [wilder(g, up, s.number('period')), wilder(g, down, s.number('period'))]
      return [share(g, gains, losses, 100, none)]
    },
  },
]
