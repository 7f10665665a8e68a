import type { Random } from '../../base/index.ts'
import { isWeekend, minutesPerDay, rhythmOf } from './daily-rhythm.ts'
import { weekendFactor } from './day-walk.ts'
import type { DayWalk, DriverDay } from './day-walk.ts'
import type { DriverTraits } from './demo-instruments.ts'
import { Noise } from './noise.ts'
import { portableExp } from './portable-math.ts'

/** What is common to all drivers in one day: a shock for each minute, and a mood for each quarter of an hour. */
export interface CommonDay {
  readonly shocks: Float64Array
  readonly moods: Float64Array
}

/** The way of one driver through one day. */
export interface DayPath {
  /** Logarithm of the price at each minute's beginning and at the day's end: one more than there are minutes. */
  readonly logs: Float64Array
  /** Standard deviation of each minute's logarithmic return; 0 where nothing moves. */
  readonly sigmas: Float64Array
}

const quarterMinutes = 15
const quarters = minutesPerDay / quarterMinutes
const quartersPerBlock = 8
/** How long the market stays nervous after news, and how much at first. */
const newsMinutes = 90
const newsNerves = 2.5
const overnightShare = 0.3
/** Of the share's session, minutes of the day. */
const [opening, closing] = [810, 1200] as const

/** Moods on two scales, two hours and a quarter of an hour; nought at midnight, so that days join. */
const drawMoods = (noise: Noise): Float64Array => {
  const blocks = Float64Array.from({ length: quarters / quartersPerBlock + 1 }, () => 0.24 * noise.normal())
  blocks[0] = 0
  blocks[blocks.length - 1] = 0
  const moods = Float64Array.from({ length: quarters + 1 }, (_, at) => {
    const block = Math.floor(at / quartersPerBlock)
    const share = at / quartersPerBlock - block
    const slow = (blocks[block] as number) * (1 - share) + (blocks[block + 1] ?? 0) * share
    return slow + 0.26 * noise.normal()
  })
  moods[0] = 0
  moods[quarters] = 0
  return moods
}

export const drawCommonDay = (random: Random, day: number): CommonDay => {
  const noise = new Noise(random.split(`common:${day}`))
  const moods = drawMoods(noise)
  const shocks = new Float64Array(minutesPerDay)
  for (let minute = 0; minute < minutesPerDay; minute += 1) shocks[minute] = noise.normal()
  return { shocks, moods }
}

/** The factor of volatility at each quarter of an hour; between them it is a straight line. */
const quarterFactors = (own: Float64Array, common: Float64Array, from: number, to: number): Float64Array => {
  const factors = new Float64Array(quarters + 1)
  for (let at = 0; at <= quarters; at += 1) {
    const slow = from + ((to - from) * at) / quarters
    factors[at] = portableExp(slow + 0.75 * (common[at] as number) + 0.75 * (own[at] as number))
  }
  return factors
}

/** News is not understood in one minute. */
const newsShares = [0.34, 0.22, 0.16, 0.12, 0.09, 0.07] as const

const addNews = (moves: Float64Array, minute: number, move: number): void => {
  newsShares.forEach((share, after) => {
    moves[minute + after + 1] = (moves[minute + after + 1] as number) + share * move
  })
}

const newsMinute = (driver: DriverTraits, at: number): number => {
  const minute = Math.floor(at * (minutesPerDay - newsShares.length))
  // News about a share comes at night or in its session; after the close it would wait, so it comes the night before.
  return driver.rhythm === 'equity' && (minute < opening || minute >= closing - newsShares.length) ? opening - newsShares.length : minute
}

const drawSigmas = (driver: DriverTraits, day: number, facts: DriverDay, factors: Float64Array): Float64Array => {
  const rhythm = rhythmOf(driver.rhythm)
  const base = driver.dailyVolatility * (isWeekend(day) ? weekendFactor[driver.rhythm] : 1)
  const isEquity = driver.rhythm === 'equity'
  const scale = isEquity ? base * Math.sqrt(1 - overnightShare) : base
  const sigmas = new Float64Array(minutesPerDay)
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const quarter = Math.floor(minute / quarterMinutes)
    const share = (minute - quarter * quarterMinutes) / quarterMinutes
    const factor = (factors[quarter] as number) * (1 - share) + (factors[quarter + 1] as number) * share
    sigmas[minute] = scale * (rhythm[minute] as number) * factor
  }
  if (isEquity) sigmas[opening - 1] = base * Math.sqrt(overnightShare) * portableExp(facts.mood)
  for (const piece of facts.news) {
    const from = newsMinute(driver, piece.at)
    for (let after = 1; after <= newsMinutes && from + after < minutesPerDay; after += 1) {
      sigmas[from + after] = (sigmas[from + after] as number) * (1 + newsNerves * (1 - after / newsMinutes))
    }
  }
  return sigmas
}

/** A share of the minutes is wilder than the rest: with volatility that changes this makes the tails of returns fat. */
const wildShare = 0.04
const wildFactor = 2.3

/**
 * The minutes of a day between its two midnights: each minute's own shock, then all bent a little, in proportion to
 * variance, so that they end where the day ends. For normal shocks this is exactly a walk conditioned on its end.
 */
export const drawDayPath = (
  random: Random, driver: DriverTraits, index: number, day: number, walk: DayWalk, common: CommonDay,
): DayPath => {
  const noise = new Noise(random.split(`${driver.name}:${day}`))
  const facts = walk.day(index, day)
  const factors = quarterFactors(drawMoods(noise), common.moods, facts.mood, walk.day(index, day + 1).mood)
  const sigmas = drawSigmas(driver, day, facts, factors)
  const ownShare = Math.sqrt(1 - driver.commonLoading * driver.commonLoading)
  const logs = new Float64Array(minutesPerDay + 1)
  let sum = 0
  let variance = 0
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const sigma = sigmas[minute] as number
    const own = noise.normal()
    const shock = driver.commonLoading * (common.shocks[minute] as number) + ownShare * own
    const move = sigma * (noise.uniform() < wildShare ? shock * wildFactor : shock)
    sum += move
    variance += sigma * sigma
    logs[minute + 1] = move
  }
  const bend = variance > 0 ? (facts.move - sum) / variance : 0
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const sigma = sigmas[minute] as number
    logs[minute + 1] = (logs[minute + 1] as number) + bend * sigma * sigma
  }
  for (const piece of facts.news) addNews(logs, newsMinute(driver, piece.at), piece.move)
  logs[0] = facts.start
  for (let minute = 0; minute < minutesPerDay; minute += 1) logs[minute + 1] = (logs[minute] as number) + (logs[minute + 1] as number)
  return { logs, sigmas }
}
