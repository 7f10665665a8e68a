import { assert } from '../../base/index.ts'
import type { Random } from '../../base/index.ts'
import { minuteMs } from './daily-rhythm.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import { Noise } from './noise.ts'

/** One minute's candle, in ticks and lots. */
export interface MinuteCandle {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** The trades of one minute in order, as columns: when, at what price, how much, and whether a buyer crossed the spread. */
export interface MinuteTrades {
  readonly at: Float64Array
  readonly price: Float64Array
  readonly size: Float64Array
  readonly isBuyer: Uint8Array
}

export const tradesMin = 4

/** A Poisson stream's times, squeezed into the minute, so that trades come in bursts as they do. */
const drawTimes = (time: number, count: number, noise: Noise): Float64Array => {
  const at = new Float64Array(count)
  let sum = 0
  for (let k = 0; k < count; k += 1) {
    sum += noise.exponential()
    at[k] = sum
  }
  const scale = (minuteMs - 2) / (sum + noise.exponential())
  // Never at the minute's very first moment: whoever begins to listen there hears the whole candle.
  for (let k = 0; k < count; k += 1) at[k] = time + 1 + Math.floor((at[k] as number) * scale)
  return at
}

/** Each trade at least one lot, the rest by chance; together the candle's volume to the lot. */
const drawSizes = (volume: number, count: number, noise: Noise): Float64Array => {
  const size = new Float64Array(count)
  let sum = 0
  for (let k = 0; k < count; k += 1) {
    const draw = noise.exponential()
    const weight = draw * draw
    size[k] = weight
    sum += weight
  }
  let left = volume - count
  for (let k = 0; k < count; k += 1) {
    const part = Math.min(left, Math.floor(((volume - count) * (size[k] as number)) / sum))
    size[k] = 1 + part
    left -= part
  }
  size[count - 1] = (size[count - 1] as number) + left
  return size
}

/** Which trade, and at what price. */
type Waypoint = readonly [number, number]

/** Where the path must pass: opening, high and low in either order, close. */
const drawWaypoints = ({ open, high, low, close }: MinuteCandle, count: number, noise: Noise): readonly Waypoint[] => {
  const first = 1 + noise.below(count - 3)
  const second = first + 1 + noise.below(count - 2 - first)
  const isHighFirst = high === open ? true : low === open ? false : noise.uniform() < (close < open ? 0.65 : 0.35)
  return [[0, open], [first, isHighFirst ? high : low], [second, isHighFirst ? low : high], [count - 1, close]]
}

const fillBetween = (trades: MinuteTrades, candle: MinuteCandle, from: Waypoint, to: Waypoint, half: number, noise: Noise): void => {
  const swing = (candle.high - candle.low) / (1.6 * Math.sqrt(trades.at.length))
  let level = from[1]
  for (let k = from[0] + 1; k < to[0]; k += 1) {
    level += (to[1] - level) / (to[0] - k + 1) + swing * noise.normal()
    level = Math.min(candle.high, Math.max(candle.low, level))
    const isBuyer = noise.uniform() < 0.5
    // A buyer pays the ask, above the level of the market; a seller gets the bid, below it.
    const price = Math.floor(level + (isBuyer ? half : -half) + noise.uniform())
    trades.price[k] = Math.min(candle.high, Math.max(candle.low, price))
    trades.isBuyer[k] = isBuyer ? 1 : 0
  }
}

/**
 * The trades that make a minute's candle: the first prints its open, the last its close, some its high and low, none is
 * outside, and the sizes add up to its volume.
 */
export const drawMinuteTrades = (random: Random, traits: DemoInstrument, candle: MinuteCandle, wanted: number): MinuteTrades => {
  const count = Math.max(tradesMin, Math.min(wanted, Math.floor(candle.volume / 2)))
  assert(candle.volume >= count, 'expected a lot for each trade of the minute')
  const noise = new Noise(random.split(`trades:${traits.instrument.id}:${candle.time / minuteMs}`))
  const at = drawTimes(candle.time, count, noise)
  const trades = { at, price: new Float64Array(count), size: drawSizes(candle.volume, count, noise), isBuyer: new Uint8Array(count) }
  const waypoints = drawWaypoints(candle, count, noise)
  waypoints.forEach(([k, price], index) => {
    trades.price[k] = price
    const isExtreme = index === 1 || index === 2
    trades.isBuyer[k] = (isExtreme ? price === candle.high : noise.uniform() < 0.5) ? 1 : 0
    const next = waypoints[index + 1]
    if (next) fillBetween(trades, candle, [k, price], next, traits.spreadTicks / 2, noise)
  })
  return trades
}
