import type { Schedule, Swarm } from '../venues/paper/index.ts'
import type { Entry, JournalModel } from './journal-model.ts'

/** Writes one group at a time, as a journal writer does: what came while it wrote goes with the next group. */
export interface DiskSetup {
  readonly schedule: Schedule
  readonly swarm: Pick<Swarm, 'throws' | 'struck' | 'shape'>
  readonly flushed: () => void
  readonly troubled: (trouble: 'stalled' | 'short' | 'failed') => void
  readonly well: () => void
}

export class Disk<Record extends Entry> {
  readonly journal: JournalModel<Record>
  readonly #setup: DiskSetup
  #isWriting = false
  #isClosed = false
  #isFailed = false
  #isShort = false

  constructor(journal: JournalModel<Record>, setup: DiskSetup) {
    this.journal = journal
    this.#setup = setup
  }

  close(): void {
    this.#isClosed = true
  }

  get isFailed(): boolean {
    return this.#isFailed
  }

  write(records: readonly Record[]): void {
    for (const record of records) this.journal.append(record)
    this.#begin()
  }

  #begin(): void {
    if (this.#isWriting || this.#isClosed || this.#isFailed || this.journal.waiting === 0) return
    this.#isWriting = true
    const { schedule, swarm, flushed, troubled, well } = this.#setup
    const upTo = this.journal.lastSequence
    if (swarm.throws('flush-error')) {
      swarm.struck('flush-error')
      this.#isFailed = true
      return troubled('failed')
    }
    if (!this.#isShort && swarm.throws('disk-full')) {
      swarm.struck('disk-full')
      this.#isShort = true
      schedule.after(1, () => this.#isClosed || troubled('short'))
      schedule.after(15_000, () => {
        this.#isShort = false
        if (!this.#isClosed) well()
      })
    }
    const isSlow = swarm.throws('slow-disk')
    if (isSlow) swarm.struck('slow-disk')
    const lagMs = isSlow ? 300 + Math.floor(2_700 * swarm.shape('slow-disk')) : 1
    if (lagMs > 1_000) schedule.after(1_000, () => this.#isClosed || troubled('stalled'))
    schedule.after(lagMs, () => {
      this.#isWriting = false
      if (this.#isClosed) return
      this.journal.flushed(upTo)
      flushed()
      if (lagMs > 1_000 && !this.#isClosed) well()
      this.#begin()
    })
  }
}
