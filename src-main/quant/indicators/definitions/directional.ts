import { at } from '../cells.ts'
import { choice, factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  balance, delay, highest, lowest, magnitude, map2, map4, middle, overWindow, ratio, stride, subtract, sum, trueRange, wilder,
} from '../nodes/index.ts'
import { delayedSpan } from './clouds.ts'
import { parabolicStop } from './stops.ts'

/** Wilder's sum S = S − S/n + x. TA-Lib decays already on the bar that completes the seed, the textbook only after it. */
function wilderSum(g: Graph, x: Signal, n: number, seed: string): Signal {
  return g.place({
    key: `wilder sum ${n} ${seed}(${x.id})`,
    inputs: [x],
    lag: n - 1,
    scalars: 1,
    does: ({ cells, out, state }) => {
      const start = x.first + n - 1
      const firstDecay = seed === 'talib' ? start : start + 1
      return (bar) => {
        const before = at(cells, state)
        const total = (bar >= firstDecay ? before - before / n : before) + at(cells, x.id)
        cells[state] = total
        if (bar >= start) cells[out] = total
      }
    },
  })
}

export function directionalMoves(g: Graph): readonly [Signal, Signal] {
  const [high, low] = [g.source('high'), g.source('low')]
  const parts = [high, delay(g, high, 1), low, delay(g, low, 1)] as const
  const up = map4(
    g, 'rising move', parts, (h, lastHigh, l, lastLow) => (h - lastHigh > lastLow - l && h > lastHigh ? h - lastHigh : 0),
  )
  const down = map4(
    g, 'falling move', parts, (h, lastHigh, l, lastLow) => (lastLow - l > h - lastHigh && l < lastLow ? lastLow - l : 0),
  )
  return [up, down]
}

function directional(g: Graph, n: number, seed: string): readonly Signal[] {
  const range = wilderSum(g, trueRange(g), n, seed)
  const [plus, minus] = directionalMoves(g).map(
    (moves) => ratio(g, wilderSum(g, moves, n, seed), range, 100, 0),
  ) as [Signal, Signal]
  const dx = magnitude(g, balance(g, plus, minus, 100, 0))
  const adx = wilder(g, dx, n)
  return [plus, minus, adx, middle(g, adx, delay(g, adx, n - 1)), dx]
}

/** How long ago the extreme was, the latest of equals: 100 for now, 0 for n bars ago. */
function recency(g: Graph, x: Signal, n: number, sign: 1 | -1): Signal {
  return overWindow(g, `recency ${sign}`, x, n + 1, (window) => {
    let best = 0
    for (let index = 1; index <= n; index++) if (sign * ((window[index] ?? 0) - (window[best] ?? 0)) >= 0) best = index
    return (100 * best) / n
  })
}

function vortex(g: Graph, n: number): readonly Signal[] {
  const range = sum(g, trueRange(g), n)
  const [high, low] = [g.source('high'), g.source('low')]
  const moves = [subtract(g, high, delay(g, low, 1)), subtract(g, low, delay(g, high, 1))]
  return moves.map((move) => ratio(g, sum(g, magnitude(g, move), n), range, 1, Number.NaN))
}

export const directionals: readonly IndicatorDefinition[] = [
  {
    name: 'adx', title: 'Average directional index', category: 'trend', pane: 'own',
    formula: '±DI = 100 S(±DM)/S(TR); DX = 100 |+DI − −DI|/(+DI + −DI); ADX = Wilder’s average of DX; ADXR = (ADX + ADX[n − '
      + '1])/2',
    convention: 'seed talib: sums of n − 1 values, then Wilder’s step; wilder-n: sums of n values, then Wilder’s step. A '
      + 'market without movement has DX 0.',
    source: 'TA-Lib 0.4.0 (talib); J. Welles Wilder, 1978',
    inputs: ['high', 'low', 'close'], parameters: [period(14), choice('seed', ['talib', 'wilder-n'], 'how the sums begin')],
    outputs: [
      output('plusDI', 'rising movement'), output('minusDI', 'falling movement'), output('adx', 'strength of the trend'),
      output('adxr', 'its rating'), output('dx', 'unsmoothed strength'),
    ],
    build: (g, s) => directional(g, s.number('period'), s.text('seed')),
  },
  {
    name: 'aroon', title: 'Aroon', category: 'trend', pane: 'own',
    formula: 'up = 100 (n − bars since the highest high)/n; down likewise; osc = up − down',
    convention: 'Window of n + 1 bars; of equal extremes the latest.', source: 'TA-Lib 0.4.0; T. Chande, 1995',
    inputs: ['high', 'low'], parameters: [period(14)],
    outputs: [
      output('up', 'recency of the high, 0 … 100'), output('down', 'recency of the low, 0 … 100'),
      output('osc', 'their difference'),
    ],
    build: (g, s) => {
      const [up, down] = [
        recency(g, g.source('high'), s.number('period'), 1), recency(g, g.source('low'), s.number('period'), -1),
      ]
      return [up, down, subtract(g, up, down)]
    },
  },
  {
    name: 'vortex', title: 'Vortex', category: 'trend', pane: 'own',
    formula: 'plus = Σ|high − low′|/Σ TR; minus = Σ|low − high′|/Σ TR over n bars',
    convention: 'True range from the second bar on.', source: 'E. Botes and D. Siepman, Stocks & Commodities 28, 2010',
    inputs: ['high', 'low', 'close'], parameters: [period(14)],
    outputs: [output('plus', 'rising movement'), output('minus', 'falling movement')],
    build: (g, s) => vortex(g, s.number('period')),
  },
  {
    name: 'vhf', title: 'Vertical horizontal filter', category: 'trend', pane: 'own',
    formula: '(highest close − lowest close)/Σ|change| over n bars', convention: 'n closes, n changes; first value at index n.',
    source: 'Tulip Indicators 0.9.2; A. White, 1991',
    inputs: ['close'], parameters: [period(28)], outputs: [output('vhf', 'share of the way that was trend')],
    build: (g, s) => {
      const [close, n] = [g.source('close'), s.number('period')]
      return [ratio(g, subtract(g, highest(g, close, n), lowest(g, close, n)), sum(g, stride(g, close), n), 1, Number.NaN)]
    },
  },
  {
    name: 'choppiness', title: 'Choppiness index', category: 'trend', pane: 'own',
    formula: '100 log₁₀(Σ TR/(highest high − lowest low))/log₁₀ n',
    convention: 'True range from the second bar on; first value at index n.', source: 'E. Dreiss; pandas-ta 0.3.14b',
    inputs: ['high', 'low', 'close'], parameters: [period(14, 'period', 2)],
    outputs: [output('chop', 'near 100 without direction, near 0 in a trend')],
    build: (g, s) => {
      const n = s.number('period')
      const range = subtract(g, highest(g, g.source('high'), n), lowest(g, g.source('low'), n))
      return [
        map2(
          g, `chop ${n}`, sum(g, trueRange(g), n), range,
          (way, width) => (width === 0 ? Number.NaN : (100 * Math.log10(way / width)) / Math.log10(n)),
        ),
      ]
    },
  },
  {
    name: 'parabolicSar', title: 'Parabolic SAR', category: 'trend', pane: 'overlay',
    formula: 'SAR = SAR′ + AF (extreme − SAR′); AF grows by step at each new extreme up to max',
    convention: 'From index 1; rising unless the first falling move is the larger; held outside the ranges of the two last bars.',
    source: 'TA-Lib 0.4.0; J. Welles Wilder, 1978',
    inputs: ['high', 'low'],
    parameters: [factor('step', 0.02, 0, 10, 'acceleration'), factor('max', 0.2, 0, 10, 'greatest acceleration')],
    outputs: [output('sar', 'stop and reverse price')],
    build: (g, s) => [parabolicStop(g, s.number('step'), s.number('max'))],
  },
  {
    name: 'ichimoku', title: 'Ichimoku', category: 'trend', pane: 'overlay',
    formula: 'tenkan, kijun, senkou B: middles of the ranges; senkou A: mean of tenkan and kijun; chikou: the close',
    convention: 'senkouA and senkouB are those of `displacement` bars ago, as they are drawn at the bar; leadA and leadB are '
      + 'the present ones, drawn ahead; chikou is drawn back.',
    source: 'TA-Lib 0.4.0 MIDPRICE, shifted; G. Hosoda',
    inputs: ['high', 'low', 'close'],
    parameters: [
      period(9, 'tenkan'), period(26, 'kijun'), period(52, 'senkou'),
      period(26, 'displacement', 0, 'bars that the cloud is drawn ahead'),
    ],
    outputs: [
      output('tenkan', 'conversion line'), output('kijun', 'base line'), output('senkouA', 'first edge of the cloud'), output(
        'senkouB', 'second edge of the cloud',
      ),
      {
        ...output('chikou', 'close, drawn back: of the future where it is drawn'), displacement: (s) => -s.number('displacement'),
      },
      { ...output('leadA', 'first edge of the coming cloud'), displacement: (s) => s.number('displacement') },
      { ...output('leadB', 'second edge of the coming cloud'), displacement: (s) => s.number('displacement') },
    ],
    build: (g, s) => delayedSpan(g, s.number('tenkan'), s.number('kijun'), s.number('senkou'), s.number('displacement')),
  },
  {
    name: 'randomWalk', title: 'Random walk index', category: 'trend', pane: 'own',
    formula: 'high: greatest over k = 2 … n of (high − low[k])/(mean TR of k bars · √k); low: of (high[k] − low)/(…)',
    convention: 'The mean true range is that of the k bars before the present one.',
    source: 'E. Poulos, Stocks & Commodities 9, 1991',
    inputs: ['high', 'low', 'close'], parameters: [period(8, 'period', 2)],
    outputs: [output('high', 'strength of the rise'), output('low', 'strength of the fall')],
    build: (g, s) => {
      const parts = Array.from({ length: s.number('period') - 1 }, (_, index) => index + 2).map((k) => {
        const unit = delay(g, sum(g, trueRange(g), k), 1)
        const walk = (from: Signal, to: Signal): Signal =>
          map2(
            g, `walk ${k}`, subtract(g, from, to), unit, (way, total) => (total === 0 ? 0 : way / ((total / k) * Math.sqrt(k))),
          )
        return [
          walk(g.source('high'), delay(g, g.source('low'), k)), walk(delay(g, g.source('high'), k), g.source('low')),
        ] as const
      })
      const greatest = (signals: readonly Signal[]): Signal => signals.reduce((a, b) => map2(g, 'greater', a, b, Math.max))
      return [greatest(parts.map(([rise]) => rise)), greatest(parts.map(([, fall]) => fall))]
    },
  },
  {
    name: 'directionalMovement', title: 'Directional movement', category: 'trend', pane: 'own',
    formula: '+DM = high − high′ where that is the larger move outward and positive; −DM = low′ − low likewise',
    convention: 'Unsmoothed, from index 1.', source: 'J. Welles Wilder, 1978',
    inputs: ['high', 'low'], parameters: [],
    outputs: [output('plusDM', 'rising movement'), output('minusDM', 'falling movement')],
    build: (g) => directionalMoves(g),
  },
]
