import { choice, output, period, rising, type IndicatorDefinition } from '../definition.ts'
import {
  balance, change, ema, gain, highest, loss, lowest, map1, map2, map3, mean, overWindow, position, positionInRange,
  positionOfClose, ratio, relativeStrength,
  share, subtract, sum, trueRange, typicalPrice, wilder, withhold, delay,
} from '../nodes/index.ts'
import type { Graph, Signal } from '../graph.ts'

const talib = 'TA-Lib 0.4.0'
const none = Number.NaN

/** Signals that are shown together begin together. */
export const together = (g: Graph, ...signals: readonly Signal[]): readonly Signal[] => {
  const start = Math.max(...signals.map(({ first }) => first))
  return signals.map((signal) => withhold(g, signal, start))
}

/** The fast average is seeded on its own first closes, or, aligned, on the closes that end the slow one's seed. */
export function averagesApart(g: Graph, x: Signal, fast: number, slow: number, isAligned: boolean): readonly [Signal, Signal] {
  return [ema(g, isAligned ? withhold(g, x, x.first + slow - fast) : x, fast), ema(g, x, slow)]
}

function ultimate(g: Graph, periods: readonly number[]): Signal {
  const before = delay(g, g.source('close'), 1)
  const pressure = map3(
    g, 'buying pressure', [g.source('close'), g.source('low'), before], (close, low, last) => close - Math.min(low, last),
  )
  const [short, middle, long] = [...periods].sort((a, b) => a - b).map((n) =>
    ratio(g, sum(g, pressure, n), sum(g, trueRange(g), n), 1, none)) as [Signal, Signal, Signal]
  return map3(g, 'ultimate', [short, middle, long], (a, b, c) => (100 * (4 * a + 2 * b + c)) / 7)
}

/** Mean absolute deviation from the mean, both taken from the newest value: a constant window has exactly none. */
export function commodityChannel(window: Float64Array): number {
  const newest = window[window.length - 1] ?? none
  const average = window.reduce((total, value) => total + (value - newest), 0) / window.length
  const deviation = window.reduce((total, value) => total + Math.abs(value - newest - average), 0) / window.length
  return deviation === 0 ? 0 : -average / (0.015 * deviation)
}

function flows(g: Graph, n: number): readonly [Signal, Signal] {
  const price = typicalPrice(g)
  const [now, before, volume] = [price, delay(g, price, 1), g.source('volume')] as const
  const inflow = map3(g, 'inflow', [now, before, volume], (x, last, v) => (x > last ? x * v : 0))
  const outflow = map3(g, 'outflow', [now, before, volume], (x, last, v) => (x < last ? x * v : 0))
  return [sum(g, inflow, n), sum(g, outflow, n)]
}

export const oscillators: readonly IndicatorDefinition[] = [
  {
    name: 'rsi', title: 'Relative strength index', category: 'momentum', pane: 'own',
    formula: 'RSI = 100 G/(G + L), G and L Wilder’s averages of gains and losses',
    convention: 'Seeded with the means of the first n changes; first value at index n. Not available while nothing has moved.',
    source: `${talib}; J. Welles Wilder, 1978`,
    inputs: ['close'], parameters: [period(14)], outputs: [output('rsi', 'strength of gains, 0 … 100')],
    build: (g, s) => [relativeStrength(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'macd', title: 'Moving average convergence divergence', category: 'momentum', pane: 'own',
    formula: 'MACD = EMA(fast) − EMA(slow); signal = EMA(MACD); histogram = MACD − signal',
    convention: 'alignSeed false: each average seeded on its own first closes. True (TA-Lib): the fast seed ends with the slow '
      + 'one and all outputs start together.',
    source: 'R package TTR 0.24.3 (false), TA-Lib 0.4.0 (true); G. Appel',
    inputs: ['close'],
    parameters: [
      period(12, 'fast'), period(26, 'slow'), period(9, 'signal'),
      { name: 'alignSeed', kind: 'boolean', meaning: 'seed the fast average where the slow one is seeded', preset: false },
    ],
    outputs: [
      output('macd', 'difference of the averages'), output('signal', 'its average'), output('hist', 'difference of both'),
    ],
    build: (g, s) => {
      const [fast, slow] = averagesApart(g, g.source('close'), s.number('fast'), s.number('slow'), s.flag('alignSeed'))
      const line = subtract(g, fast, slow)
      const signal = ema(g, line, s.number('signal'))
      return [s.flag('alignSeed') ? withhold(g, line, signal.first) : line, signal, subtract(g, line, signal)]
    },
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'stochastic', title: 'Slow stochastic', category: 'momentum', pane: 'own',
    formula: '%K = SMA(100 (close − lowest)/(highest − lowest), smooth); %D = SMA(%K, d)',
    convention: 'Simple averages; both lines start together. Not available where the window has no range.',
    source: `${talib}; G. Lane`,
    inputs: ['high', 'low', 'close'], parameters: [period(14, 'k'), period(3, 'smooth'), period(3, 'd')],
    outputs: [output('k', 'smoothed position in the range, 0 … 100'), output('d', 'its average')],
    build: (g, s) => {
      const k = mean(g, positionOfClose(g, s.number('k')), s.number('smooth'))
      return together(g, k, mean(g, k, s.number('d')))
    },
  },
  {
    name: 'stochasticFast', title: 'Fast stochastic', category: 'momentum', pane: 'own',
    formula: '%K = 100 (close − lowest)/(highest − lowest); %D = SMA(%K, d)',
    convention: 'Both lines start together. Not available where the window has no range.', source: `${talib}; G. Lane`,
    inputs: ['high', 'low', 'close'], parameters: [period(5, 'k'), period(3, 'd')],
    outputs: [output('k', 'position in the range, 0 … 100'), output('d', 'its average')],
    build: (g, s) => {
      const k = positionOfClose(g, s.number('k'))
      return together(g, k, mean(g, k, s.number('d')))
    },
  },
  {
    name: 'stochRsi', title: 'Stochastic RSI', category: 'momentum', pane: 'own',
    formula: '%K = 100 (RSI − lowest RSI)/(highest RSI − lowest RSI) over k bars; %D = SMA(%K, d)',
    convention: 'No further smoothing of %K; both lines start together.', source: `${talib}; T. Chande and S. Kroll, 1994`,
    inputs: ['close'], parameters: [period(14, 'rsi'), period(14, 'k'), period(3, 'd')],
    outputs: [output('k', 'position of the RSI in its range, 0 … 100'), output('d', 'its average')],
    build: (g, s) => {
      const k = positionInRange(g, relativeStrength(g, g.source('close'), s.number('rsi')), s.number('k'))
      return together(g, k, mean(g, k, s.number('d')))
    },
  },
  {
    name: 'cci', title: 'Commodity channel index', category: 'momentum', pane: 'own',
    formula: 'CCI = (p − mean p)/(0.015 · mean |p − mean p|), p = (high + low + close)/3',
    convention: 'Mean absolute deviation of the same window; 0 where the price did not move.',
    source: `${talib}; D. Lambert, 1980`,
    inputs: ['high', 'low', 'close'], parameters: [period(20)], outputs: [output('cci', 'distance from the mean in deviations')],
    build: (g, s) => [overWindow(g, 'cci', typicalPrice(g), s.number('period'), commodityChannel)],
  },
  {
    name: 'williamsR', title: 'Williams %R', category: 'momentum', pane: 'own',
    formula: '%R = −100 (highest − close)/(highest − lowest)',
    convention: '−100 … 0; not available where the window has no range.', source: `${talib}; L. Williams`,
    inputs: ['high', 'low', 'close'], parameters: [period(14)], outputs: [output('willr', 'distance from the high, −100 … 0')],
    build: (g, s) => {
      const [low, high] = [lowest(g, g.source('low'), s.number('period')), highest(g, g.source('high'), s.number('period'))]
      return [position(g, [g.source('close'), high, low], -100, none)]
    },
  },
  {
    name: 'mfi', title: 'Money flow index', category: 'volume', pane: 'own',
    formula: 'MFI = 100 P/(P + N), P and N the sums of p · volume on rising and falling bars, p = (high + low + close)/3',
    convention: 'First value at index n; not available where no money flowed.', source: `${talib}; G. Quong and A. Soudack, 1989`,
    inputs: ['high', 'low', 'close', 'volume'], parameters: [period(14)],
    outputs: [output('mfi', 'share of money on rising bars, 0 … 100')],
    build: (g, s) => [share(g, ...flows(g, s.number('period')), 100, none)],
  },
  {
    name: 'ultimateOscillator', title: 'Ultimate oscillator', category: 'momentum', pane: 'own',
    formula: '100 (4 a + 2 b + c)/7, each Σ(close − min(low, close′))/Σ true range over one of the periods',
    convention: 'The shortest period weighs most.', source: `${talib}; L. Williams, 1985`,
    inputs: ['high', 'low', 'close'],
    parameters: [
      { name: 'periods', kind: 'numbers', meaning: 'the three numbers of bars', preset: [7, 14, 28], least: 1, most: 10_000 },
    ],
    outputs: [output('ultosc', 'buying pressure, 0 … 100')],
    build: (g, s) => [ultimate(g, [...s.numbers('periods')])],
    check: (s) => (
      s.numbers('periods').length === 3 && s.numbers('periods').every(
        Number.isInteger,
      ) ? undefined : 'periods is expected to be three whole numbers.'
    ),
  },
  {
    name: 'cmo', title: 'Chande momentum oscillator', category: 'momentum', pane: 'own',
    formula: 'CMO = 100 (U − D)/(U + D), U and D gains and losses over n bars',
    convention: 'smoothing sum: rolling sums (Chande); wilder: Wilder’s averages (TA-Lib), which is 2 RSI − 100.',
    source: 'R package TTR 0.24.3 (sum), TA-Lib 0.4.0 (wilder); T. Chande, 1994',
    inputs: ['close'], parameters: [period(14), choice('smoothing', ['sum', 'wilder'], 'how gains and losses are gathered')],
    outputs: [output('cmo', 'balance of gains and losses, −100 … 100')],
    build: (g, s) => {
      const gather = s.text('smoothing') === 'sum' ? sum : wilder
      const [up, down] = [
        gather(g, gain(g, g.source('close')), s.number('period')), gather(g, loss(g, g.source('close')), s.number('period')),
      ]
      return [balance(g, up, down, 100, none)]
    },
  },
  {
    name: 'ppo', title: 'Percentage price oscillator', category: 'momentum', pane: 'own',
    formula: 'PPO = 100 (EMA(fast) − EMA(slow))/EMA(slow)', convention: 'Each average seeded on its own first closes.',
    source: talib,
    inputs: ['close'], parameters: [period(12, 'fast'), period(26, 'slow')],
    outputs: [output('ppo', 'difference of the averages in percent')],
    build: (g, s) => {
      const [fast, slow] = averagesApart(g, g.source('close'), s.number('fast'), s.number('slow'), false)
      return [ratio(g, subtract(g, fast, slow), slow, 100, none)]
    },
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'apo', title: 'Absolute price oscillator', category: 'momentum', pane: 'own',
    formula: 'APO = EMA(fast) − EMA(slow)', convention: 'Each average seeded on its own first closes.',
    source: 'TA-Lib 0.4.0 EMA, composed',
    inputs: ['close'], parameters: [period(12, 'fast'), period(26, 'slow')],
    outputs: [output('apo', 'difference of the averages')],
    build: (g, s) => [subtract(g, ...averagesApart(g, g.source('close'), s.number('fast'), s.number('slow'), false))],
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'roc', title: 'Rate of change', category: 'momentum', pane: 'own',
    formula: 'ROC = 100 (close/close[n] − 1)', convention: 'In percent.', source: talib,
    inputs: ['close'], parameters: [period(10)], outputs: [output('roc', 'change over n bars in percent')],
    build: (g, s) => [rateOfChange(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'momentum', title: 'Momentum', category: 'momentum', pane: 'own',
    formula: 'close − close[n]', convention: 'In units of the price.', source: talib,
    inputs: ['close'], parameters: [period(10)], outputs: [output('mom', 'change over n bars')],
    build: (g, s) => [change(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'trix', title: 'Triple-smoothed rate of change', category: 'momentum', pane: 'own',
    formula: 'TRIX = 100 (e₃/e₃′ − 1), e₃ the EMA of the EMA of the EMA',
    convention: 'Each stage seeded with the mean of its first n values; first value at 3(n − 1) + 1.',
    source: `${talib}; J. Hutson, 1983`,
    inputs: ['close'], parameters: [period(15)], outputs: [output('trix', 'change of the smoothed price in percent')],
    build: (g, s) => {
      const n = s.number('period')
      return [rateOfChange(g, ema(g, ema(g, ema(g, g.source('close'), n), n), n), 1)]
    },
  },
]

export function rateOfChange(g: Graph, x: Signal, bars: number): Signal {
  const before = delay(g, x, bars)
  return map2(g, 'percent change', x, before, (now, then) => (then === 0 ? none : (100 * (now - then)) / then))
}
export const logarithm = (g: Graph, x: Signal): Signal => map1(g, 'ln', x, Math.log)
