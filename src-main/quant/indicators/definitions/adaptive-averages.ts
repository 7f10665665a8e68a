import { at } from '../cells.ts'
import { choice, factor, output, period, rising, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  change, delay, ema, gain, highest, loss, lowest, magnitude, map1, map2, map3, medianPrice, multiply, priceNames, priceOf, ratio,
  recur, stride, subtract, sum, weigh,
  withhold,
} from '../nodes/index.ts'

/** |change over n bars| over the sum of the |changes| within: 1 when straight, 0 when it came back. */
export const efficiency = (g: Graph, x: Signal, n: number, whenNothing: number): Signal =>
  ratio(g, magnitude(g, change(g, x, n)), sum(g, stride(g, x), n), 1, whenNothing)

function kaufman(g: Graph, x: Signal, n: number, fast: number, slow: number): Signal {
  const [quick, lazy] = [2 / (fast + 1), 2 / (slow + 1)]
  const pace = map1(
    g, `kama pace ${fast} ${slow}`, efficiency(g, x, n, 1), (share) => (Math.min(1, share) * (quick - lazy) + lazy) ** 2,
  )
  return recur(
    g, 'kama', [x, pace, delay(g, x, 1)], (close, a, before) => before + a * (close - before),
    (kama, close, a) => kama + a * (close - kama),
  )
}

function zeroLag(g: Graph, x: Signal, n: number): Signal {
  const lag = Math.floor((n - 1) / 2)
  const alpha = 2 / (n + 1)
  const start = Math.max(lag - 1, 0)
  return g.place({
    key: `zlema ${n}(${x.id})`,
    inputs: [withhold(g, x, x.first + start), x],
    depth: Math.max(lag, 1),
    scalars: 1,
    does: ({ cells, out, state, ring }) => {
      const { base, mask } = ring(x)
      return (bar) => {
        const close = at(cells, x.id)
        const before = bar === x.first + start ? close : at(cells, state)
        const ahead = lag === 0 || bar === x.first + start ? close : 2 * close - at(cells, base + ((bar - lag) & mask))
        cells[state] = before + alpha * (ahead - before)
        cells[out] = at(cells, state)
      }
    },
  })
}

function arnaudLegoux(g: Graph, x: Signal, n: number, offset: number, sigma: number): Signal {
  const centre = Math.floor(offset * (n - 1))
  const width = n / sigma
  const bells = Float64Array.from({ length: n }, (_, back) => Math.exp(-((n - 1 - back - centre) ** 2) / (2 * width * width)))
  const total = bells.reduce((sum, bell) => sum + bell, 0)
  return weigh(g, `alma ${offset} ${sigma}`, x, bells.map((bell) => bell / total))
}

function tillson(g: Graph, x: Signal, n: number, v: number): Signal {
  const stages: Signal[] = []
  for (let stage = 0; stage < 6; stage++) stages.push(ema(g, stages.at(-1) ?? x, n))
  const [, , e3, e4, e5, e6] = stages as [Signal, Signal, Signal, Signal, Signal, Signal]
  const inner = map3(g, `t3 inner ${v}`, [e5, e4, e3], (five, four, three) => {
    const c2 = 3 * v * v + 3 * v ** 3
    const c3 = -6 * v * v - 3 * v - 3 * v ** 3
    return c2 * five + c3 * four + (1 + 3 * v + v ** 3 + 3 * v * v) * three
  })
  return map2(g, `t3 ${v}`, inner, e6, (rest, six) => rest - v ** 3 * six)
}

function fractal(g: Graph, n: number): Signal {
  const half = n / 2
  const price = medianPrice(g)
  const range = (bars: number, ago: number): Signal =>
    delay(g, subtract(g, highest(g, g.source('high'), bars), lowest(g, g.source('low'), bars)), ago)
  const pace = map3(g, `frama pace ${n}`, [range(half, 0), range(half, half), range(n, 0)], (young, old, whole) => {
    // Without any range there is no dimension: the slowest pace.
    if (young + old <= 0 || whole <= 0) return 0.01
    const dimension = (Math.log((young + old) / half) - Math.log(whole / n)) / Math.LN2
    return Math.min(1, Math.max(0.01, Math.exp(-4.6 * (dimension - 1))))
  })
  return recur(g, 'frama', [price, pace], (x) => x, (frama, x, alpha) => frama + alpha * (x - frama))
}

export const adaptiveAverages: readonly IndicatorDefinition[] = [
  {
    name: 'kama', title: 'Kaufman’s adaptive moving average', category: 'trend', pane: 'overlay',
    formula: 'KAMA = KAMA′ + c (close − KAMA′), c = (ER (2/(fast+1) − 2/(slow+1)) + 2/(slow+1))², ER = |change over n| / '
      + 'Σ|change|',
    convention: 'Starts from the close of index n − 1; first value at index n.',
    source: 'TA-Lib 0.4.0; P. Kaufman, Trading Systems and Methods',
    inputs: ['close'],
    parameters: [
      period(10), period(2, 'fast', 1, 'bars of the fastest average'), period(30, 'slow', 1, 'bars of the slowest average'),
    ],
    outputs: [output('kama', 'adaptive average')],
    build: (g, s) => [kaufman(g, g.source('close'), s.number('period'), s.number('fast'), s.number('slow'))],
    check: (s) => rising(s, 'fast', 'slow'),
  },
  {
    name: 'zlema', title: 'Zero-lag exponential moving average', category: 'trend', pane: 'overlay',
    formula: 'EMA, α = 2/(n + 1), of 2 close − close[lag], lag = ⌊(n − 1)/2⌋',
    convention: 'Seeded with the close of index lag − 1, which is also the first value.', source: 'Tulip Indicators 0.9.2',
    inputs: ['close'], parameters: [period(14)], outputs: [output('zlema', 'average of prices carried ahead')],
    build: (g, s) => [zeroLag(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'vwma', title: 'Volume-weighted moving average', category: 'trend', pane: 'overlay',
    formula: 'VWMA = Σ close · volume / Σ volume over n bars',
    convention: 'Not available where nothing was traded in the window.',
    source: 'Tulip Indicators 0.9.2',
    inputs: ['close', 'volume'], parameters: [period(20)], outputs: [output('vwma', 'mean price of the traded volume')],
    build: (g, s) => [averageByVolume(g, 'close', s.number('period'))],
  },
  {
    name: 'alma', title: 'Arnaud Legoux moving average', category: 'trend', pane: 'overlay',
    formula: 'Σ w close / Σ w, w = exp(−(i − m)²/(2 s²)), m = ⌊offset (n − 1)⌋, s = n/sigma, i = 0 for the oldest',
    convention: 'The centre m is cut to a whole number.', source: 'R package TTR 0.24.3',
    inputs: ['close'],
    parameters: [
      period(9), factor('offset', 0.85, 0, 1, 'centre of the bell within the window'),
      factor('sigma', 6, 0.01, 1_000, 'narrowness of the bell'),
    ],
    outputs: [output('alma', 'mean weighted by a bell')],
    build: (g, s) => [arnaudLegoux(g, g.source('close'), s.number('period'), s.number('offset'), s.number('sigma'))],
  },
  {
    name: 't3', title: 'Tillson T3', category: 'trend', pane: 'overlay',
    formula: 'c₁ e₆ + c₂ e₅ + c₃ e₄ + c₄ e₃, each e the EMA of the one before, c from the volume factor v',
    convention: 'Each stage seeded with the mean of its first n values; first value at 6(n − 1).',
    source: 'TA-Lib 0.4.0; T. Tillson, Stocks & Commodities 16, 1998',
    inputs: ['close'], parameters: [period(5), factor('vFactor', 0.7, 0, 1, 'volume factor v')],
    outputs: [output('t3', 'smooth average with little lag')],
    build: (g, s) => [tillson(g, g.source('close'), s.number('period'), s.number('vFactor'))],
  },
  {
    name: 'vidya', title: 'Variable index dynamic average', category: 'trend', pane: 'overlay',
    formula: 'VIDYA = VIDYA′ + α |CMO|/100 (close − VIDYA′), α = 2/(n + 1)',
    convention: 'CMO by rolling sums; starts from the close of the first bar that has a CMO. A window without a change counts '
      + 'as CMO 0.',
    source: 'T. Chande and S. Kroll, The New Technical Trader, 1994',
    inputs: ['close'], parameters: [period(14), period(9, 'momentum', 1, 'bars of the CMO')],
    outputs: [output('vidya', 'adaptive average')],
    build: (g, s) => {
      const close = g.source('close')
      const n = s.number('momentum')
      const [up, down] = [sum(g, gain(g, close), n), sum(g, loss(g, close), n)]
      const share = map2(g, 'cmo share', up, down, (a, b) => (a + b === 0 ? 0 : Math.abs(a - b) / (a + b)))
      const alpha = 2 / (s.number('period') + 1)
      return [recur(g, `vidya ${alpha}`, [close, share], (x) => x, (before, x, k) => before + alpha * k * (x - before))]
    },
  },
  {
    name: 'frama', title: 'Fractal adaptive moving average', category: 'trend', pane: 'overlay',
    formula: 'α = exp(−4.6 (D − 1)) within 0.01 … 1, D = (ln(N₁ + N₂) − ln N₃)/ln 2 from the ranges of both halves and the '
      + 'whole window',
    convention: 'Price (high + low)/2; n is even; starts from the price of the first bar that has all ranges.',
    source: 'J. Ehlers, Stocks & Commodities 23, 2005',
    inputs: ['high', 'low'], parameters: [period(16, 'period', 2)], outputs: [output('frama', 'adaptive average')],
    build: (g, s) => [fractal(g, s.number('period'))],
    check: (s) => (s.number('period') % 2 === 0 ? undefined : 'period is expected to be even.'),
  },
  {
    name: 'mcginley', title: 'McGinley dynamic', category: 'trend', pane: 'overlay',
    formula: 'MD = MD′ + (close − MD′)/(k n (close/MD′)⁴)',
    convention: 'Starts from the first close. k 1 as usually printed; McGinley’s own is 0.6. A step never passes the close.',
    source: 'J. McGinley, Technical Analysis of Stocks & Commodities, 1997',
    inputs: ['close'], parameters: [period(14), factor('k', 1, 0.01, 10, 'share of the period')],
    outputs: [output('mcginley', 'average that hurries when prices fall')],
    build: (g, s) => {
      const n = s.number('k') * s.number('period')
      const pace = (x: number, before: number): number => Math.min(1, 1 / (n * (x / before) ** 4))
      return [
        recur(
          g, `mcginley ${n}`, [g.source('close')], (x) => x,
          (before, x) => (before === 0 || x === before ? x : before + pace(x, before) * (x - before)),
        ),
      ]
    },
  },
  {
    name: 'elasticVolumeAverage', title: 'Elastic volume-weighted moving average', category: 'trend', pane: 'overlay',
    formula: 'EVWMA = ((S − volume) EVWMA′ + volume · close)/S, S = Σ volume over n bars',
    convention: 'Starts from the close of index n − 1; holds where nothing was traded.',
    source: 'C. Fries, Stocks & Commodities 19, 2001',
    inputs: ['close', 'volume'], parameters: [period(20)], outputs: [output('evwma', 'average paced by volume')],
    build: (g, s) => {
      const volume = g.source('volume')
      const share = ratio(g, volume, sum(g, volume, s.number('period')), 1, 0)
      return [recur(g, 'evwma', [g.source('close'), share], (x) => x, (before, x, k) => before + k * (x - before))]
    },
  },
  {
    name: 'vwapRolling', title: 'Rolling volume-weighted average price', category: 'volume', pane: 'overlay',
    formula: 'Σ price · volume / Σ volume over n bars',
    convention: 'Price chosen by the parameter; not available where nothing was traded in the window.',
    source: 'R package TTR 0.24.3',
    inputs: ['close', 'volume'],
    otherInputs: [['high', 'low', 'volume'], ['high', 'low', 'close', 'volume'], ['open', 'high', 'low', 'close', 'volume']],
    parameters: [period(20), choice('price', priceNames, 'price of a bar')],
    outputs: [output('vwap', 'mean price of the traded volume')],
    build: (g, s) => [averageByVolume(g, s.text('price'), s.number('period'))],
  },
]

function averageByVolume(g: Graph, price: string, n: number): Signal {
  const volume = g.source('volume')
  return ratio(g, sum(g, multiply(g, priceOf(g, price), volume), n), sum(g, volume, n), 1, Number.NaN)
}
