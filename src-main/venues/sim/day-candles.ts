import type { Random } from '../../base/index.ts'
import { livelinessAt, minutesPerDay, tradesAt } from './daily-rhythm.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import type { DayPath } from './minute-path.ts'
import { Noise } from './noise.ts'
import { portableExp, smallGrowth } from './portable-math.ts'

/** The minutes of one instrument's day, by minute of the day. A minute without trading has a volume of 0, and no meaning else. */
export interface DayCandles {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** So that each minute has enough lots for an opening, a high, a low and a close. */
const volumeMin = 12

/** In quote currency. Not by a power of ten, whose last bit the language leaves to the engine. */
export const tickValue = ({ instrument: { tick } }: DemoInstrument): number => {
  let scale = 1
  for (let left = tick.decimals; left > 0; left -= 1) scale *= 10
  return tick.units / scale
}

/**
 * How far a walk of deviation `sigma` that ends at `move` strayed above both its ends on the way: the exact law of the highest
 * point of a Brownian bridge. The lowest point is the same of the walk turned over.
 */
const strayed = (move: number, sigma: number, noise: Noise): number =>
  (Math.sqrt(move * move + 2 * sigma * sigma * noise.exponential()) + move) / 2

const volumeOf = (traits: DemoInstrument, minute: number, move: number, sigma: number, noise: Noise): number => {
  const liveliness = livelinessAt(traits.driver.rhythm, minute)
  const stir = 0.45 + 0.7 * Math.min(6, Math.abs(move) / sigma)
  const chance = noise.uniform()
  const luck = 0.3 + 2.1 * chance * chance
  return Math.max(volumeMin, Math.floor(traits.minuteLots * liveliness * stir * luck))
}

export const emptyDay = (): DayCandles => {
  const column = () => new Float64Array(minutesPerDay)
  return { open: column(), high: column(), low: column(), close: column(), volume: column() }
}

/** Writes every field of `candles`, which may hold another day: a year of hours is folded through one and the same. */
export const drawDayCandles = (random: Random, traits: DemoInstrument, day: number, path: DayPath, candles: DayCandles): DayCandles => {
  const noise = new Noise(random.split(`candles:${traits.instrument.id}:${day}`))
  const perTick = 1 / tickValue(traits)
  const { logs, sigmas } = path
  const price = (minute: number): number => portableExp(logs[minute] as number) * perTick
  let opensAt = price(0)
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const closesAt = price(minute + 1)
    if (tradesAt(traits.instrument.hours, day, minute)) {
      const move = (logs[minute + 1] as number) - (logs[minute] as number)
      const sigma = sigmas[minute] as number
      const open = Math.max(1, Math.floor(opensAt + 0.5))
      const close = Math.max(1, Math.floor(closesAt + 0.5))
      const high = Math.floor(opensAt * (1 + smallGrowth(strayed(move, sigma, noise))) + 0.5)
      const low = Math.floor(opensAt * (1 + smallGrowth(-strayed(-move, sigma, noise))) + 0.5)
      candles.open[minute] = open
      candles.close[minute] = close
      candles.high[minute] = Math.max(high, open, close)
      candles.low[minute] = Math.max(1, Math.min(low, open, close))
      candles.volume[minute] = volumeOf(traits, minute, move, sigma, noise)
    } else candles.volume[minute] = 0
    opensAt = closesAt
  }
  return candles
}
