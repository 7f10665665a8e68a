import { output, type IndicatorDefinition } from '../definition.ts'
import {
  averagePrice, delay, logReturn, magnitude, map2, map3, medianPrice, middle, recur, simpleReturn, subtract, typicalPrice,
  weightedClose,
} from '../nodes/index.ts'
import type { Graph, Signal } from '../graph.ts'

const ohlc = ['open', 'high', 'low', 'close'] as const

function heikinAshi(g: Graph): readonly Signal[] {
  const close = averagePrice(g)
  // The open is the middle of the candle before, whose open is this node's last value.
  const open = recur(
    g, 'heikin open', [seedOpen(g), delayedClose(g, close)], (seed) => seed,
    (before, _seed, lastClose) => (before + lastClose) / 2,
  )
  const highest = map3(g, 'highest of three', [g.source('high'), open, close], Math.max)
  const lowest = map3(g, 'lowest of three', [g.source('low'), open, close], Math.min)
  return [open, highest, lowest, close]
}

const seedOpen = (g: Graph): Signal => middle(g, g.source('open'), g.source('close'))

/** The candle's close of the bar before; on the first bar its own, which nothing reads. */
const delayedClose = (g: Graph, close: Signal): Signal =>
  g.place({
    key: `last or own(${close.id})`,
    inputs: [close],
    depth: 1,
    does: ({ cells, out, ring }) => {
      const { base, mask } = ring(close)
      return (bar) => void (cells[out] = cells[bar === 0 ? close.id : base + ((bar - 1) & mask)] as number)
    },
  })

export const prices: readonly IndicatorDefinition[] = [
  {
    name: 'heikinAshi', title: 'Heikin-Ashi', category: 'price', pane: 'overlay',
    formula: 'close = (open + high + low + close)/4; open = (open′ + close′)/2 of the candle before; high and low include both',
    convention: 'The first open is (open + close)/2.',
    source: 'D. Valcu, Stocks & Commodities 22, 2004',
    inputs: ohlc, parameters: [],
    outputs: [
      output('open', 'averaged open'), output('high', 'averaged high'), output('low', 'averaged low'),
      output('close', 'averaged close'),
    ],
    build: (g) => heikinAshi(g),
  },
  {
    name: 'averagePrice', title: 'Average price', category: 'price', pane: 'overlay',
    formula: '(open + high + low + close)/4', convention: 'Of each bar.', source: 'TA-Lib 0.4.0 AVGPRICE',
    inputs: ohlc, parameters: [], outputs: [output('price', 'mean of the four prices')],
    build: (g) => [averagePrice(g)],
  },
  {
    name: 'medianPrice', title: 'Median price', category: 'price', pane: 'overlay',
    formula: '(high + low)/2', convention: 'Of each bar.', source: 'TA-Lib 0.4.0 MEDPRICE',
    inputs: ['high', 'low'], parameters: [], outputs: [output('price', 'middle of the range')],
    build: (g) => [medianPrice(g)],
  },
  {
    name: 'typicalPrice', title: 'Typical price', category: 'price', pane: 'overlay',
    formula: '(high + low + close)/3', convention: 'Of each bar.', source: 'TA-Lib 0.4.0 TYPPRICE',
    inputs: ['high', 'low', 'close'], parameters: [], outputs: [output('price', 'mean of three prices')],
    build: (g) => [typicalPrice(g)],
  },
  {
    name: 'weightedClose', title: 'Weighted close', category: 'price', pane: 'overlay',
    formula: '(high + low + 2 close)/4', convention: 'Of each bar.', source: 'TA-Lib 0.4.0 WCLPRICE',
    inputs: ['high', 'low', 'close'], parameters: [], outputs: [output('price', 'mean with the close twice')],
    build: (g) => [weightedClose(g)],
  },
  {
    name: 'candleParts', title: 'Parts of a candle', category: 'price', pane: 'own',
    formula: 'body = close − open; upper = high − max(open, close); lower = min(open, close) − low; range = high − low',
    convention: 'In units of the price.', source: 'S. Nison, Japanese Candlestick Charting Techniques, 1991',
    inputs: ohlc, parameters: [],
    outputs: [
      output('body', 'signed body'), output('upper', 'upper shadow'), output('lower', 'lower shadow'),
      output('range', 'whole range'),
    ],
    build: (g) => {
      const [open, high, low, close] = [g.source('open'), g.source('high'), g.source('low'), g.source('close')]
      return [
        subtract(g, close, open),
        map3(g, 'upper shadow', [open, high, close], (o, h, c) => h - Math.max(o, c)),
        map3(g, 'lower shadow', [open, low, close], (o, l, c) => Math.min(o, c) - l),
        subtract(g, high, low),
      ]
    },
  },
  {
    name: 'gap', title: 'Gap', category: 'price', pane: 'own',
    formula: 'gap = open − close′; share = 100 gap/close′', convention: 'From the second bar on.', source: 'common definition',
    inputs: ['open', 'close'], parameters: [],
    outputs: [output('gap', 'jump from the last close'), output('share', 'the same in percent')],
    build: (g) => {
      const before = delay(g, g.source('close'), 1)
      return [
        subtract(g, g.source('open'), before),
        map2(
          g, 'percent change', g.source('open'), before,
          (open, close) => (close === 0 ? Number.NaN : (100 * (open - close)) / close),
        ),
      ]
    },
  },
  {
    name: 'returns', title: 'Returns', category: 'price', pane: 'own',
    formula: 'log = ln(close/close′); simple = close/close′ − 1; size = |log|', convention: 'Fractions, from the second bar on.',
    source: 'common definition',
    inputs: ['close'], parameters: [],
    outputs: [
      output('log', 'logarithmic return'), output('simple', 'simple return'), output('size', 'size of the logarithmic return'),
    ],
    build: (g) => [
      logReturn(g, g.source('close')), simpleReturn(g, g.source('close')), magnitude(g, logReturn(g, g.source('close'))),
    ],
  },
]
