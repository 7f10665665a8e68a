import { createRandom, ensureDefined } from '../../base/index.ts'
import type { Random } from '../../base/index.ts'
import { drawBasisDay } from './basis.ts'
import { dayMs, minuteMs, minutesPerDay } from './daily-rhythm.ts'
import { drawDayCandles, emptyDay } from './day-candles.ts'
import type { DayCandles } from './day-candles.ts'
import { DayWalk } from './day-walk.ts'
import { demoDrivers, demoInstruments } from './demo-instruments.ts'
import type { DemoInstrument } from './demo-instruments.ts'
import { drawCommonDay, drawDayPath } from './minute-path.ts'
import type { CommonDay, DayPath } from './minute-path.ts'
import { Recent } from './recent.ts'

/** Nothing is older: the first of January 2024, UTC. */
export const historyStart = 1_704_067_200_000
export const firstDay = historyStart / dayMs

/** Memory: a day of minutes is 60 kB, of a common day 12 kB, of hours 1 kB; in all below 25 MB however long it is used. */
const commonDaysKept = 64
const pathsKept = 4
const minuteDaysKept = 6
const hourDaysKept = 1600

/** Hours of one instrument's day, of each hour: open, high, low, close, volume. A volume of 0 is no candle. */
export type HourCandles = Float64Array
export const hourFields = 5

const foldHours = (minutes: DayCandles): HourCandles => {
  const hours = new Float64Array(24 * hourFields)
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const volume = minutes.volume[minute] as number
    if (volume === 0) continue
    const at = Math.floor(minute / 60) * hourFields
    const [high, low] = [minutes.high[minute] as number, minutes.low[minute] as number]
    const isFirst = hours[at + 4] === 0
    if (isFirst) hours[at] = minutes.open[minute] as number
    hours[at + 1] = isFirst ? high : Math.max(hours[at + 1] as number, high)
    hours[at + 2] = isFirst ? low : Math.min(hours[at + 2] as number, low)
    hours[at + 3] = minutes.close[minute] as number
    hours[at + 4] = (hours[at + 4] as number) + volume
  }
  return hours
}

/** The minutes and hours of all instruments as a function of the seed; what is kept here only saves time. */
export class MarketPast {
  readonly #random: Random
  readonly #walk: DayWalk
  readonly #scratch = emptyDay()
  readonly #common = new Recent<CommonDay>(commonDaysKept)
  readonly #paths = demoDrivers.map(() => new Recent<DayPath>(pathsKept))
  readonly #perpetualPaths = new Recent<DayPath>(pathsKept)
  readonly #minutes = demoInstruments.map(() => new Recent<DayCandles>(minuteDaysKept))
  readonly #hours = demoInstruments.map(() => new Recent<HourCandles>(hourDaysKept))

  constructor(seed: number) {
    this.#random = createRandom(seed).split('demo-market')
    this.#walk = new DayWalk(this.#random, demoDrivers, firstDay)
  }

  /** A stream for what else is drawn of this market, such as its trades. */
  random(label: string): Random {
    return this.#random.split(label)
  }

  minutes(index: number, day: number): DayCandles {
    const traits = ensureDefined(demoInstruments[index], 'the demo instrument')
    const known = ensureDefined(this.#minutes[index], 'the demo instrument')
    return known.get(day, () => drawDayCandles(this.#random, traits, day, this.#path(traits, day), emptyDay()))
  }

  hours(index: number, day: number): HourCandles {
    return ensureDefined(this.#hours[index], 'the demo instrument').get(day, () => {
      const traits = ensureDefined(demoInstruments[index], 'the demo instrument')
      // Not through `minutes`: a look at years of hours must not push out the days that are being watched.
      return foldHours(drawDayCandles(this.#random, traits, day, this.#path(traits, day), this.#scratch))
    })
  }

  /** The logarithm of the price at a time, in a straight line between two minutes' ends: what a mark is made from. */
  logAt(index: number, time: number, withBasis: boolean): number {
    const traits = ensureDefined(demoInstruments[index], 'the demo instrument')
    const day = Math.floor(time / dayMs)
    const path = withBasis ? this.#path(traits, day) : this.#driverPath(traits, day)
    const at = (time - day * dayMs) / minuteMs
    const minute = Math.floor(at)
    const from = path.logs[minute] as number
    return from + ((path.logs[minute + 1] as number) - from) * (at - minute)
  }

  #driverPath({ driver }: DemoInstrument, day: number): DayPath {
    const index = demoDrivers.indexOf(driver)
    return ensureDefined(this.#paths[index], 'the driver').get(day, () => {
      const common = this.#common.get(day, () => drawCommonDay(this.#random, day))
      return drawDayPath(this.#random, driver, index, day, this.#walk, common)
    })
  }

  #path(traits: DemoInstrument, day: number): DayPath {
    if (traits.instrument.kind !== 'perpetual') return this.#driverPath(traits, day)
    return this.#perpetualPaths.get(day * demoInstruments.length + demoInstruments.indexOf(traits), () => {
      const { logs, sigmas } = this.#driverPath(traits, day)
      const basis = drawBasisDay(this.#random, traits.instrument.id, day)
      return { logs: logs.map((log, minute) => log + (basis[minute] as number)), sigmas }
    })
  }
}
