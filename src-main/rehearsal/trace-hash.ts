import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'

/** So many entries lie between two marks. */
const markEvery = 64

/** A running hash of everything that went in and came out: two runs with the same hash did the same. */
export class TraceHash {
  readonly #hash: Hash = createHash('sha256')
  readonly #marks: string[] = []
  #pending: string[] = []

  add(label: string, value: unknown): void {
    this.#pending.push(`${label} ${JSON.stringify(value)}\n`)
    if (this.#pending.length < markEvery) return
    this.#write()
    this.#marks.push(this.#hash.copy().digest('hex'))
  }

  /** What the hash was on the way. */
  get marks(): readonly string[] {
    return this.#marks
  }

  get digest(): string {
    this.#write()
    return this.#hash.copy().digest('hex')
  }

  #write(): void {
    this.#hash.update(this.#pending.join(''))
    this.#pending = []
  }
}
