import type { MarketReport } from '../domain/index.ts'
import type { Schedule } from '../venues/paper/index.ts'

/** Prices on their way to the engine, and what can be wrong with them: crossed, frozen, silent, in a burst. */
export interface MarketLineSetup {
  readonly schedule: Schedule
  readonly now: () => number
  readonly deliver: (report: MarketReport) => void
}

export class MarketLine {
  readonly #setup: MarketLineSetup
  readonly #trouble = new Map<string, { readonly kind: 'crossed' | 'frozen' | 'dead'; readonly since: number }>()
  readonly #quotes = new Map<string, { readonly bid: number; readonly ask: number }>()

  constructor(setup: MarketLineSetup) {
    this.#setup = setup
  }

  quoteOf(instrument: string): { readonly bid: number; readonly ask: number } | undefined {
    return this.#quotes.get(instrument)
  }

  /** A new process has seen no price yet, but the one before left none of its troubles. */
  pass(report: MarketReport): void {
    const trouble = this.#trouble.get(report.instrument)
    const { deliver, now } = this.#setup
    if (trouble?.kind === 'dead') return
    if (report.kind === 'quote-seen') {
      this.#quotes.set(report.instrument, { bid: report.bid as unknown as number, ask: report.ask as unknown as number })
      if (trouble?.kind === 'crossed') return deliver({ ...report, at: now(), bid: report.ask, ask: report.bid })
    }
    deliver({ ...report, at: trouble?.kind === 'frozen' ? trouble.since : now() })
  }

  /** `shape` decides whether somebody notices and says so. */
  befall(kind: 'crossed' | 'frozen' | 'dead' | 'checksum', instrument: string, forMs: number, shape: number): void {
    const { schedule, now, deliver } = this.#setup
    const isTold = kind === 'checksum' || shape < 0.5
    if (kind !== 'checksum') this.#trouble.set(instrument, { kind, since: now() })
    const states = { crossed: 'crossed', frozen: 'stale', dead: 'stale', checksum: 'down' } as const
    if (isTold) schedule.after(kind === 'frozen' || kind === 'dead' ? 2_000 : 0, () => deliver({ kind: 'feed-judged', at: now(), instrument, state: states[kind] }))
    schedule.after(forMs, () => {
      this.#trouble.delete(instrument)
      if (isTold) deliver({ kind: 'feed-judged', at: now(), instrument, state: 'live' })
    })
  }

  burst(instrument: string, count: number): void {
    const quote = this.#quotes.get(instrument)
    if (quote === undefined) return
    for (let index = 0; index < count; index++) {
      this.#setup.deliver({ kind: 'last-seen', at: this.#setup.now(), instrument, price: quote.bid as never })
    }
  }

  heal(): void {
    this.#trouble.clear()
  }
}
