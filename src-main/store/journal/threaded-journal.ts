import type { Worker } from 'node:worker_threads'
import type { Appended, JournalDraft, JournalTrouble } from '../../ports/index.ts'
import { DurableWaits } from './durable-waits.ts'
import type { JournalClosing, OpenedJournal } from './journal-face.ts'
import { headOf } from './journal-keys.ts'
import type { FromJournalThread } from './journal-thread.ts'
import type { JournalHead } from './journal-trouble.ts'
import { recordText } from './record-content.ts'
import type { RingWriter } from './record-ring.ts'

/**
 * The engine's side of the journal. It must never wait for a disk, and never tell that a record is durable before the
 * thread has.
 *
 * Invariants:
 * 1. Sequences are given out without a gap, in the order of the calls.
 * 2. An `append` that is refused has changed nothing.
 * 3. After a failure nothing is taken any more, and everyone who waits is told.
 */
export class ThreadedJournal implements OpenedJournal {
  readonly #ring: RingWriter
  readonly #recordsBefore: number
  readonly #anchorKey: Buffer
  readonly #waits = new DurableWaits()
  readonly #onDurable = new Set<(durable: number) => void>()
  readonly #onTrouble = new Set<(trouble: JournalTrouble) => void>()
  #appended: number
  #told: number
  #state: 'open' | 'closing' | 'closed' | 'failed' = 'open'
  readonly #ended: Promise<void>
  #hasEnded: () => void = () => undefined

  constructor(worker: Worker, ring: RingWriter, recordsBefore: number, anchorKey: Buffer) {
    this.#ring = ring
    this.#recordsBefore = recordsBefore
    this.#appended = recordsBefore
    this.#told = recordsBefore
    this.#anchorKey = anchorKey
    this.#ended = new Promise((resolve) => (this.#hasEnded = resolve))
    worker.on('message', (message: FromJournalThread) => this.#hear(message))
    worker.on('error', (error) => this.#fail(`the journal’s thread crashed: ${error instanceof Error ? error.message : String(error)}`))
    worker.on('exit', () => this.#exited())
    void this.#watch()
  }

  append(draft: JournalDraft): Appended {
    if (this.#state !== 'open') return { ok: false, reason: this.#state === 'failed' ? 'failed' : 'closed' }
    if (this.#ring.state === 'failed') return { ok: false, reason: 'failed' }
    const put = this.#ring.put(recordText(draft), performance.now())
    if (put !== 'put') return { ok: false, reason: put }
    return { ok: true, sequence: ++this.#appended }
  }

  get durable(): number {
    return this.#recordsBefore + this.#ring.durableCount
  }

  get appended(): number {
    return this.#appended
  }

  waitingMs(): number {
    const oldest = this.#ring.oldestTime()
    return oldest === undefined ? 0 : Math.max(0, performance.now() - oldest)
  }

  head(): JournalHead {
    const { sequence, hash } = this.#ring.readHead()
    return headOf(this.#anchorKey, sequence, hash)
  }

  whenDurable(sequence: number): Promise<'durable' | 'failed' | 'closed'> {
    if (sequence <= this.durable) return Promise.resolve('durable')
    if (this.#state === 'failed' || this.#state === 'closed') return Promise.resolve(this.#state)
    return this.#waits.wait(sequence)
  }

  onDurable(listener: (durable: number) => void): () => void {
    this.#onDurable.add(listener)
    return () => void this.#onDurable.delete(listener)
  }

  onTrouble(listener: (trouble: JournalTrouble) => void): () => void {
    this.#onTrouble.add(listener)
    return () => void this.#onTrouble.delete(listener)
  }

  async close({ waitMsMax }: { readonly waitMsMax?: number } = {}): Promise<JournalClosing> {
    if (this.#state === 'open') {
      this.#state = 'closing'
      this.#ring.stop()
    }
    const isOver = await endsWithin(this.#ended, waitMsMax)
    if (!isOver) return { ok: false, reason: 'hanging', durable: this.durable }
    return this.#isFailed() ? { ok: false, reason: 'failed', durable: this.durable } : { ok: true, head: this.head() }
  }

  #isFailed(): boolean {
    return this.#state === 'failed'
  }

  /** Sleeps until the thread has told something durable; between two groups nothing runs here. */
  async #watch(): Promise<void> {
    while (this.#state !== 'failed' && this.#state !== 'closed') {
      this.#tellDurable()
      await this.#ring.durableChanged()
    }
  }

  #tellDurable(): void {
    const { durable } = this
    if (durable === this.#told) return
    this.#told = durable
    this.#waits.reached(durable)
    for (const listener of this.#onDurable) listener(durable)
  }

  #hear(message: FromJournalThread): void {
    if (message.kind === 'trouble' && message.trouble.kind === 'failed') this.#fail(message.trouble.detail)
    else if (message.kind === 'trouble') this.#tellTrouble(message.trouble)
    else if (message.kind === 'closed') this.#end('closed')
  }

  #exited(): void {
    this.#fail('the journal’s thread ended')
    this.#hasEnded()
  }

  #fail(detail: string): void {
    if (this.#state === 'failed' || this.#state === 'closed') return
    this.#end('failed')
    this.#tellTrouble({ kind: 'failed', detail })
  }

  /** What is durable is told first: it stays so whatever happened after it. */
  #end(state: 'closed' | 'failed'): void {
    this.#tellDurable()
    this.#state = state
    this.#waits.end(state)
    // Nobody will ever change what is watched any more.
    this.#ring.wake()
  }

  #tellTrouble(trouble: JournalTrouble): void {
    for (const listener of this.#onTrouble) listener(trouble)
  }
}

/** Without a limit it waits as long as it takes. */
async function endsWithin(ended: Promise<void>, waitMsMax: number | undefined): Promise<boolean> {
  if (waitMsMax === undefined) return ended.then(() => true)
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMsMax)
  })
  const isOver = await Promise.race([ended.then(() => true), tooLate])
  clearTimeout(timer)
  return isOver
}
