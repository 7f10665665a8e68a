import type { Clock } from '../ports/index.ts'
import { PaperVenue, WallTimeline } from '../venues/paper/index.ts'
import type { FromVenue, OpenPaper, ToVenue } from '../venues/remote/index.ts'
import { openTruth } from './open-truth.ts'
import type { JournalTruthLog } from './journal-truth-log.ts'
import { journalKeysOf } from './venue-keys.ts'
import type { VenueParentLink } from './venue-parent-link.ts'

export interface VenueHostParts {
  readonly link: VenueParentLink
  readonly clock: Clock
  readonly journalThread: URL
  /** How much of its heap this process uses. */
  readonly heapMb: () => number
  readonly heapMbMost: number
  /** Ends this process; the reason is for people. */
  readonly end: (exitCode: number, why: string) => void
}

const beatPeriodMs = 1_000
const closeWaitMs = 2_000

interface OpenVenue {
  readonly venue: PaperVenue
  readonly log: JournalTruthLog
  readonly opening: string
}

/**
 * The venue's process: one paper venue, for one engine after the other.
 * Invariants: 1 when its books cannot be written any more this process ends, so nothing that would be forgotten is ever told; 2 what comes by a line
 * that is not the newest is not carried.
 */
export class VenueHost {
  readonly #parts: VenueHostParts
  /** One after the other: an opening waits for the disk, and what comes meanwhile for it. */
  #turn: Promise<void> = Promise.resolve()
  #open: OpenVenue | undefined
  #line = ''
  #beat: NodeJS.Timeout | undefined

  constructor(parts: VenueHostParts) {
    this.#parts = parts
  }

  begin(): void {
    const { link } = this.#parts
    link.onMessage((message) => this.#inTurn(() => (message.kind === 'stop' ? this.#stop() : this.#take(message.body as ToVenue))))
    link.onGone(() => this.#inTurn(() => this.#stop()))
    this.#beat = setInterval(() => this.#live(), beatPeriodMs)
  }

  /** Where the limit of the heap is not in our hands, what grows beyond it ends here. */
  #live(): void {
    this.#parts.link.send({ kind: 'beat' })
    if (this.#parts.heapMb() > this.#parts.heapMbMost) this.#parts.end(1, 'it needs too much memory')
  }

  #inTurn(work: () => void | Promise<void>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => this.#parts.end(1, error instanceof Error ? (error.stack ?? error.message) : String(error)))
  }

  #say(body: FromVenue): void {
    this.#parts.link.send({ kind: 'said', body })
  }

  async #take(message: ToVenue): Promise<void> {
    if (message.kind === 'open') return this.#join(message.line, message.open)
    const venue = this.#open?.venue
    if (venue === undefined) return
    if (message.kind === 'follow') return venue.follow(message.pace)
    if (message.kind === 'become') return venue.become(message.weather)
    if (message.line !== this.#line) return
    if (message.kind === 'perform') return venue.perform(message.request)
    const { line, ask, reset } = message
    this.#say({ kind: 'reset-done', line, ask, outcome: venue.reset(reset) })
  }

  /** A line for a new engine. The exchange goes on as it is, unless it is to be another one. */
  async #join(line: string, open: OpenPaper): Promise<void> {
    this.#line = line
    const opening = JSON.stringify([open.folder, open.installation, open.accounts])
    if (this.#open !== undefined && this.#open.opening !== opening) await this.#close()
    if (this.#open === undefined) {
      const refusal = await this.#begin(open, opening)
      if (refusal !== undefined) return this.#say({ kind: 'refused', line, why: refusal })
    }
    const { venue } = this.#open ?? {}
    if (venue === undefined) return
    venue.follow(open.pace)
    if (open.weather !== undefined && venue.weather().preset !== open.weather) venue.become(open.weather)
    venue.listen({
      report: (report) => this.#say({ kind: 'report', line, report }),
      gone: () => undefined,
    })
    this.#say({ kind: 'opened', line, accounts: venue.accounts(), resets: venue.resets() })
    this.#say({ kind: 'weather', weather: venue.weather() })
  }

  /** Why it cannot be opened, or nothing. */
  async #begin(open: OpenPaper, opening: string): Promise<string | undefined> {
    const { clock, journalThread, end } = this.#parts
    const truth = await openTruth({
      folder: open.folder, keys: journalKeysOf(open.keys), areOldBooksKept: open.areOldBooksKept, journalThread, now: () => clock.wallMs(),
      failed: (detail) => end(1, `the books cannot be written: ${detail}`),
    })
    if (!truth.ok) return `its books cannot be opened: ${truth.trouble.kind}`
    const { kept, log } = truth
    const notBefore = kept?.books.counts?.at
    const timeline = new WallTimeline({
      wallMs: () => clock.wallMs(), monotonicMs: () => clock.monotonicMs(), later: (delayMs, run) => void setTimeout(run, delayMs),
      ...(notBefore === undefined ? {} : { notBefore }),
    })
    const venue = new PaperVenue({
      timeline, wallMs: () => clock.wallMs(), pace: open.pace, installation: open.installation, accounts: open.accounts, log,
      onWeather: (weather) => this.#say({ kind: 'weather', weather }),
      ...(open.weather === undefined ? {} : { weather: open.weather }),
      ...(kept === undefined ? {} : { kept }),
    })
    this.#open = { venue, log, opening }
    return undefined
  }

  async #close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await open?.venue.dispose()
    await open?.log.close(closeWaitMs)
  }

  async #stop(): Promise<void> {
    clearInterval(this.#beat)
    await this.#close()
    this.#parts.end(0, 'stopped')
  }
}
