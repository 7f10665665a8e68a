import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import { computeIndicator, type Bar, type IndicatorParams } from '../../../src-main/quant/indicators/index.ts'
import { columnsOf, ensureIndicator, randomBars } from '../../unit/quant/indicators/random-bars.ts'

/** Written as the textbook says it, over the whole series for every bar: slow, and with nothing in common with the library. */
type Slow = (bars: readonly Bar[], at: number, n: number) => number

const window = (bars: readonly Bar[], at: number, n: number): readonly Bar[] => bars.slice(at - n + 1, at + 1)
const closes = (bars: readonly Bar[], at: number, n: number): readonly number[] => window(bars, at, n).map((bar) => bar.close)
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const mean = (values: readonly number[]): number => total(values) / values.length
const bar = (bars: readonly Bar[], at: number): Bar => {
  const found = bars[at]
  if (found === undefined) throw new Error(`no bar ${at}`)
  return found
}
const moved = (bars: readonly Bar[], at: number): number => bar(bars, at).close - bar(bars, at - 1).close
const range = (bars: readonly Bar[], at: number): number => {
  const [{ high, low }, { close }] = [bar(bars, at), bar(bars, at - 1)]
  return Math.max(high - low, Math.abs(high - close), Math.abs(low - close))
}
const indices = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const typical = ({ high, low, close }: Bar): number => (high + low + close) / 3
const deviation = (values: readonly number[], ddof: number): number => Math.sqrt(
  total(values.map((value) => (value - mean(values)) ** 2)) / (values.length - ddof),
)
const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b)

function smoothed(values: readonly number[], n: number, alpha: number): number {
  return values.slice(n).reduce((average, value) => alpha * value + (1 - alpha) * average, mean(values.slice(0, n)))
}

const wilderShare: Slow = (bars, at, n) => {
  const changes = indices(1, at).map((index) => moved(bars, index))
  const [up, down] = [
    smoothed(changes.map((x) => Math.max(x, 0)), n, 1 / n), smoothed(changes.map((x) => Math.max(-x, 0)), n, 1 / n),
  ]
  return 100 - 100 / (1 + up / down)
}

type Form = readonly [name: string, output: string, first: (n: number) => number, slow: Slow, more?: IndicatorParams]

const forms: readonly Form[] = [
  ['sma', 'sma', (n) => n - 1, (bars, at, n) => mean(closes(bars, at, n))],
  ['rollingSum', 'value', (n) => n - 1, (bars, at, n) => total(closes(bars, at, n))],
  ['rollingMax', 'value', (n) => n - 1, (bars, at, n) => Math.max(...closes(bars, at, n))],
  ['rollingMin', 'value', (n) => n - 1, (bars, at, n) => Math.min(...closes(bars, at, n))],
  ['ema', 'ema', (n) => n - 1, (bars, at, n) => smoothed(closes(bars, at, at + 1), n, 2 / (n + 1))],
  ['rma', 'rma', (n) => n - 1, (bars, at, n) => smoothed(closes(bars, at, at + 1), n, 1 / n)],
  [
    'wma', 'wma', (n) => n - 1,
    (bars, at, n) => total(closes(bars, at, n).map((x, index) => x * (index + 1))) / ((n * (n + 1)) / 2),
  ],
  ['rollingStd', 'std', (n) => n - 1, (bars, at, n) => deviation(closes(bars, at, n), 0)],
  ['rollingVariance', 'variance', (n) => n - 1, (bars, at, n) => deviation(closes(bars, at, n), 1) ** 2, { ddof: 1 }],
  [
    'zScore', 'z', (n) => n - 1,
    (bars, at, n) => (bar(bars, at).close - mean(closes(bars, at, n))) / deviation(closes(bars, at, n), 0),
  ],
  ['rollingMedian', 'median', (n) => n - 1, (bars, at, n) => {
    const values = sorted(closes(bars, at, n))
    return ((values[Math.floor((n - 1) / 2)] ?? 0) + (values[Math.ceil((n - 1) / 2)] ?? 0)) / 2
  }],
  [
    'percentRank', 'rank', (n) => n - 1,
    (bars, at, n) => (100 * closes(bars, at, n).filter((x) => x < bar(bars, at).close).length) / (n - 1),
  ],
  ['rollingSkewness', 'skewness', (n) => n - 1, (bars, at, n) => {
    const values = closes(bars, at, n)
    return mean(values.map((x) => (x - mean(values)) ** 3)) / deviation(values, 0) ** 3
  }],
  ['rollingKurtosis', 'kurtosis', (n) => n - 1, (bars, at, n) => {
    const values = closes(bars, at, n)
    return mean(values.map((x) => (x - mean(values)) ** 4)) / deviation(values, 0) ** 4 - 3
  }],
  [
    'meanDeviation', 'deviation', (n) => n - 1,
    (bars, at, n) => mean(closes(bars, at, n).map((x) => Math.abs(x - mean(closes(bars, at, n))))),
  ],
  ['rsi', 'rsi', (n) => n, wilderShare],
  ['cmo', 'cmo', (n) => n, (bars, at, n) => 2 * wilderShare(bars, at, n) - 100, { smoothing: 'wilder' }],
  ['atr', 'atr', (n) => n, (bars, at, n) => smoothed(indices(1, at).map((index) => range(bars, index)), n, 1 / n)],
  ['momentum', 'mom', (n) => n, (bars, at, n) => bar(bars, at).close - bar(bars, at - n).close],
  ['roc', 'roc', (n) => n, (bars, at, n) => 100 * (bar(bars, at).close / bar(bars, at - n).close - 1)],
  ['cci', 'cci', (n) => n - 1, (bars, at, n) => {
    const values = window(bars, at, n).map(typical)
    return (typical(bar(bars, at)) - mean(values)) / (0.015 * mean(values.map((x) => Math.abs(x - mean(values)))))
  }],
  ['williamsR', 'willr', (n) => n - 1, (bars, at, n) => {
    const [high, low] = [Math.max(...window(bars, at, n).map((x) => x.high)), Math.min(...window(bars, at, n).map((x) => x.low))]
    return (-100 * (high - bar(bars, at).close)) / (high - low)
  }],
  [
    'vwapRolling', 'vwap', (n) => n - 1,
    (bars, at, n) => total(window(bars, at, n).map((x) => x.close * x.volume)) / total(window(bars, at, n).map((x) => x.volume)),
  ],
  ['cmf', 'cmf', (n) => n - 1, (bars, at, n) => {
    const flows = window(bars, at, n).map((x) => (x.volume * (2 * x.close - x.low - x.high)) / (x.high - x.low))
    return total(flows) / total(window(bars, at, n).map((x) => x.volume))
  }],
  ['aroon', 'up', (n) => n, (bars, at, n) => {
    const highs = window(bars, at, n + 1).map((x) => x.high)
    return (100 * highs.lastIndexOf(Math.max(...highs))) / n
  }],
  [
    'donchian', 'middle', (n) => n - 1,
    (bars, at, n) => (
      Math.max(...window(bars, at, n).map((x) => x.high)) + Math.min(...window(bars, at, n).map((x) => x.low))
    ) / 2,
  ],
  [
    'efficiencyRatio', 'er', (n) => n,
    (bars, at, n) => Math.abs(bar(bars, at).close - bar(bars, at - n).close) / total(
      indices(at - n + 1, at).map((index) => Math.abs(moved(bars, index))),
    ),
  ],
  ['linearRegression', 'slope', (n) => n - 1, (bars, at, n) => {
    const [values, middle] = [closes(bars, at, n), (n - 1) / 2]
    return total(values.map((y, x) => (x - middle) * (y - mean(values)))) / total(values.map((_y, x) => (x - middle) ** 2))
  }],
  [
    'psychologicalLine', 'psy', (n) => n,
    (bars, at, n) => (100 * indices(at - n + 1, at).filter((index) => moved(bars, index) > 0).length) / n,
  ],
  [
    'obv', 'obv', () => 0,
    (bars, at) => total(indices(1, at).map((index) => Math.sign(moved(bars, index)) * bar(bars, index).volume)),
    { start: 'zero' },
  ],
]

describe('an indicator equals its slow textbook form', () => {
  it.each(
    forms.map((form) => [`${form[0]}.${form[1]}`, form] as const),
  )('%s', (_title, [name, output, first, slow, more = {}]) => {
    const definition = ensureIndicator(name)
    const hasPeriod = definition.parameters.some((parameter) => parameter.name === 'period')
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 4, max: 30 }), fc.integer({ min: 1, max: 70 }), (seed, n, count) => {
      const bars = randomBars(seed, count)
      const values = ensureOk(
        computeIndicator(definition, { ...more, ...(hasPeriod ? { period: n } : {}) }, columnsOf(bars)), name,
      )[output] ?? new Float64Array()
      values.forEach((value, at) => {
        if (at < first(n)) return expect(value).toBeNaN()
        const expected = slow(bars, at, n)
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 + 1e-9 * Math.abs(expected))
      })
    }), { numRuns: 200 })
  })
})

describe('rolling windows', () => {
  it('do not drift over a million bars, nor keep a trace of what has left them', () => {
    const count = 1_000_000
    const close = Float64Array.from({ length: count }, (_, index) => 100 + Math.sin(index) + (index % 1_000 === 0 ? 1e12 : 0))
    const [sma, deviations] = [
      ensureOk(computeIndicator(ensureIndicator('sma'), { period: 20 }, { close }), 'sma').sma ?? close,
      ensureOk(computeIndicator(ensureIndicator('rollingStd'), { period: 20 }, { close }), 'std').std ?? close,
    ]
    for (const at of [count - 1, count - 500, count - 978]) {
      const values = [...close.subarray(at - 19, at + 1)]
      expect(sma[at]).toBeCloseTo(mean(values), 10)
      expect(deviations[at]).toBeCloseTo(deviation(values, 0), 10)
    }
  })
})
