import type { MarketReport } from '../domain/index.ts'
import { PaperVenue, type KeptTruth, type MarketPace, type Schedule } from '../venues/paper/index.ts'
import type { ChaosPresetName, ExchangeAccount } from '../venues/sim/index.ts'
import { MemoryTruth } from './memory-truth.ts'

export interface VenueProcessParts {
  readonly schedule: Schedule
  readonly wallMs: () => number
  readonly pace: () => MarketPace
  readonly installation: string
  readonly accounts: readonly ExchangeAccount[]
  readonly onMarket: (report: MarketReport) => void
}

/** Each instrument tells its best prices once a second. */
const tickerMs = 1_000

/** The venue, which has a process of its own: it outlives the program, and goes on from its own truth when it ends. */
export class VenueProcess {
  readonly #parts: VenueProcessParts
  readonly #struckBefore = new Map<string, number>()
  #weather: ChaosPresetName = 'calm'
  #truth: MemoryTruth
  #venue: PaperVenue

  constructor(parts: VenueProcessParts) {
    this.#parts = parts
    this.#truth = new MemoryTruth(parts.schedule)
    this.#venue = this.#open()
  }

  get now(): PaperVenue {
    return this.#venue
  }

  become(weather: ChaosPresetName): void {
    this.#weather = weather
    this.#venue.become(weather)
  }

  /** It ends in the middle of whatever it did, and goes on from what it had written down. */
  restart(): void {
    const kept = this.#truth.breakOff()
    for (const [name, count] of this.struck()) this.#struckBefore.set(name, count)
    void this.#venue.dispose()
    this.#truth = new MemoryTruth(this.#parts.schedule)
    this.#venue = this.#open(kept)
  }

  /** How often each fault has struck, over all its lives. */
  struck(): ReadonlyMap<string, number> {
    const all = new Map(this.#struckBefore)
    for (const [name, count] of Object.entries(this.#venue.weather().struck)) all.set(name, (all.get(name) ?? 0) + count)
    return all
  }

  #open(kept?: KeptTruth): PaperVenue {
    const { schedule, wallMs, pace, installation, accounts, onMarket } = this.#parts
    return new PaperVenue({
      timeline: schedule, wallMs, pace: pace(), installation, accounts, onMarket, weather: this.#weather, log: this.#truth, feedEveryMs: tickerMs,
      isTicker: true, ...(kept === undefined ? {} : { kept }),
    })
  }
}
