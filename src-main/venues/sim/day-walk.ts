import { ensureDefined } from '../../base/index.ts'
import type { Random } from '../../base/index.ts'
import { isWeekend, weekdayOf } from './daily-rhythm.ts'
import type { DriverTraits } from './demo-instruments.ts'
import { Noise } from './noise.ts'
import { portableExp, portableLog } from './portable-math.ts'

/** What a day of one driver comes to, before its minutes are drawn. */
export interface DriverDay {
  /** Logarithm of the price when the day begins, UTC. */
  readonly start: number
  /** Its ordinary move, news apart. */
  readonly move: number
  /** Logarithm of the volatility's factor at the beginning; the next day's is where it leads. */
  readonly mood: number
  /** In what part of the day each piece of news comes, and how far it moves the price. */
  readonly news: readonly { readonly at: number; readonly move: number }[]
}

interface CommonNews {
  readonly at: number
  readonly size: number
}

const commonMood = { memory: 0.96, deviation: 0.26 }
const ownMood = { memory: 0.94, deviation: 0.2 }
const commonNewsPerDay = 0.1

/** Crypto trades on at weekends, only less; currencies hardly; shares not at all. */
export const weekendFactor: Readonly<Record<DriverTraits['rhythm'], number>> = { crypto: 0.75, currency: 0.35, equity: 0 }

const nextMood = (mood: number, { memory, deviation }: typeof ownMood, noise: Noise): number =>
  memory * mood + deviation * Math.sqrt(1 - memory * memory) * noise.normal()

/** A share's price moves from Friday's close to Monday's opening too; that move is in Monday's night. */
const dayFactor = (driver: DriverTraits, day: number): number =>
  (isWeekend(day) ? weekendFactor[driver.rhythm] : 1) * (driver.rhythm === 'equity' && weekdayOf(day) === 1 ? 1.15 : 1)

/**
 * The slow part of the market: where each driver stands at each midnight since history began. Days are walked once, in order,
 * a microsecond each; the minutes of a day are drawn between two midnights and never walked.
 */
export class DayWalk {
  readonly #noise: Noise
  readonly #drivers: readonly DriverTraits[]
  readonly #firstDay: number
  readonly #days: DriverDay[][]
  readonly #state: { log: number; mood: number }[]
  #commonMood = 0
  #walked = 0

  constructor(random: Random, drivers: readonly DriverTraits[], firstDay: number) {
    this.#noise = new Noise(random.split('days'))
    this.#drivers = drivers
    this.#firstDay = firstDay
    this.#days = drivers.map(() => [])
    this.#state = drivers.map(({ priceAtStart }) => ({ log: portableLog(priceAtStart), mood: 0 }))
  }

  day(driver: number, day: number): DriverDay {
    while (this.#walked <= day - this.#firstDay) this.#walkOn()
    return ensureDefined(this.#days[driver]?.[day - this.#firstDay], 'the day of a driver')
  }

  #walkOn(): void {
    const day = this.#firstDay + this.#walked
    const noise = this.#noise
    this.#commonMood = nextMood(this.#commonMood, commonMood, noise)
    const move = noise.normal()
    // Drawn each day whether used or not, so that a day's numbers never depend on another's news.
    const [chance, at, size] = [noise.uniform(), noise.uniform(), noise.normal()]
    const news = chance < commonNewsPerDay ? { at, size } : undefined
    this.#drivers.forEach((driver, index) => this.#walkDriver(driver, index, day, move, news))
    this.#walked += 1
  }

  #walkDriver(driver: DriverTraits, index: number, day: number, commonMove: number, commonNews: CommonNews | undefined): void {
    const noise = this.#noise
    const state = ensureDefined(this.#state[index], 'the driver')
    const loading = driver.commonLoading
    const shock = loading * commonMove + Math.sqrt(1 - loading * loading) * noise.normal()
    state.mood = nextMood(state.mood, ownMood, noise)
    const mood = 0.8 * this.#commonMood + state.mood
    const [chance, at, size] = [noise.uniform(), noise.uniform(), noise.normal()]
    const factor = dayFactor(driver, day)
    const volatility = driver.dailyVolatility * factor
    const news: { at: number; move: number }[] = []
    if (factor > 0 && commonNews) news.push({ at: commonNews.at, move: 0.6 * loading * driver.dailyVolatility * commonNews.size })
    if (factor > 0 && chance < driver.newsPerDay) news.push({ at, move: 0.5 * driver.dailyVolatility * size })
    const pull = factor > 0 ? driver.reversion * (portableLog(driver.priceAtStart) - state.log) : 0
    const move = volatility * portableExp(mood) * shock + pull
    ensureDefined(this.#days[index], 'the driver').push({ start: state.log, move, mood, news })
    state.log += move
    for (const piece of news) state.log += piece.move
  }
}
