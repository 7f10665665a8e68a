import { choice, factor, output, period, type IndicatorDefinition } from '../definition.ts'
import {
  highest, lowest, offsetBy, overWindow, subtract, magnitude, delay, scale, medianPrice, trueRange, wilder,
} from '../nodes/index.ts'
import { highLowActivator, krollStops, supertrendLine, volatilityStop } from './stops.ts'
import { zigzagPivot } from './turning-points.ts'

const stopAndDirection = [output('stop', 'stop price'), output('direction', '1 rising, −1 falling')] as const

export const trailingStops: readonly IndicatorDefinition[] = [
  {
    name: 'supertrend', title: 'Supertrend', category: 'trend', pane: 'overlay',
    formula: '(high + low)/2 ± k · ATR, each band tightening only; the line is the band that the close has not broken',
    convention: 'Wilder’s ATR from index n. tradingview: both bands tighten, starts falling; pandas-ta: only the band in force '
      + 'tightens, starts rising.',
    source: 'O. Seban; TradingView’s rule, pandas-ta 0.3.14b',
    inputs: ['high', 'low', 'close'],
    parameters: [
      period(10), factor('k', 3, 0, 1_000, 'ranges'), choice('rule', ['tradingview', 'pandas-ta'], 'how the bands tighten'),
    ],
    outputs: [output('supertrend', 'line'), output('direction', '1 rising, −1 falling')],
    build: (g, s) => supertrendLine(g, s.number('period'), s.number('k'), s.text('rule')),
  },
  {
    name: 'chandelierExit', title: 'Chandelier exit', category: 'trend', pane: 'overlay',
    formula: 'long: highest high − k · ATR; short: lowest low + k · ATR, over n bars', convention: 'Wilder’s ATR.',
    source: 'C. Le Beau; A. Elder, Come Into My Trading Room, 2002',
    inputs: ['high', 'low', 'close'], parameters: [period(22), factor('k', 3, 0, 1_000, 'ranges')],
    outputs: [output('long', 'exit of a long position'), output('short', 'exit of a short position')],
    build: (g, s) => {
      const [n, k] = [s.number('period'), s.number('k')]
      const range = wilder(g, trueRange(g), n)
      return [offsetBy(g, highest(g, g.source('high'), n), range, -k), offsetBy(g, lowest(g, g.source('low'), n), range, k)]
    },
  },
  {
    name: 'chandeKrollStop', title: 'Chande Kroll stop', category: 'trend', pane: 'overlay',
    formula: 'long: highest over m of (highest high − k · ATR); short: lowest over m of (lowest low + k · ATR)',
    convention: 'Wilder’s ATR.',
    source: 'T. Chande and S. Kroll, The New Technical Trader, 1994',
    inputs: ['high', 'low', 'close'], parameters: [period(10), factor('k', 1, 0, 1_000, 'ranges'), period(9, 'stop')],
    outputs: [output('long', 'stop of a long position'), output('short', 'stop of a short position')],
    build: (g, s) => krollStops(g, s.number('period'), s.number('k'), s.number('stop')),
  },
  {
    name: 'volatilityStop', title: 'Volatility stop', category: 'trend', pane: 'overlay',
    formula: 'extreme close since the turn ∓ k · ATR; turns when the close passes it',
    convention: 'Wilder’s ATR; starts rising; a stop never retreats.', source: 'J. Welles Wilder, 1978',
    inputs: ['high', 'low', 'close'], parameters: [period(20), factor('k', 2, 0, 1_000, 'ranges')], outputs: stopAndDirection,
    build: (g, s) => volatilityStop(g, s.number('period'), s.number('k')),
  },
  {
    name: 'highLowActivator', title: 'Gann high–low activator', category: 'trend', pane: 'overlay',
    formula: 'SMA(low) of the bars before while rising, SMA(high) while falling; turns when the close passes',
    convention: 'Starts rising; averages end one bar ago.',
    source: 'R. Krausz, Stocks & Commodities 16, 1998',
    inputs: ['high', 'low', 'close'], parameters: [period(3)], outputs: stopAndDirection,
    build: (g, s) => highLowActivator(g, s.number('period')),
  },
  {
    name: 'fractals', title: 'Fractals', category: 'trend', pane: 'overlay',
    formula: 'A high above those of `wing` bars before and after; a low likewise',
    convention: 'Known and given `wing` bars later, where it is drawn back to; not available on other bars.',
    source: 'B. Williams, Trading Chaos, 1995',
    inputs: ['high', 'low'], parameters: [period(2, 'wing')],
    outputs: [
      { ...output('up', 'high of a fractal'), displacement: (s) => -s.number('wing') },
      { ...output('down', 'low of a fractal'), displacement: (s) => -s.number('wing') },
    ],
    build: (g, s) => {
      const wing = s.number('wing')
      const peak = (sign: 1 | -1) => (window: Float64Array): number => {
        const centre = window[wing] ?? Number.NaN
        return window.every((value, index) => index === wing || sign * (centre - value) > 0) ? centre : Number.NaN
      }
      return [
        overWindow(g, 'peak', g.source('high'), 2 * wing + 1, peak(1)),
        overWindow(g, 'trough', g.source('low'), 2 * wing + 1, peak(-1)),
      ]
    },
  },
  {
    name: 'zigzag', title: 'Zigzag', category: 'trend', pane: 'overlay',
    formula: 'The last turning point from which the price has come back by the given share',
    convention: 'A turn is given on the bar that confirms it and never changed afterwards.',
    source: 'common definition, without repainting',
    inputs: ['high', 'low'], parameters: [factor('percent', 5, 0.001, 99, 'share of the price that makes a turn')],
    outputs: [
      output('pivot', 'price of the last confirmed turn'), output('direction', '1 when it was a low, −1 when a high'),
      output('age', 'bars since the turn'),
    ],
    build: (g, s) => zigzagPivot(g, s.number('percent')),
  },
  {
    name: 'gator', title: 'Gator oscillator', category: 'trend', pane: 'own',
    formula: 'upper = |jaw − teeth|; lower = −|teeth − lips|',
    convention: 'Lines of the alligator as they are drawn at the bar: 13/8, 8/5 and 5/3 bars.',
    source: 'B. Williams, New Trading Dimensions, 1998',
    inputs: ['high', 'low'], parameters: [],
    outputs: [output('upper', 'opening of jaw and teeth'), output('lower', 'opening of teeth and lips')],
    build: (g) => {
      const line = (n: number, shift: number) => delay(g, wilder(g, medianPrice(g), n), shift)
      const [jaw, teeth, lips] = [line(13, 8), line(8, 5), line(5, 3)]
      return [magnitude(g, subtract(g, jaw, teeth)), scale(g, magnitude(g, subtract(g, teeth, lips)), -1)]
    },
  },
]
