import type { MakesVenue, VenueAtHand } from './compose-trading.ts'
import type { Clock, VenueListener } from './ports/index.ts'
import type { VenueRequest } from './domain/index.ts'
import { PaperVenue, WallTimeline, type MarketPace, type PaperVenueParts } from './venues/paper/index.ts'
import type { PaperTrading } from './trading-setup/index.ts'

/** The simulated exchange beside the engine in one process: for tests, and for whoever wants no second process. It keeps nothing. */
export const venueInProcess = (clock: Clock, extras: Pick<PaperVenueParts, 'weather' | 'log' | 'kept'> = {}): MakesVenue => (trading) => new InProcess(trading, clock, extras)

class InProcess implements VenueAtHand {
  readonly #trading: PaperTrading
  readonly #clock: Clock
  readonly #extras: Pick<PaperVenueParts, 'weather' | 'log' | 'kept'>
  readonly #timers = new Set<NodeJS.Timeout>()
  #venue: PaperVenue | undefined

  constructor(trading: PaperTrading, clock: Clock, extras: Pick<PaperVenueParts, 'weather' | 'log' | 'kept'>) {
    this.#trading = trading
    this.#clock = clock
    this.#extras = extras
  }

  begin({ past }: Parameters<VenueAtHand['begin']>[0], pace: MarketPace): void {
    const { accounts, setup } = this.#trading
    const timeline = new WallTimeline({
      wallMs: () => this.#clock.wallMs(), monotonicMs: () => this.#clock.monotonicMs(),
      later: (delayMs, run) => {
        const timer = setTimeout(() => {
          this.#timers.delete(timer)
          run()
        }, delayMs)
        this.#timers.add(timer)
      },
    })
    this.#venue = new PaperVenue({ timeline, pace, accounts, installation: past.trading?.installation ?? setup.installation, ...this.#extras })
  }

  perform(request: VenueRequest): void {
    this.#venue?.perform(request)
  }

  listen(listener: VenueListener): () => void {
    return this.#venue?.listen(listener) ?? (() => undefined)
  }

  follow(pace: MarketPace): void {
    this.#venue?.follow(pace)
  }

  async dispose(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#venue?.dispose()
  }
}
