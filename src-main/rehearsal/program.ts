import type { MarketReport, ModeState, VenueRequest } from '../domain/index.ts'
import type { AnyEvent, EngineSetup, EngineSnapshot } from '../engine/index.ts'
import type { JournalRecord, Venue } from '../ports/index.ts'
import { anyEventOfRecord, Runtime, type KeptSnapshot } from '../runtime/index.ts'
import type { Schedule } from '../venues/paper/index.ts'
import type { TailFault } from './journal-model.ts'
import type { DiskDice } from './disk-dice.ts'
import { RehearsalJournal, type LeftBytes } from './rehearsal-journal.ts'
import { RehearsalLine } from './rehearsal-line.ts'
import type { Tally } from './tally.ts'
import { VirtualTimers } from './virtual-timers.ts'

/** What outlives the process: the bytes of its journal, its newest snapshot, and the word that it was stopped. */
export interface Disks {
  bytes: LeftBytes
  snapshot: KeptSnapshot | undefined
  latch: ModeState | undefined
}

export interface ProgramParts {
  readonly schedule: Schedule
  readonly setup: EngineSetup
  readonly disks: Disks
  readonly dice: DiskDice
  readonly tally: Tally
  readonly venue: () => Venue
  /** Its clock minus the venue's, as it is now. */
  readonly clockOffset: () => number
  readonly passes: (moment: 'written' | 'durable' | 'left') => void
  readonly broken: (error: unknown) => void
  readonly modeChanged: (state: ModeState) => void
}

const everyEvents = 5_000
/** The line itself waits ten seconds at the most. */
const answerPatienceMs = 12_000

/** One run of the real runtime, from its start to its crash. When it is broken off, everything that it held in memory is gone. */
export class Program {
  readonly runtime: Runtime
  readonly line: RehearsalLine
  readonly timers: VirtualTimers
  readonly #parts: ProgramParts
  readonly #journal: RehearsalJournal
  #isGone = false
  #isDeaf = false
  #asleepMs = 0

  constructor(parts: ProgramParts) {
    this.#parts = parts
    const { schedule, disks, setup, tally, dice } = parts
    this.timers = new VirtualTimers(schedule)
    this.line = new RehearsalLine(parts.venue, (request) => this.#left(request))
    this.#journal = new RehearsalJournal({ schedule, dice, written: () => this.#passes('written'), flushed: () => this.#flushed() }, disks.bytes)
    for (const record of this.#journal.found) tally.count(record)
    const { snapshot } = disks
    this.runtime = new Runtime({
      version: 'rehearsal', timers: this.timers, onBroken: (error) => { if (!this.#isGone) parts.broken(error) },
      clock: { wallMs: () => this.wallMs(), monotonicMs: () => Math.floor(schedule.now) - this.#asleepMs },
      latch: {
        keep: (state) => { if (!this.#isGone) disks.latch = state },
        drop: () => { if (!this.#isGone) disks.latch = undefined },
        read: () => disks.latch,
        settled: () => Promise.resolve(),
      },
      trading: {
        setup, venue: this.line, answerPatienceMs, snapshots: { everyEvents, keep: (kept) => this.#keep(kept) },
      },
    })
    this.runtime.onState(() => { if (!this.#isGone) parts.modeChanged(this.runtime.state) })
    this.runtime.open(this.#journal, {
      lastSequence: tally.lastEvent, recentEvents: tally.recent,
      trading: {
        events: eventsBehind(this.#journal.found, snapshot),
        ...(snapshot === undefined ? {} : { snapshot: JSON.parse(snapshot.body) as EngineSnapshot }),
      },
    })
  }

  wallMs(): number {
    return Math.floor(this.#parts.schedule.now) + this.#parts.clockOffset()
  }

  get isDeaf(): boolean {
    return this.#isDeaf
  }

  /** False when nobody heard of it. */
  price(report: MarketReport): boolean {
    if (this.#isDeaf) return false
    this.runtime.submit(report)
    return true
  }

  /** The process stands still; what comes meanwhile waits, but prices, which are old by then. */
  stall(forMs: number): void {
    this.#isDeaf = true
    this.line.hold()
    this.timers.stall(forMs)
    this.#parts.schedule.after(forMs, () => {
      if (this.#isGone) return
      this.#isDeaf = false
      this.line.release()
    })
  }

  /** The whole machine sleeps, and its lines are dead when it wakes. */
  sleep(forMs: number, isMonotonicStill: boolean): void {
    this.#isDeaf = true
    this.line.cut()
    this.timers.stall(forMs, isMonotonicStill ? 0 : forMs)
    this.#parts.schedule.after(forMs, () => {
      if (this.#isGone) return
      if (isMonotonicStill) this.#asleepMs += forMs
      this.#isDeaf = false
      this.line.renew('the machine slept')
    })
  }

  breakOff(tail: TailFault, tailAt: number): void {
    this.#isGone = true
    this.timers.end()
    this.#parts.disks.bytes = this.#journal.breakOff(tail, tailAt)
    void this.runtime.dispose()
  }

  #keep(kept: KeptSnapshot): void {
    if (this.#isGone) return
    this.#parts.disks.snapshot = kept
    this.#journal.forget(kept.record)
  }

  #left(request: VenueRequest): void {
    // The bytes are gone, and so is the process.
    if (request.kind === 'send-order') this.#parts.schedule.after(0, () => this.#passes('left'))
  }

  #passes(moment: 'written' | 'durable' | 'left'): void {
    if (!this.#isGone) this.#parts.passes(moment)
  }

  #flushed(): void {
    if (this.#isGone) return
    this.#journal.takeFlushed((record) => this.#parts.tally.count(record))
    this.#passes('durable')
  }
}

function eventsBehind(records: readonly JournalRecord[], snapshot: KeptSnapshot | undefined): readonly AnyEvent[] {
  return records.filter(({ sequence }) => sequence > (snapshot?.record ?? 0)).flatMap((record) => anyEventOfRecord(record) ?? [])
}
