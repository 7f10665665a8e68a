import { choice, output, period, rising, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  cumulative, delay, ema, map2, map3, map4, mean, medianPrice, multiply, ratio, recur, simpleReturn, subtract, sum,
  wilder, withhold, change,
} from '../nodes/index.ts'
import { rateOfChange } from './oscillators.ts'

const none = Number.NaN
const hlcv = ['high', 'low', 'close', 'volume'] as const

/** Volume times the place of the close in the bar, −1 … 1; a bar without range moves nothing. */
const moneyFlow = (g: Graph): Signal =>
  map4(g, 'money flow', [g.source('high'), g.source('low'), g.source('close'), g.source('volume')], (high, low, close, volume) =>
    high === low ? 0 : ((close - low - (high - close)) / (high - low)) * volume)

const accumulation = (g: Graph): Signal => cumulative(g, moneyFlow(g))

function onBalance(g: Graph, start: string): Signal {
  const close = g.source('close')
  const before = g.place({
    key: 'close before, or itself',
    inputs: [close],
    depth: 1,
    does: ({ cells, out, ring }) => {
      const { base, mask } = ring(close)
      return (bar) => void (cells[out] = cells[bar === 0 ? close.id : base + ((bar - 1) & mask)] as number)
    },
  })
  const signed = map3(
    g, 'signed volume', [close, before, g.source('volume')], (now, last, volume) => volume * Math.sign(now - last),
  )
  return recur(
    g, `obv ${start}`, [signed, g.source('volume')], (_none, volume) => (start === 'zero' ? 0 : volume),
    (total, flow) => total + flow,
  )
}

/** Compounds the return of the bars on which volume fell, or rose, from 1000. */
const volumeIndex = (g: Graph, sign: 1 | -1): Signal =>
  recur(g, `volume index ${sign}`, [
    simpleReturn(g, g.source('close')), change(g, g.source('volume')),
  ], (grown, more) => 1000 * (sign * more > 0 ? 1 + grown : 1),
    (index, grown, more) => (sign * more > 0 ? index * (1 + grown) : index))

function easeOfMovement(g: Graph, n: number, divisor: number): Signal {
  const moved = change(g, medianPrice(g))
  const box = map4(g, `ease ${divisor}`, [
    moved, g.source('high'), g.source('low'), g.source('volume'),
  ], (move, high, low, volume) =>
    volume === 0 ? 0 : (move * (high - low)) / (volume / divisor))
  return mean(g, box, n)
}

function twiggs(g: Graph, n: number): Signal {
  const before = delay(g, g.source('close'), 1)
  const [top, bottom] = [
    map2(g, 'true high', g.source('high'), before, Math.max), map2(g, 'true low', g.source('low'), before, Math.min),
  ]
  const flow = map4(g, 'twiggs flow', [top, bottom, g.source('close'), g.source('volume')], (high, low, close, volume) =>
    high === low ? 0 : ((2 * close - high - low) / (high - low)) * volume)
  return ratio(g, wilder(g, flow, n), wilder(g, withhold(g, g.source('volume'), 1), n), 1, none)
}

const oscillationOfVolume = (g: Graph, fast: Signal, slow: Signal): Signal => ratio(g, subtract(g, fast, slow), slow, 100, none)

export const volumes: readonly IndicatorDefinition[] = [
  {
    name: 'obv', title: 'On-balance volume', category: 'volume', pane: 'own',
    formula: 'OBV = OBV′ ± volume, by the direction of the close',
    convention: 'start volume0: the first bar’s volume; zero: nothing.',
    source: 'TA-Lib 0.4.0 (volume0), Tulip Indicators 0.9.2 (zero); J. Granville, 1963',
    inputs: ['close', 'volume'], parameters: [choice('start', ['volume0', 'zero'], 'value at the first bar')],
    outputs: [output('obv', 'volume on rising less on falling bars')],
    build: (g, s) => [onBalance(g, s.text('start'))],
  },
  {
    name: 'accumulationDistribution', title: 'Accumulation/distribution', category: 'volume', pane: 'own',
    formula: 'AD = AD′ + volume ((close − low) − (high − close))/(high − low)', convention: 'A bar without range adds nothing.',
    source: 'TA-Lib 0.4.0 AD; M. Chaikin',
    inputs: hlcv, parameters: [], outputs: [output('ad', 'volume weighted by the place of the close')],
    build: (g) => [accumulation(g)],
  },
  {
    name: 'chaikinOscillator', title: 'Chaikin oscillator', category: 'volume', pane: 'own',
    formula: 'EMA(AD, fast) − EMA(AD, slow)', convention: 'Averages seeded with the first AD; first value at slow − 1.',
    source: 'TA-Lib 0.4.0 ADOSC; M. Chaikin',
    inputs: hlcv, parameters: [period(3, 'fast'), period(10, 'slow')], outputs: [output('adosc', 'momentum of accumulation')],
    build: (g, s) => {
      const line = accumulation(g)
      const apart = subtract(g, ema(g, line, s.number('fast'), 'first'), ema(g, line, s.number('slow'), 'first'))
      return [withhold(g, apart, Math.max(s.number('fast'), s.number('slow')) - 1)]
    },
  },
  {
    name: 'cmf', title: 'Chaikin money flow', category: 'volume', pane: 'own',
    formula: 'Σ money flow volume/Σ volume over n bars',
    convention: 'A bar without range has no flow; not available where nothing was traded in the window.',
    source: 'R package TTR 0.24.3; M. Chaikin',
    inputs: hlcv, parameters: [period(20)], outputs: [output('cmf', 'balance of money flow, −1 … 1')],
    build: (g, s) => [
      ratio(g, sum(g, moneyFlow(g), s.number('period')), sum(g, g.source('volume'), s.number('period')), 1, none),
    ],
  },
  {
    name: 'twiggsMoneyFlow', title: 'Twiggs money flow', category: 'volume', pane: 'own',
    formula: 'Wilder(volume (2 close − TH − TL)/(TH − TL))/Wilder(volume), TH and TL the true high and low',
    convention: 'From the second bar on.', source: 'C. Twiggs, Incredible Charts',
    inputs: hlcv, parameters: [period(21)], outputs: [output('tmf', 'balance of money flow, −1 … 1')],
    build: (g, s) => [twiggs(g, s.number('period'))],
  },
  {
    name: 'forceIndex', title: 'Force index', category: 'volume', pane: 'own',
    formula: 'EMA(volume (close − close′), n)', convention: 'EMA seeded with the mean of its first n values.',
    source: 'A. Elder, Trading for a Living, 1993',
    inputs: ['close', 'volume'], parameters: [period(13)], outputs: [output('force', 'smoothed force of the moves')],
    build: (g, s) => [ema(g, multiply(g, change(g, g.source('close')), g.source('volume')), s.number('period'))],
  },
  {
    name: 'easeOfMovement', title: 'Ease of movement', category: 'volume', pane: 'own',
    formula: 'SMA(Δ(high + low)/2 · (high − low)/(volume/divisor), n)', convention: 'A bar without volume counts 0.',
    source: 'R. Arms, Volume Cycles in the Stock Market, 1983',
    inputs: ['high', 'low', 'volume'],
    parameters: [
      period(14), { name: 'divisor', kind: 'number', meaning: 'unit of volume', preset: 10_000, least: 1e-9, most: 1e15 },
    ],
    outputs: [output('emv', 'ease of the moves')],
    build: (g, s) => [easeOfMovement(g, s.number('period'), s.number('divisor'))],
  },
  {
    name: 'priceVolumeTrend', title: 'Price volume trend', category: 'volume', pane: 'own',
    formula: 'PVT = PVT′ + volume (close/close′ − 1)', convention: 'From the second bar on, starting from nothing.',
    source: 'J. Murphy, Technical Analysis of the Financial Markets, 1999',
    inputs: ['close', 'volume'], parameters: [], outputs: [output('pvt', 'volume weighted by return')],
    build: (g) => [cumulative(g, multiply(g, simpleReturn(g, g.source('close')), g.source('volume')))],
  },
  {
    name: 'negativeVolumeIndex', title: 'Negative volume index', category: 'volume', pane: 'own',
    formula: 'NVI = NVI′ · close/close′ where volume fell, else NVI′', convention: 'Starts at 1000 before the second bar.',
    source: 'P. Dysart; N. Fosback, Stock Market Logic, 1976',
    inputs: ['close', 'volume'], parameters: [], outputs: [output('nvi', 'index of quiet bars')],
    build: (g) => [volumeIndex(g, -1)],
  },
  {
    name: 'positiveVolumeIndex', title: 'Positive volume index', category: 'volume', pane: 'own',
    formula: 'PVI = PVI′ · close/close′ where volume rose, else PVI′', convention: 'Starts at 1000 before the second bar.',
    source: 'P. Dysart; N. Fosback, Stock Market Logic, 1976',
    inputs: ['close', 'volume'], parameters: [], outputs: [output('pvi', 'index of busy bars')],
    build: (g) => [volumeIndex(g, 1)],
  },
  {
    name: 'volumeOscillator', title: 'Volume oscillator', category: 'volume', pane: 'own',
    formula: '100 (SMA(volume, fast) − SMA(volume, slow))/SMA(volume, slow)',
    convention: 'Simple averages, in percent of the slow one.', source: 'common definition',
    inputs: ['volume'], parameters: [period(5, 'fast'), period(20, 'slow')],
    outputs: [output('vo', 'difference of the averages in percent')],
    build: (g, s) => [
      oscillationOfVolume(g, mean(g, g.source('volume'), s.number('fast')), mean(g, g.source('volume'), s.number('slow'))),
    ],
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'percentageVolume', title: 'Percentage volume oscillator', category: 'volume', pane: 'own',
    formula: '100 (EMA(volume, fast) − EMA(volume, slow))/EMA(volume, slow); signal = EMA(PVO)',
    convention: 'Each average seeded on its own first values.', source: 'common definition, the PPO of volume',
    inputs: ['volume'], parameters: [period(12, 'fast'), period(26, 'slow'), period(9, 'signal')],
    outputs: [output('pvo', 'difference of the averages in percent'), output('signal', 'its average')],
    build: (g, s) => {
      const [fast, slow] = [ema(g, g.source('volume'), s.number('fast')), ema(g, g.source('volume'), s.number('slow'))]
      return [oscillationOfVolume(g, fast, slow), ema(g, ratio(g, subtract(g, fast, slow), slow, 100, 0), s.number('signal'))]
    },
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'volumeRateOfChange', title: 'Volume rate of change', category: 'volume', pane: 'own',
    formula: '100 (volume/volume[n] − 1)', convention: 'In percent; not available against a bar without volume.',
    source: 'common definition',
    inputs: ['volume'], parameters: [period(14)], outputs: [output('vroc', 'change of volume in percent')],
    build: (g, s) => [rateOfChange(g, g.source('volume'), s.number('period'))],
  },
  {
    name: 'relativeVolume', title: 'Relative volume', category: 'volume', pane: 'own',
    formula: 'volume/SMA(volume, n) of the n bars before', convention: 'Without the present bar in the average.',
    source: 'common definition',
    inputs: ['volume'], parameters: [period(20)], outputs: [output('rvol', 'volume in usual volumes')],
    build: (g, s) => [ratio(g, g.source('volume'), delay(g, mean(g, g.source('volume'), s.number('period')), 1), 1, none)],
  },
  {
    name: 'marketFacilitation', title: 'Market facilitation index', category: 'volume', pane: 'own',
    formula: '(high − low)/volume', convention: 'Not available where nothing was traded.',
    source: 'B. Williams, Trading Chaos, 1995',
    inputs: ['high', 'low', 'volume'], parameters: [], outputs: [output('bw', 'range for each unit of volume')],
    build: (g) => [ratio(g, subtract(g, g.source('high'), g.source('low')), g.source('volume'), 1, none)],
  },
]
