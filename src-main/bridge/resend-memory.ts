import type { Reply } from '../../src-preload/contract/index.ts'

/**
 * Remembers what each command's key was answered, so that a resend after a lost reply is answered and not done again.
 * Invariants: 1 one key, one execution; 2 a key with another content is an error of the caller; 3 bounded by number and age.
 */
export class ResendMemory {
  readonly #remembered = new Map<string, Remembered>()
  readonly #keysMax: number
  readonly #ageMaxMs: number

  constructor(limits: { readonly keysMax: number; readonly ageMaxMs: number } = { keysMax: 4_096, ageMaxMs: 24 * 3_600_000 }) {
    this.#keysMax = limits.keysMax
    this.#ageMaxMs = limits.ageMaxMs
  }

  /** `undefined` when the key was used for something else. */
  once(key: string, content: string, nowMs: number, execute: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> | undefined {
    this.#forgetOld(nowMs)
    const before = this.#remembered.get(key)
    if (before !== undefined) return before.content === content ? before.reply : undefined
    const reply = execute()
    this.#remembered.set(key, { content, reply, at: nowMs })
    return reply
  }

  get size(): number {
    return this.#remembered.size
  }

  /** A Map keeps the order of insertion, so the oldest are first. */
  #forgetOld(nowMs: number): void {
    for (const [key, { at }] of this.#remembered) {
      if (this.#remembered.size < this.#keysMax && nowMs - at <= this.#ageMaxMs) return
      this.#remembered.delete(key)
    }
  }
}

interface Remembered {
  readonly content: string
  readonly reply: Promise<Reply<unknown>>
  readonly at: number
}
