import { assert } from '../base/index.ts'
import type { Appended, Journal, JournalDraft, JournalRecord, JournalTrouble } from '../ports/index.ts'
import type { Schedule, Swarm } from '../venues/paper/index.ts'
import { Disk } from './disk.ts'
import { JournalModel, readLines } from './journal-model.ts'
import type { TailFault } from './journal-model.ts'

export interface RehearsalJournalParts {
  readonly schedule: Schedule
  readonly dice: Pick<Swarm, 'throws' | 'struck' | 'shape'>
  /** A record was handed over; a group of them reached the disk. */
  readonly written: () => void
  readonly flushed: () => void
}

/** The bytes that one run of the program left, as the next one finds them. */
export interface LeftBytes {
  readonly text: string
  readonly base: string
  readonly before: number
}

export const noBytes: LeftBytes = { text: '', base: new JournalModel().base, before: 0 }

/** The journal of one run of the program: on a disk that is slow, short of room, and torn by a crash. */
export class RehearsalJournal implements Journal {
  readonly #schedule: Schedule
  readonly #disk: Disk<JournalRecord>
  readonly #parts: RehearsalJournalParts
  readonly #durableListeners = new Set<(durable: number) => void>()
  readonly #troubleListeners = new Set<(trouble: JournalTrouble) => void>()
  readonly found: readonly JournalRecord[]
  /** Handed over, and not yet told as durable. */
  #unread: JournalRecord[] = []
  #isClosed = false
  #waitsSince = 0

  constructor(parts: RehearsalJournalParts, { text, base, before }: LeftBytes) {
    this.#parts = parts
    this.#schedule = parts.schedule
    const { bodies } = readLines(text, base)
    // Only this program wrote them, and the chain shows that nobody changed them.
    this.found = bodies.map((body) => JSON.parse(body) as JournalRecord)
    this.#disk = new Disk(JournalModel.continuing<JournalRecord>(bodies, base, before), {
      schedule: parts.schedule, swarm: parts.dice,
      flushed: () => this.#flushed(),
      troubled: (trouble) => {
        // That it does not answer is seen by whoever waits.
        if (trouble === 'failed') this.#tell({ kind: 'failed', detail: 'the disk refused' })
        else if (trouble === 'short') this.#tell({ kind: 'no-room-ahead', detail: 'there is no room for the next segment', bytesLeft: 1_000_000 })
      },
      well: () => this.#tell({ kind: 'recovered' }),
    })
  }

  get durable(): number {
    return this.#disk.journal.durableSequence
  }

  get appended(): number {
    return this.#disk.journal.lastSequence
  }

  append(draft: JournalDraft): Appended {
    if (this.#isClosed) return { ok: false, reason: 'closed' }
    const { journal } = this.#disk
    const sequence = journal.lastSequence + 1
    if (journal.waiting === 0) this.#waitsSince = this.#schedule.now
    const record = { ...draft, sequence }
    this.#unread.push(record)
    this.#disk.write([record])
    this.#parts.written()
    return { ok: true, sequence }
  }

  waitingMs(): number {
    return this.#disk.journal.waiting === 0 ? 0 : this.#schedule.now - this.#waitsSince
  }

  onDurable(listener: (durable: number) => void): () => void {
    this.#durableListeners.add(listener)
    return () => this.#durableListeners.delete(listener)
  }

  onTrouble(listener: (trouble: JournalTrouble) => void): () => void {
    this.#troubleListeners.add(listener)
    return () => this.#troubleListeners.delete(listener)
  }

  /** What has become durable since this was asked last. */
  takeFlushed(read: (record: JournalRecord) => void): void {
    const { durable } = this
    let count = 0
    for (const record of this.#unread) {
      if (record.sequence > durable) break
      read(record)
      count += 1
    }
    this.#unread.splice(0, count)
  }

  /** What a snapshot holds is not read again. */
  forget(upTo: number): void {
    assert(upTo <= this.durable, 'expected to forget only what is durable')
    this.#disk.journal.forget(upTo)
  }

  /** The end of the process, in the middle of whatever it wrote. */
  breakOff(fault: TailFault, at: number): LeftBytes {
    this.#isClosed = true
    this.#disk.close()
    const { journal } = this.#disk
    return { text: journal.afterCrash(fault, at), base: journal.base, before: journal.firstSequence - 1 }
  }

  #flushed(): void {
    if (this.#disk.journal.waiting > 0) this.#waitsSince = this.#schedule.now
    this.#parts.flushed()
    if (!this.#isClosed) for (const listener of this.#durableListeners) listener(this.durable)
  }

  #tell(trouble: JournalTrouble): void {
    if (!this.#isClosed) for (const listener of this.#troubleListeners) listener(trouble)
  }
}
