import { factor, output, period, type IndicatorDefinition } from '../definition.ts'
import type { Graph, Signal } from '../graph.ts'
import {
  add, delay, filterTwice, map2, map3, medianPrice, multiply, priceOf, recur, subtract, sum, scale,
} from '../nodes/index.ts'
import { mesaAverages } from './mesa.ts'

/** Two poles; half of each weight on the present and the last price. */
function superSmoother(g: Graph, x: Signal, n: number): Signal {
  const decay = Math.exp((-Math.SQRT2 * Math.PI) / n)
  const [b1, b2] = [2 * decay * Math.cos((Math.SQRT2 * Math.PI) / n), -decay * decay]
  const gain = (1 - b1 - b2) / 2
  return filterTwice(g, `super smoother ${n}`, x, [gain, gain, 0], [b1, b2], (price) => price)
}

/** Two poles: keeps what is quicker than n bars. */
function highPass(g: Graph, x: Signal, n: number): Signal {
  const angle = (Math.SQRT1_2 * 2 * Math.PI) / n
  const alpha = (Math.cos(angle) + Math.sin(angle) - 1) / Math.cos(angle)
  const gain = (1 - alpha / 2) ** 2
  return filterTwice(g, `high pass ${n}`, x, [gain, -2 * gain, gain], [2 * (1 - alpha), -((1 - alpha) ** 2)], () => 0)
}

/** One pole, of which the parts differ in the sign that the last price has. */
function onePole(g: Graph, x: Signal, n: number, sign: 1 | -1): Signal {
  const angle = (2 * Math.PI) / n
  const alpha = (Math.cos(angle) + Math.sin(angle) - 1) / Math.cos(angle)
  const before = delay(g, x, 1)
  if (sign > 0) return recur(
    g, `decycler ${n}`, [x, before], (now) => now, (line, now, last) => (alpha / 2) * (now + last) + (1 - alpha) * line,
  )
  return recur(
    g, `one-pole high pass ${n}`, [x, before], () => 0, (line, now, last) => (1 - alpha / 2) * (now - last) + (1 - alpha) * line,
  )
}

function instantaneousTrend(g: Graph, alpha: number): readonly [Signal, Signal] {
  const square = alpha * alpha
  const line = filterTwice(g, `instant trend ${alpha}`, medianPrice(g), [
    alpha - square / 4, square / 2, -(alpha - 0.75 * square),
  ],
    [2 * (1 - alpha), -((1 - alpha) ** 2)], (price) => price)
  return [line, map2(g, 'twice less', line, delay(g, line, 2), (now, then) => 2 * now - then)]
}

function cyberCycle(g: Graph, alpha: number): readonly [Signal, Signal] {
  const price = medianPrice(g)
  const ends = add(g, price, delay(g, price, 3))
  const smooth = map3(
    g, 'symmetrical', [ends, delay(g, price, 1), delay(g, price, 2)], (outer, b, c) => (outer + 2 * b + 2 * c) / 6,
  )
  const gain = (1 - alpha / 2) ** 2
  const line = filterTwice(
    g, `cyber cycle ${alpha}`, smooth, [gain, -2 * gain, gain], [2 * (1 - alpha), -((1 - alpha) ** 2)], () => 0,
  )
  return [line, delay(g, line, 1)]
}

/** A smoothed high-pass wave over its own root mean square of three bars. */
function sineWave(g: Graph, duration: number, smooth: number): Signal {
  const wave = superSmoother(g, onePole(g, g.source('close'), duration, -1), smooth)
  return map2(g, 'sine wave', sum(g, wave, 3), sum(g, multiply(g, wave, wave), 3), (total, squares) =>
    squares === 0 ? 0 : total / 3 / Math.sqrt(squares / 3))
}

const ehlers = 'J. Ehlers, Cycle Analytics for Traders, 2013'

export const cycles: readonly IndicatorDefinition[] = [
  {
    name: 'superSmoother', title: 'Super smoother', category: 'trend', pane: 'overlay',
    formula: 'c₁ (x + x′)/2 + c₂ f′ + c₃ f″, a Butterworth filter of two poles',
    convention: 'Angles in radians; the first two values are the prices.', source: ehlers,
    inputs: ['close'], parameters: [period(10, 'period', 2)],
    outputs: [output('smooth', 'price without what is quicker than the period')],
    build: (g, s) => [superSmoother(g, g.source('close'), s.number('period'))],
  },
  {
    name: 'roofingFilter', title: 'Roofing filter', category: 'momentum', pane: 'own',
    formula: 'Super smoother of a two-pole high-pass filter', convention: 'Starts from nothing.', source: ehlers,
    inputs: ['close'], parameters: [period(48, 'highPass', 6), period(10, 'smooth', 2)],
    outputs: [output('roof', 'waves between both periods')],
    build: (g, s) => [superSmoother(g, highPass(g, g.source('close'), s.number('highPass')), s.number('smooth'))],
  },
  {
    name: 'decycler', title: 'Decycler', category: 'trend', pane: 'overlay',
    formula: 'α/2 (x + x′) + (1 − α) f′, α = (cos ω + sin ω − 1)/cos ω, ω = 2π/n',
    convention: 'Starts from the close of the second bar.', source: 'J. Ehlers, Stocks & Commodities 33, 2015',
    inputs: ['close'], parameters: [period(60, 'period', 5)],
    outputs: [output('decycler', 'price without waves shorter than the period')],
    build: (g, s) => [onePole(g, g.source('close'), s.number('period'), 1)],
  },
  {
    name: 'instantaneousTrend', title: 'Instantaneous trendline', category: 'trend', pane: 'overlay',
    formula: '(α − α²/4) x + α²/2 x′ − (α − 3α²/4) x″ + 2(1 − α) f′ − (1 − α)² f″',
    convention: 'Price (high + low)/2; trigger = 2 f − f″; the first two values are the prices.',
    source: 'J. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004',
    inputs: ['high', 'low'], parameters: [factor('alpha', 0.07, 0.001, 1, 'pace')],
    outputs: [output('trend', 'trendline'), output('trigger', 'trendline ahead')],
    build: (g, s) => instantaneousTrend(g, s.number('alpha')),
  },
  {
    name: 'cyberCycle', title: 'Cyber cycle', category: 'momentum', pane: 'own',
    formula: '(1 − α/2)² (s − 2 s′ + s″) + 2(1 − α) c′ − (1 − α)² c″, s the price weighed 1 2 2 1',
    convention: 'Price (high + low)/2; starts from nothing; trigger is that of the bar before.',
    source: 'J. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004',
    inputs: ['high', 'low'], parameters: [factor('alpha', 0.07, 0.001, 1, 'pace')],
    outputs: [output('cycle', 'wave of the price'), output('trigger', 'the same one bar ago')],
    build: (g, s) => cyberCycle(g, s.number('alpha')),
  },
  {
    name: 'mama', title: 'MESA adaptive moving average', category: 'trend', pane: 'overlay',
    formula: 'MAMA = α x + (1 − α) MAMA′, α = fast/Δphase not below slow; FAMA with α/2',
    convention: 'Price (high + low)/2; filters start from nothing; first value at index 32.',
    source: 'J. Ehlers, Stocks & Commodities 19, 2001',
    inputs: ['high', 'low'],
    parameters: [factor('fast', 0.5, 0.01, 0.99, 'greatest pace'), factor('slow', 0.05, 0.001, 0.99, 'least pace')],
    outputs: [output('mama', 'adaptive average'), output('fama', 'following average')],
    build: (g, s) => mesaAverages(g, priceOf(g, 'hl2'), s.number('fast'), s.number('slow')),
    check: (s) => (s.number('slow') <= s.number('fast') ? undefined : 'slow is expected to be at most fast.'),
  },
  {
    name: 'sineWave', title: 'Even better sinewave', category: 'momentum', pane: 'own',
    formula: 'mean of three values of a smoothed high-pass wave over their root mean square',
    convention: 'Starts from nothing; 0 where there is no wave.', source: ehlers,
    inputs: ['close'], parameters: [period(40, 'duration', 5), period(10, 'smooth', 2)],
    outputs: [output('wave', 'phase of the wave, −1 … 1')],
    build: (g, s) => [sineWave(g, s.number('duration'), s.number('smooth'))],
  },
  {
    name: 'decyclerOscillator', title: 'Decycler oscillator', category: 'momentum', pane: 'own',
    formula: '100 (HP(long) − HP(short))/close, HP a two-pole high-pass filter',
    convention: 'In percent of the close; starts from nothing.', source: 'J. Ehlers, Stocks & Commodities 33, 2015',
    inputs: ['close'], parameters: [period(30, 'short', 6), period(60, 'long', 6)],
    outputs: [output('osc', 'waves between both periods in percent')],
    build: (g, s) => {
      const close = g.source('close')
      const between = subtract(g, highPass(g, close, s.number('long')), highPass(g, close, s.number('short')))
      return [scale(g, map2(g, 'fraction of', between, close, (wave, price) => (price === 0 ? Number.NaN : wave / price)), 100)]
    },
  },
]
