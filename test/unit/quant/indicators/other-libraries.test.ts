import TI from 'technicalindicators'
import * as TS from 'trading-signals'
import { describe, expect, it } from 'vitest'
import { ensureOk } from '../../../../src-main/base/index.ts'
import { computeIndicator, type IndicatorParams } from '../../../../src-main/quant/indicators/index.ts'
import { columnsOf, ensureIndicator, randomBars } from './random-bars.ts'

const bars = randomBars(77, 5_000)
const columns = columnsOf(bars)
const open = bars.map((bar) => bar.open)
const high = bars.map((bar) => bar.high)
const low = bars.map((bar) => bar.low)
const close = bars.map((bar) => bar.close)
const volume = bars.map((bar) => bar.volume)
const hlc = { high, low, close }

type Candle = (typeof bars)[number]
interface Streaming<Input, Output> {
  readonly add: (input: Input) => Output | null | void
}
type Series = readonly (number | undefined)[]

const streamed = <Input, Output>(
  indicator: Streaming<Input, Output>, inputOf: (bar: Candle) => Input, pick: (output: Output) => number,
): Series =>
  bars.map((bar) => {
    const value = indicator.add(inputOf(bar))
    return value === null || value === undefined ? undefined : pick(value as Output)
  })
const ofCloses = (
  indicator: Streaming<number, number>, pick: (output: number) => number = (value) => value,
): Series => streamed(indicator, (bar) => bar.close, pick)
const ofBars = (indicator: Streaming<Candle, number>): Series => streamed(indicator, (bar) => bar, (value) => value)
/** The library leaves out the warm-up: what it gives ends with the last bar. */
const ending = (values: readonly (number | undefined)[]): Series => [
  ...Array.from<undefined>({ length: bars.length - values.length }), ...values,
]

const ours = (name: string, output: string, params: IndicatorParams): Float64Array =>
  ensureOk(computeIndicator(ensureIndicator(name), params, columns), name)[output] ?? new Float64Array()

/** The greatest relative difference over the bars on which both have a value. */
function greatestDifference(mine: Float64Array, theirs: Series): number {
  let [compared, greatest] = [0, 0]
  mine.forEach((value, at) => {
    const other = theirs[at]
    if (Number.isNaN(value) || other === undefined || Number.isNaN(other)) return
    compared++
    greatest = Math.max(greatest, Math.abs(value - other) / (1 + Math.abs(value)))
  })
  expect(compared).toBeGreaterThan(4_900)
  return greatest
}

type Row = readonly [name: string, output: string, params: IndicatorParams, theirs: () => Series]
const macdInput = {
  values: close, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false,
}

const tradingSignals: readonly Row[] = [
  ['sma', 'sma', { period: 20 }, () => ofCloses(new TS.SMA(20))],
  ['ema', 'ema', { period: 20, seed: 'first' }, () => ofCloses(new TS.EMA(20))],
  ['rma', 'rma', { period: 14 }, () => ofCloses(new TS.WSMA(14))],
  ['wma', 'wma', { period: 10 }, () => ofCloses(new TS.WMA(10))],
  ['hma', 'hma', { period: 16 }, () => ofCloses(new TS.HMA(16))],
  ['trima', 'trima', { period: 9 }, () => ofCloses(new TS.TRIMA(9))],
  ['vwma', 'vwma', { period: 20 }, () => ofBars(new TS.VWMA(20))],
  ['rsi', 'rsi', { period: 14 }, () => ofCloses(new TS.RSI(14))],
  ['roc', 'roc', { period: 10 }, () => ofCloses(new TS.ROC(10), (fraction) => 100 * fraction)],
  ['momentum', 'mom', { period: 10 }, () => ofCloses(new TS.MOM(10))],
  ['cci', 'cci', { period: 20 }, () => ofBars(new TS.CCI(20))],
  ['williamsR', 'willr', { period: 14 }, () => ofBars(new TS.WilliamsR(14))],
  ['cmo', 'cmo', { period: 14 }, () => ofCloses(new TS.CMO(14))],
  ['awesomeOscillator', 'ao', {}, () => ofBars(new TS.AO(5, 34))],
  [
    'stochastic', 'd', {},
    () => streamed(
      new TS.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }), (bar) => bar, (value) => value.stochD,
    ),
  ],
  ['mfi', 'mfi', { period: 14 }, () => ofBars(new TS.MFI(14))],
  ['ultimateOscillator', 'ultosc', {}, () => ofBars(new TS.UltimateOscillator())],
  ['atr', 'atr', { period: 14, firstBar: 'high-low' }, () => ofBars(new TS.ATR(14))],
  ['natr', 'natr', { period: 14, firstBar: 'high-low' }, () => ofBars(new TS.NATR(14))],
  ['trueRange', 'tr', {}, () => ofBars(new TS.TR())],
  ['bollinger', 'upper', {}, () => streamed(new TS.BollingerBands(20, 2), (bar) => bar.close, (value) => value.upper)],
  ['donchian', 'upper', {}, () => streamed(new TS.DonchianChannels(20), (bar) => bar, (value) => value.upper)],
  ['vhf', 'vhf', {}, () => ofCloses(new TS.VHF(28))],
  ['cmf', 'cmf', {}, () => ofBars(new TS.CMF(20))],
  ['accumulationDistribution', 'ad', {}, () => ofBars(new TS.AD())],
  ['chaikinOscillator', 'adosc', {}, () => ofBars(new TS.ADOSC())],
  ['easeOfMovement', 'emv', {}, () => ofBars(new TS.EMV(14, 10_000))],
]

const technicalIndicators: readonly Row[] = [
  ['sma', 'sma', { period: 20 }, () => ending(TI.SMA.calculate({ period: 20, values: close }))],
  ['ema', 'ema', { period: 20 }, () => ending(TI.EMA.calculate({ period: 20, values: close }))],
  ['wma', 'wma', { period: 10 }, () => ending(TI.WMA.calculate({ period: 10, values: close }))],
  ['rma', 'rma', { period: 14 }, () => ending(TI.WEMA.calculate({ period: 14, values: close }))],
  ['macd', 'macd', {}, () => ending(TI.MACD.calculate(macdInput).map((row) => row.MACD))],
  ['macd', 'signal', {}, () => ending(TI.MACD.calculate(macdInput).map((row) => row.signal))],
  [
    'bollinger', 'lower', {},
    () => ending(TI.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }).map((row) => row.lower)),
  ],
  [
    'bollinger', 'percentB', {},
    () => ending(TI.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }).map((row) => row.pb)),
  ],
  ['adx', 'adx', { seed: 'wilder-n' }, () => ending(TI.ADX.calculate({ period: 14, ...hlc }).map((row) => row.adx))],
  ['atr', 'atr', {}, () => ending(TI.ATR.calculate({ period: 14, ...hlc }))],
  ['trueRange', 'tr', {}, () => ending(TI.TrueRange.calculate(hlc))],
  ['roc', 'roc', {}, () => ending(TI.ROC.calculate({ period: 10, values: close }))],
  ['knowSureThing', 'kst', {}, () => ending(TI.KST.calculate({
    values: close, ROCPer1: 10, ROCPer2: 15, ROCPer3: 20, ROCPer4: 30, SMAROCPer1: 10, SMAROCPer2: 10, SMAROCPer3: 10,
    SMAROCPer4: 15, signalPeriod: 9,
  }).map((row) => row.kst))],
  ['parabolicSar', 'sar', {}, () => ending(TI.PSAR.calculate({ step: 0.02, max: 0.2, high, low }))],
  [
    'stochasticFast', 'k', { k: 14, d: 3 },
    () => ending(TI.Stochastic.calculate({ period: 14, signalPeriod: 3, ...hlc }).map((row) => row.k)),
  ],
  ['williamsR', 'willr', {}, () => ending(TI.WilliamsR.calculate({ period: 14, ...hlc }))],
  ['obv', 'obv', { start: 'zero' }, () => ending(TI.OBV.calculate({ close, volume }))],
  ['trix', 'trix', { period: 9 }, () => ending(TI.TRIX.calculate({ period: 9, values: close }))],
  ['forceIndex', 'force', {}, () => ending(TI.ForceIndex.calculate({ period: 13, close, volume }))],
  ['cci', 'cci', {}, () => ending(TI.CCI.calculate({ period: 20, ...hlc }))],
  ['awesomeOscillator', 'ao', {}, () => ending(TI.AwesomeOscillator.calculate({ fastPeriod: 5, slowPeriod: 34, high, low }))],
  ['vwapAnchored', 'vwap', {}, () => ending(TI.VWAP.calculate({ ...hlc, volume }))],
  ['rollingStd', 'std', {}, () => ending(TI.SD.calculate({ period: 20, values: close }))],
  ['heikinAshi', 'open', {}, () => ending(TI.HeikinAshi.calculate({ open, ...hlc, volume, timestamp: [] }).open ?? [])],
]

const titled = (rows: readonly Row[]) => rows.map((row) => [`${row[0]}.${row[1]}`, row] as const)

describe('trading-signals 8.3.0 agrees over 5,000 bars', () => {
  it.each(titled(tradingSignals))('on %s', (_title, [name, output, params, theirs]) => {
    expect(greatestDifference(ours(name, output, params), theirs())).toBeLessThan(1e-10)
  })
})

describe('technicalindicators 3.1.0 agrees over 5,000 bars', () => {
  it.each(titled(technicalIndicators))('on %s', (_title, [name, output, params, theirs]) => {
    expect(greatestDifference(ours(name, output, params), theirs())).toBeLessThan(1e-10)
  })
})

describe('where a library has another convention', () => {
  const differing: readonly (readonly [why: string, row: Row, least: number, most: number])[] = [
    [
      'technicalindicators rounds the RSI to two decimals',
      ['rsi', 'rsi', {}, () => ending(TI.RSI.calculate({ period: 14, values: close }))], 1e-6, 1e-3,
    ],
    [
      'technicalindicators rounds accumulation/distribution to whole numbers',
      ['accumulationDistribution', 'ad', {}, () => ending(TI.ADL.calculate({ ...hlc, volume }))], 1e-6, 0.5,
    ],
    ['trading-signals seeds the averages of the MACD with their first values', ['macd', 'macd', {}, () =>
      streamed(new TS.MACD(new TS.EMA(12), new TS.EMA(26), new TS.EMA(9)), (bar) => bar.close, (value) => value.macd)], 1e-3, 2],
    [
      'trading-signals divides the change of TRIX by the present average, not by the last',
      ['trix', 'trix', { period: 9 }, () => ofCloses(new TS.TRIX(9))], 1e-6, 0.1,
    ],
    [
      'trading-signals does not cut the centre of ALMA to a whole number', ['alma', 'alma', {}, () => ofCloses(new TS.ALMA(9))],
      1e-6, 0.1,
    ],
    [
      'trading-signals takes the choppiness’ range from true highs and lows',
      ['choppiness', 'chop', {}, () => ofBars(new TS.CHOP(14))], 1e-6, 0.1,
    ],
  ]
  it.each(differing)('%s', (_why, [name, output, params, theirs], least, most) => {
    const difference = greatestDifference(ours(name, output, params), theirs())
    expect(difference).toBeGreaterThan(least)
    expect(difference).toBeLessThan(most)
  })
})
