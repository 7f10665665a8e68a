import { ensureDefined } from '../../base/index.ts'
import { dayMs, livelinessAt, minuteMs } from './daily-rhythm.ts'
import { demoInstruments } from './demo-instruments.ts'
import { firstDay } from './market-past.ts'
import type { MarketPast } from './market-past.ts'
import { drawMinuteTrades, tradesMin } from './minute-trades.ts'
import type { MinuteTrades } from './minute-trades.ts'
import { Noise } from './noise.ts'

/** What one instrument will do in one minute. */
export interface MinutePlan {
  readonly trades: MinuteTrades
  /** When its makers do something between the trades. */
  readonly stirs: Float64Array
  readonly bookNoise: Noise
}

/** One update in so many is a trade; never so many trades that nobody could read the tape. */
const updatesPerTrade = 14
const tradesMax = 900
/** What a trade and a stir come to, as measured: the book is moved, the trade told, the size taken out, the depth restored. */
const updatesOfTrade = 5.2
const updatesOfStir = 1.07

/** The minutes of all instruments before they are told: functions of seed, instrument, minute and intensity. */
export class MinutePlans {
  readonly #past: MarketPast
  readonly #intensity: number | undefined

  constructor(past: MarketPast, intensity: number | undefined) {
    this.#past = past
    this.#intensity = intensity
  }

  /** Undefined where the instrument does not trade. */
  trades(index: number, time: number): MinuteTrades | undefined {
    const day = Math.floor(time / dayMs)
    const minute = (time - day * dayMs) / minuteMs
    const minutes = this.#past.minutes(index, day)
    const volume = minutes.volume[minute] as number
    if (volume === 0) return undefined
    const candle = {
      time, volume, open: minutes.open[minute] as number, high: minutes.high[minute] as number,
      low: minutes.low[minute] as number, close: minutes.close[minute] as number,
    }
    const wanted = Math.min(tradesMax, Math.floor(this.#updates(index, minute) / updatesPerTrade))
    const traits = ensureDefined(demoInstruments[index], 'the demo instrument')
    return drawMinuteTrades(this.#past.random('live'), traits, candle, Math.max(tradesMin, wanted))
  }

  minute(index: number, time: number): MinutePlan | undefined {
    const trades = this.trades(index, time)
    if (trades === undefined) return undefined
    const { instrument } = ensureDefined(demoInstruments[index], 'the demo instrument')
    const noise = new Noise(this.#past.random('book').split(`${instrument.id}:${time / minuteMs}`))
    const updates = this.#updates(index, (time % dayMs) / minuteMs)
    const count = Math.max(0, Math.floor((updates - trades.at.length * updatesOfTrade) / updatesOfStir))
    const stirs = new Float64Array(count)
    for (let k = 0; k < count; k += 1) stirs[k] = time + Math.floor(((k + noise.uniform()) * minuteMs) / count)
    return { trades, stirs, bookNoise: noise }
  }

  /** The close before this minute; of a pause, the last one before it. */
  lastPriceBefore(index: number, time: number): number {
    for (let day = Math.floor((time - 1) / dayMs); day >= firstDay; day -= 1) {
      const minutes = this.#past.minutes(index, day)
      for (let minute = Math.min(1439, Math.floor((time - 1 - day * dayMs) / minuteMs)); minute >= 0; minute -= 1) {
        if (minutes.volume[minute] !== 0) return minutes.close[minute] as number
      }
    }
    // Nothing before: the first price there ever is.
    for (let day = Math.max(firstDay, Math.floor(time / dayMs)); ; day += 1) {
      const minutes = this.#past.minutes(index, day)
      const first = minutes.volume.findIndex((volume) => volume !== 0)
      if (first >= 0) return minutes.open[first] as number
    }
  }

  #updates(index: number, minute: number): number {
    if (this.#intensity !== undefined) return this.#intensity * 60
    const { driver, updatesPerSecond } = ensureDefined(demoInstruments[index], 'the demo instrument')
    return updatesPerSecond * 60 * livelinessAt(driver.rhythm, minute)
  }
}
