import { at } from '../cells.ts'
import { choice, factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  cumulative, ema, map4, multiply, offsetBy, priceNames, priceOf, ratio, subtract, sumOfSession, tap, withhold, change,
  typicalPrice,
} from '../nodes/index.ts'

const none = Number.NaN
const forms = {
  inputs: ['high', 'low', 'close', 'volume', 'session'],
  otherInputs: [
    ['close', 'volume', 'session'], ['high', 'low', 'volume', 'session'], ['open', 'high', 'low', 'close', 'volume', 'session'],
  ],
} as const
const price = choice('price', ['hlc3', ...priceNames.filter((name) => name !== 'hlc3')], 'price of a bar')

function sessionAverage(g: Graph, name: string): Signal {
  const [volume, session] = [g.source('volume'), g.source('session')]
  return ratio(g, sumOfSession(g, multiply(g, priceOf(g, name), volume), session), sumOfSession(g, volume, session), 1, none)
}

/**
 * Mean and, in a tap, deviation of the session's prices by volume (West, 1979). Scalars: deviation, volume, squares, session,
 * mean.
 */
function sessionSpread(g: Graph, name: string): readonly [Signal, Signal] {
  const [x, volume, session] = [priceOf(g, name), g.source('volume'), g.source('session')]
  const average = g.place({
    key: `session spread(${x.id})`,
    inputs: [x, volume, session],
    scalars: 5,
    does: ({ cells, out, state: s }) => (bar) => {
      const value = at(cells, x.id)
      const traded = at(cells, volume.id)
      const isNew = bar === 0 || at(cells, session.id) !== at(cells, s + 3)
      const total = (isNew ? 0 : at(cells, s + 1)) + traded
      const before = isNew ? value : at(cells, s + 4)
      const after = total === 0 ? before : before + (traded / total) * (value - before)
      const squares = (isNew ? 0 : at(cells, s + 2)) + traded * (value - before) * (value - after)
      cells[s] = total === 0 ? none : Math.sqrt(Math.max(0, squares / total))
      cells[s + 1] = total
      cells[s + 2] = squares
      cells[s + 3] = at(cells, session.id)
      cells[s + 4] = after
      cells[out] = total === 0 ? none : after
    },
  })
  return [average, tap(g, average, 0)]
}

/**
 * High, low and close of the session before, in the taps 0 to 2; the open of this one in tap 3. 4 to 6: those of this session
 * so far.
 */
function sessionBefore(g: Graph): readonly Signal[] {
  const [open, high, low, close, session] = [
    g.source('open'), g.source('high'), g.source('low'), g.source('close'), g.source('session'),
  ]
  const last = g.place({
    key: 'session before',
    inputs: [open, high, low, close, session],
    scalars: 8,
    does: ({ cells, out, state: s }) => (bar) => {
      const number = at(cells, session.id)
      const isNew = bar === 0 || number !== at(cells, s + 7)
      if (isNew) {
        for (let index = 0; index < 3; index++) cells[s + index] = bar === 0 ? none : at(cells, s + 4 + index)
        cells[s + 3] = at(cells, open.id)
      }
      cells[s + 4] = isNew ? at(cells, high.id) : Math.max(at(cells, s + 4), at(cells, high.id))
      cells[s + 5] = isNew ? at(cells, low.id) : Math.min(at(cells, s + 5), at(cells, low.id))
      cells[s + 6] = at(cells, close.id)
      cells[s + 7] = number
      cells[out] = at(cells, s)
    },
  })
  return [0, 1, 2, 3].map((index) => tap(g, last, index))
}

type Levels = readonly [pivot: number, r1: number, s1: number, r2: number, s2: number, r3: number, s3: number]

export function pivotLevels(method: string, high: number, low: number, close: number, open: number): Levels {
  const range = high - low
  const pivot = method === 'woodie' ? (high + low + 2 * open) / 4 : (high + low + close) / 3
  const around = (base: number, a: number, b: number, c: number): Levels =>
    [pivot, base + a * range, base - a * range, base + b * range, base - b * range, base + c * range, base - c * range]
  if (method === 'fibonacci') return around(pivot, 0.382, 0.618, 1)
  if (method === 'camarilla') return around(close, 1.1 / 12, 1.1 / 6, 1.1 / 4)
  return [
    pivot, 2 * pivot - low, 2 * pivot - high, pivot + range, pivot - range, high + 2 * (pivot - low), low - 2 * (high - pivot),
  ]
}

function pivots(g: Graph, method: string): readonly Signal[] {
  const [high, low, close, open] = sessionBefore(g) as [Signal, Signal, Signal, Signal]
  return [0, 1, 2, 3, 4, 5, 6].map((level) =>
    map4(g, `pivot ${method} ${level}`, [high, low, close, open], (h, l, c, o) => pivotLevels(method, h, l, c, o)[level] ?? none))
}

/** Klinger's volume force: volume signed by the trend of the price, weighted by how much of the trend's range the bar made. */
function volumeForce(g: Graph): Signal {
  const [moved, range, volume] = [change(g, typicalPrice(g)), subtract(g, g.source('high'), g.source('low')), g.source('volume')]
  return g.place({
    key: `volume force(${moved.id},${range.id})`,
    inputs: [moved, range, volume],
    scalars: 3,
    does: ({ cells, out, state: s }) => (bar) => {
      const trend = at(cells, moved.id) > 0 ? 1 : -1
      const width = at(cells, range.id)
      const isFirst = bar === moved.first
      const total = width + (isFirst ? 0 : trend === at(cells, s) ? at(cells, s + 1) : at(cells, s + 2))
      cells[s] = trend
      cells[s + 1] = total
      cells[s + 2] = width
      cells[out] = total === 0 ? 0 : at(cells, volume.id) * Math.abs(2 * (width / total - 1)) * trend * 100
    },
  })
}

export const sessionIndicators: readonly IndicatorDefinition[] = [
  {
    name: 'vwapSession', title: 'Session VWAP', category: 'volume', pane: 'overlay',
    formula: 'Σ price · volume/Σ volume since the session began',
    convention: 'Begins again when `session` changes; not available before anything was traded.',
    source: 'plain definition, checked against pandas 1.5.3',
    ...forms, parameters: [price], outputs: [output('vwap', 'mean price of the session’s volume')],
    build: (g, s) => [sessionAverage(g, s.text('price'))],
  },
  {
    name: 'vwapBands', title: 'Session VWAP bands', category: 'volume', pane: 'overlay',
    formula: 'VWAP ± k σ, σ² the volume-weighted variance of the session’s prices', convention: 'Population variance by volume.',
    source: 'D. West, Communications of the ACM 22, 1979, for the recursion',
    ...forms, parameters: [price, factor('k', 2, 0, 100, 'standard deviations')],
    outputs: [output('upper', 'upper band'), output('middle', 'VWAP'), output('lower', 'lower band')],
    build: (g, s) => {
      const [average, spread] = sessionSpread(g, s.text('price'))
      return [offsetBy(g, average, spread, s.number('k')), average, offsetBy(g, average, spread, -s.number('k'))]
    },
  },
  {
    name: 'vwapAnchored', title: 'Anchored VWAP', category: 'volume', pane: 'overlay',
    formula: 'Σ price · volume/Σ volume since a bar', convention: 'The anchor is the number of bars before it.',
    source: 'B. Shannon, Maximum Trading Gains with Anchored VWAP, 2023',
    inputs: ['high', 'low', 'close', 'volume'],
    otherInputs: [['close', 'volume'], ['high', 'low', 'volume'], ['open', 'high', 'low', 'close', 'volume']],
    parameters: [
      { name: 'anchor', kind: 'integer', meaning: 'number of bars before the anchor', preset: 0, least: 0, most: 1e9 }, price,
    ],
    outputs: [output('vwap', 'mean price of the volume since the anchor')],
    build: (g, s) => {
      const since = (x: Signal): Signal => cumulative(g, withhold(g, x, s.number('anchor')))
      return [ratio(g, since(multiply(g, priceOf(g, s.text('price')), g.source('volume'))), since(g.source('volume')), 1, none)]
    },
  },
  {
    name: 'pivotPoints', title: 'Pivot points', category: 'price', pane: 'overlay',
    formula: 'P = (high + low + close)/3 of the session before; classic R1 = 2P − low, R2 = P + range, R3 = high + 2(P − '
      + 'low); fibonacci P ± 0.382, 0.618, 1 ranges; camarilla close ± 1.1/12, 1.1/6, 1.1/4 ranges; woodie P = (high + '
      + 'low + 2 open)/4',
    convention: 'Held through a session; not available in the first. Woodie uses the open of the present session.',
    source: 'J. Person, A Complete Guide to Technical Trading Tactics, 2004',
    inputs: ['open', 'high', 'low', 'close', 'session'],
    parameters: [choice('method', ['classic', 'fibonacci', 'camarilla', 'woodie'], 'how the levels are spaced')],
    outputs: [
      output('pivot', 'middle level'), output('r1', 'first resistance'), output('s1', 'first support'), output(
        'r2', 'second resistance',
      ), output('s2', 'second support'),
      output('r3', 'third resistance'), output('s3', 'third support'),
    ],
    build: (g, s) => pivots(g, s.text('method')),
  },
  {
    name: 'klinger', title: 'Klinger oscillator', category: 'volume', pane: 'own',
    formula: 'EMA(VF, fast) − EMA(VF, slow); signal = EMA(KVO); VF = ±100 volume |2 (range/trend range − 1)|',
    convention: 'Trend by (high + low + close); the trend range adds up while the trend lasts.',
    source: 'S. Klinger, Stocks & Commodities 15, 1997',
    inputs: ['high', 'low', 'close', 'volume'], parameters: [period(34, 'fast'), period(55, 'slow'), period(13, 'signal')],
    outputs: [output('kvo', 'difference of the averages'), output('signal', 'its average')],
    build: (g, s) => {
      const force = volumeForce(g)
      const line = subtract(g, ema(g, force, s.number('fast')), ema(g, force, s.number('slow')))
      return [line, ema(g, line, s.number('signal'))]
    },
  },
  {
    name: 'williamsAccumulation', title: 'Williams accumulation/distribution', category: 'volume', pane: 'own',
    formula: 'Σ close − min(low, close′) on rising, close − max(high, close′) on falling bars',
    convention: 'From the second bar on; without volume.', source: 'L. Williams, How I Made One Million Dollars, 1973',
    inputs: ['high', 'low', 'close'], parameters: [], outputs: [output('wad', 'accumulated reach of the closes')],
    build: (g) => {
      const moved = change(g, g.source('close'))
      const reach = map4(g, 'reach', [moved, g.source('high'), g.source('low'), g.source('close')], (move, high, low, close) => {
        if (move === 0) return 0
        return move > 0 ? close - Math.min(low, close - move) : close - Math.max(high, close - move)
      })
      return [cumulative(g, reach)]
    },
  },
]
