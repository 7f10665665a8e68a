import type { PriceChart } from '../../charts/price-chart.ts'
import { placeOfTime } from '../../charts/time-place.ts'
import { frameLengthMs } from '../../charts/timeframes.ts'
import type { Bar } from '../../charts/bar.ts'
import type { CandleFeed } from '../../stores/candles.ts'
import type { ChartReplay } from './chart-replay.ts'

interface ChartTravelParts {
  readonly chart: PriceChart
  readonly feed: CandleFeed
  readonly replay: ChartReplay
  /** Those that are shown. */
  readonly bars: () => readonly Bar[]
  /** It looks where it was to look. */
  readonly arrived: () => void
}

/** The narrowest and the widest sight, in bars. */
const sightMin = 10
const sightMax = 2_500
/** Where no sight was chosen. */
const sightUsual = 120

/** Where a chart looks: to a date, to the present, along and nearer. */
export class ChartTravel {
  readonly #parts: ChartTravelParts
  #underWay = 0

  constructor(parts: ChartTravelParts) {
    this.#parts = parts
  }

  /** The bars are those of the new place, and what is in sight still that of the old one. */
  get isUnderWay(): boolean {
    return this.#underWay > 0
  }

  goTo(time: number): Promise<void> {
    return this.#travel(() => this.#goTo(time))
  }

  goToPresent(): Promise<void> {
    return this.#travel(() => this.#goToPresent())
  }

  /** From a time of which nothing is kept to the first of which something is. */
  goToKept(): Promise<void> {
    return this.#travel(() => this.#goToKept())
  }

  async #travel(go: () => Promise<void>): Promise<void> {
    this.#underWay += 1
    try {
      await go()
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) this.#parts.arrived()
    }
  }

  async #goTo(time: number): Promise<void> {
    const { chart, feed, replay, bars } = this.#parts
    if (replay.isOn) return replay.begin(time)
    const seen = chart.visible()
    if (!(await feed.goTo(time))) return
    const half = seen === undefined ? sightUsual / 2 : (seen.to - seen.from) / 2
    const place = placeOfTime(bars(), frameLengthMs(chart.looks.frame), time)
    chart.look({ from: place - half, to: place + half })
  }

  async #goToPresent(): Promise<void> {
    const { chart, feed, replay } = this.#parts
    if (!replay.isOn && feed.window.hasNewer && !(await feed.goLive())) return
    chart.scrollToEdge()
  }

  async #goToKept(): Promise<void> {
    const { chart, feed } = this.#parts
    const { keptFrom } = feed
    if (keptFrom !== undefined && (await feed.goTo(keptFrom))) chart.look({ from: 0, to: sightUsual })
  }

  goToOldest(): void {
    const { chart } = this.#parts
    const seen = chart.visible()
    if (seen !== undefined) chart.look({ from: 0, to: seen.to - seen.from })
  }

  scrollBy(bars: number): void {
    const { chart } = this.#parts
    const seen = chart.visible()
    if (seen !== undefined) chart.look({ from: seen.from + bars, to: seen.to + bars })
  }

  /** The newest bar in sight stays where it is. */
  zoomBy(factor: number): void {
    const { chart } = this.#parts
    const seen = chart.visible()
    if (seen === undefined) return
    const width = Math.min(sightMax, Math.max(sightMin, (seen.to - seen.from) * factor))
    chart.look({ from: seen.to - width, to: seen.to })
  }
}
