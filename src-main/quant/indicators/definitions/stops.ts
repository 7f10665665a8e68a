import { at } from '../cells.ts'
import type { Graph, Signal } from '../graph.ts'
import { highest, lowest, mean, medianPrice, offsetBy, tap, trueRange, wilder, delay } from '../nodes/index.ts'

const within = (value: number, a: number, b: number, isBelow: boolean): number => (
  isBelow ? Math.min(value, a, b) : Math.max(value, a, b)
)

/** Wilder's stop and reverse. Scalars: direction, the next bar's stop, extreme, acceleration, last high, last low. */
export function parabolicStop(g: Graph, step: number, most: number): Signal {
  const [high, low] = [g.source('high'), g.source('low')]
  const first = Math.min(step, most)
  return g.place({
    key: `sar ${step} ${most}(${high.id},${low.id})`,
    inputs: [high, low],
    lag: 1,
    scalars: 6,
    does: ({ cells, out, state: s }) => {
      const begin = (h: number, l: number): void => {
        const [rise, fall] = [h - at(cells, s + 4), at(cells, s + 5) - l]
        const isLong = !(fall > 0 && fall > rise)
        cells[s] = isLong ? 1 : -1
        cells[s + 1] = at(cells, isLong ? s + 5 : s + 4)
        cells[s + 2] = isLong ? h : l
        cells[s + 3] = first
        cells[s + 4] = h
        cells[s + 5] = l
      }
      return (bar) => {
        const h = at(cells, high.id)
        const l = at(cells, low.id)
        if (bar === 1) begin(h, l)
        if (bar > 0) advance(cells, out, s, h, l, step, most)
        cells[s + 4] = h
        cells[s + 5] = l
      }
    },
  })
}

function advance(cells: Float64Array, out: number, s: number, h: number, l: number, step: number, most: number): void {
  const isLong = at(cells, s) > 0
  const stop = at(cells, s + 1)
  const extreme = at(cells, s + 2)
  const pace = at(cells, s + 3)
  const lastHigh = at(cells, s + 4)
  const lastLow = at(cells, s + 5)
  const hasTurned = isLong ? l <= stop : h >= stop
  if (hasTurned) {
    const turned = within(extreme, isLong ? lastHigh : lastLow, isLong ? h : l, !isLong)
    const start = isLong ? l : h
    const startPace = Math.min(step, most)
    cells[out] = turned
    cells[s] = isLong ? -1 : 1
    cells[s + 1] = within(turned + startPace * (start - turned), isLong ? lastHigh : lastLow, isLong ? h : l, !isLong)
    cells[s + 2] = start
    cells[s + 3] = startPace
    return
  }
  const isNew = isLong ? h > extreme : l < extreme
  const reached = isNew ? (isLong ? h : l) : extreme
  const hurried = isNew ? Math.min(most, pace + step) : pace
  cells[out] = stop
  cells[s + 1] = within(stop + hurried * (reached - stop), isLong ? lastLow : lastHigh, isLong ? l : h, isLong)
  cells[s + 2] = reached
  cells[s + 3] = hurried
}

/** The line and, in a tap, its direction. Scalars: upper band, lower band, last close, direction. */
export function supertrendLine(g: Graph, n: number, k: number, rule: string): readonly [Signal, Signal] {
  const close = g.source('close')
  const range = wilder(g, trueRange(g), n)
  const [upper, lower] = [offsetBy(g, medianPrice(g), range, k), offsetBy(g, medianPrice(g), range, -k)]
  const follow = rule === 'tradingview' ? followBoth : followActive
  const line = g.place({
    key: `supertrend ${n} ${k} ${rule}(${upper.id},${lower.id})`,
    inputs: [upper, lower, close],
    scalars: 4,
    does: ({ cells, out, state: s }) => (bar) => {
      const u = at(cells, upper.id)
      const l = at(cells, lower.id)
      const c = at(cells, close.id)
      if (bar === upper.first) {
        cells[s] = u
        cells[s + 1] = l
        cells[s + 3] = rule === 'tradingview' ? -1 : 1
      } else follow(cells, s, u, l, c)
      cells[s + 2] = c
      cells[out] = at(cells, s + 3) > 0 ? at(cells, s + 1) : at(cells, s)
    },
  })
  return [line, tap(g, line, 3)]
}

type Follow = (cells: Float64Array, s: number, upper: number, lower: number, close: number) => void

/** TradingView's rule: both bands only tighten, unless the last close was beyond them. */
const followBoth: Follow = (cells, s, upper, lower, close) => {
  const lastUpper = at(cells, s)
  const lastLower = at(cells, s + 1)
  const lastClose = at(cells, s + 2)
  const u = upper < lastUpper || lastClose > lastUpper ? upper : lastUpper
  const l = lower > lastLower || lastClose < lastLower ? lower : lastLower
  cells[s] = u
  cells[s + 1] = l
  if (at(cells, s + 3) < 0) cells[s + 3] = close > u ? 1 : -1
  else cells[s + 3] = close < l ? -1 : 1
}

/** The rule of pandas-ta: only the band in force tightens. */
const followActive: Follow = (cells, s, upper, lower, close) => {
  const lastUpper = at(cells, s)
  const lastLower = at(cells, s + 1)
  let direction = at(cells, s + 3)
  let u = upper
  let l = lower
  if (close > lastUpper) direction = 1
  else if (close < lastLower) direction = -1
  else if (direction > 0) l = Math.max(lower, lastLower)
  else u = Math.min(upper, lastUpper)
  cells[s] = u
  cells[s + 1] = l
  cells[s + 3] = direction
}

/** First stops from the extremes of n bars, then the extremes of those over m bars. */
export function krollStops(g: Graph, n: number, k: number, m: number): readonly [Signal, Signal] {
  const range = wilder(g, trueRange(g), n)
  const long = offsetBy(g, highest(g, g.source('high'), n), range, -k)
  const short = offsetBy(g, lowest(g, g.source('low'), n), range, k)
  return [highest(g, long, m), lowest(g, short, m)]
}

/** Wilder's volatility stop: k ranges from the extreme close since the turn. Scalars: extreme, direction, stop. */
export function volatilityStop(g: Graph, n: number, k: number): readonly [Signal, Signal] {
  const close = g.source('close')
  const range = wilder(g, trueRange(g), n)
  const line = g.place({
    key: `volatility stop ${k}(${range.id},${close.id})`,
    inputs: [range, close],
    scalars: 3,
    does: ({ cells, out, state: s }) => (bar) => {
      const c = at(cells, close.id)
      const width = k * at(cells, range.id)
      const isFirst = bar === range.first
      const direction = isFirst ? 1 : at(cells, s + 1)
      const hasTurned = !isFirst && direction * (c - at(cells, s + 2)) < 0
      const turned = hasTurned ? -direction : direction
      const isFresh = hasTurned || isFirst
      const extreme = isFresh ? c : turned * Math.max(turned * at(cells, s), turned * c)
      const stop = extreme - turned * width
      cells[s] = extreme
      cells[s + 1] = turned
      // A stop never retreats while its direction holds.
      cells[s + 2] = isFresh ? stop : turned * Math.max(turned * stop, turned * at(cells, s + 2))
      cells[out] = at(cells, s + 2)
    },
  })
  return [line, tap(g, line, 1)]
}

/** Krausz's activator: the mean low of the bars before while rising, their mean high while falling. */
export function highLowActivator(g: Graph, n: number): readonly [Signal, Signal] {
  const [top, bottom] = [delay(g, mean(g, g.source('high'), n), 1), delay(g, mean(g, g.source('low'), n), 1)]
  const close = g.source('close')
  const line = g.place({
    key: `hilo(${top.id},${bottom.id},${close.id})`,
    inputs: [top, bottom, close],
    scalars: 1,
    does: ({ cells, out, state: s }) => (bar) => {
      const c = at(cells, close.id)
      const before = bar === top.first ? 1 : at(cells, s)
      const direction = c > at(cells, top.id) ? 1 : c < at(cells, bottom.id) ? -1 : before
      cells[s] = direction
      cells[out] = direction > 0 ? at(cells, bottom.id) : at(cells, top.id)
    },
  })
  return [line, tap(g, line, 0)]
}
