import TI from 'technicalindicators'
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from 'trading-signals'
import { createRandom, ensureOk } from '../../src-main/base/index.ts'
import { createFeatureVector, type Bar, type BarMachine, type Feature } from '../../src-main/quant/indicators/index.ts'
import { resultOf, spreadOf, type Benchmark, type Spread } from './measure.ts'

export const barCount = 20_000
const rounds = 5
const warmUpRounds = 2
const chunkLength = 1_000

/** Nanoseconds for one bar, medians of the rounds. */
export interface IndicatorFigures {
  readonly ours: number
  readonly tradingSignals: number
  readonly technicalIndicators: number
  /** How many times as long as ours the others take. */
  readonly timesTradingSignals: number
  readonly timesTechnicalIndicators: number
  readonly hundredFeatures: number
}

function walk(count: number): readonly Bar[] {
  const random = createRandom(20_240_611)
  let close = 100
  return Array.from({ length: count }, () => {
    const open = close
    close *= 1 + (random.nextFloat53() - 0.5) * 0.02
    return {
      open, high: Math.max(open, close) * 1.002, low: Math.min(open, close) * 0.998, close,
      volume: 100 + random.nextFloat53() * 1_000,
    }
  })
}

const six: readonly Feature[] = [
  { name: 'sma', indicator: 'sma', params: { period: 20 } },
  { name: 'ema', indicator: 'ema', params: { period: 20 } },
  { name: 'rsi', indicator: 'rsi', params: { period: 14 } },
  { name: 'atr', indicator: 'atr', params: { period: 14 } },
  ...['macd', 'signal', 'hist'].map(
    (output) => ({ name: `macd.${output}`, indicator: 'macd', output, params: { fast: 12, slow: 26, signal: 9 } }),
  ),
  ...['upper', 'middle', 'lower'].map(
    (output) => ({ name: `bollinger.${output}`, indicator: 'bollinger', output, params: { period: 20, k: 2 } }),
  ),
]

/** One hundred features as a strategy would take them: the usual indicators over five horizons. */
export const hundredFeatures: readonly Feature[] = [5, 10, 20, 50, 100].flatMap((period) => [
  ...[
    'sma', 'ema', 'rma', 'rsi', 'atr', 'roc', 'momentum', 'williamsR', 'mfi', 'cmf', 'rollingStd', 'zScore', 'efficiencyRatio',
    'vwapRolling', 'adx',
  ].map((indicator) => ({
    name: `${indicator}.${period}`, indicator, params: { period },
  })),
  ...['upper', 'lower', 'percentB'].map(
    (output) => ({ name: `bollinger.${output}.${period}`, indicator: 'bollinger', output, params: { period } }),
  ),
  ...['upper', 'lower'].map(
    (output) => ({ name: `donchian.${output}.${period}`, indicator: 'donchian', output, params: { period } }),
  ),
])

const streaming = (features: readonly Feature[]): BarMachine => ensureOk(createFeatureVector(features), 'the vector')

function createTradingSignals(): (bar: Bar) => void {
  const closes = [
    new SMA(20), new EMA(20), new RSI(14), new MACD(new EMA(12), new EMA(26), new EMA(9)), new BollingerBands(20, 2),
  ]
  const range = new ATR(14)
  return (bar) => {
    for (const indicator of closes) indicator.add(bar.close)
    range.add(bar)
  }
}

function createTechnicalIndicators(): (bar: Bar) => void {
  const closes = [
    new TI.SMA({ period: 20, values: [] }), new TI.EMA({ period: 20, values: [] }), new TI.RSI({ period: 14, values: [] }),
    new TI.MACD(
      { values: [], fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false },
    ),
    new TI.BollingerBands({ period: 20, stdDev: 2, values: [] }),
  ]
  const range = new TI.ATR({ period: 14, high: [], low: [], close: [] })
  return (bar) => {
    for (const indicator of closes) indicator.nextValue(bar.close)
    range.nextValue(bar)
  }
}

/** Adds to each sample what its indicators took for the bars from `begin` on. */
function takeChunk(takers: readonly ((bar: Bar) => void)[], bars: readonly Bar[], begin: number, sample: Float64Array): void {
  const chunk = bars.slice(begin, begin + chunkLength)
  for (const [index, take] of takers.entries()) {
    const start = performance.now()
    for (const bar of chunk) take(bar)
    sample[index] = (sample[index] ?? 0) + performance.now() - start
  }
}

/** Milliseconds of one round. All take every chunk in turn: what disturbs the machine for a while meets all alike. */
function measureRound(makers: readonly (() => (bar: Bar) => void)[], bars: readonly Bar[]): Float64Array {
  const takers = makers.map((make) => make())
  const sample = new Float64Array(makers.length)
  for (let begin = 0; begin < bars.length; begin += chunkLength) takeChunk(takers, bars, begin, sample)
  return sample
}

function measureAll(makers: readonly (() => (bar: Bar) => void)[]): readonly Spread[] {
  const bars = walk(barCount)
  for (let round = 0; round < warmUpRounds; round++) measureRound(makers, bars)
  const samples = Array.from({ length: rounds }, () => measureRound(makers, bars))
  return makers.map((_make, index) => spreadOf(samples.map((sample) => sample[index] ?? Number.NaN)))
}

const taking = (features: readonly Feature[]) => () => {
  const machine = streaming(features)
  return (bar: Bar): void => void machine.update(bar)
}

const measureSpreads = () => {
  const [ours, tradingSignals, technicalIndicators, vector] = measureAll(
    [taking(six), createTradingSignals, createTechnicalIndicators, taking(hundredFeatures)],
  ) as [
    Spread, Spread, Spread, Spread,
  ]
  return { ours, tradingSignals, technicalIndicators, vector }
}

export function measureIndicators(): IndicatorFigures {
  const { ours, tradingSignals, technicalIndicators, vector } = measureSpreads()
  const perBar = (spread: Spread): number => (spread.median * 1e6) / barCount
  return {
    ours: perBar(ours),
    tradingSignals: perBar(tradingSignals),
    technicalIndicators: perBar(technicalIndicators),
    timesTradingSignals: tradingSignals.median / ours.median,
    timesTechnicalIndicators: technicalIndicators.median / ours.median,
    hundredFeatures: perBar(vector),
  }
}

/** The same as results of a benchmark: milliseconds for 20,000 bars. */
export const quantIndicators: Benchmark = () => {
  const { ours, tradingSignals, technicalIndicators, vector } = measureSpreads()
  return Promise.resolve({
    sixAgainstTradingSignals: resultOf(
      ours, tradingSignals, 'the same six of trading-signals 8.3.0', { statistic: 'median', atMost: tradingSignals.median / 4 },
    ),
    sixAgainstTechnicalIndicators: resultOf(
      ours, technicalIndicators, 'the same six of technicalindicators 3.1.0',
      { statistic: 'median', atMost: technicalIndicators.median / 15 },
    ),
    // Five microseconds a bar.
    hundredFeatures: resultOf(vector, ours, 'the vector of the six', { statistic: 'median', atMost: barCount * 0.005 }),
  })
}
