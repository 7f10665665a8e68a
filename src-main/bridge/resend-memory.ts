import type { Reply } from '../../src-preload/contract/index.ts'

/**
 * Remembers what each command's key was answered, so that a client that lost the answer can ask for it.
 * Invariants: 1 one key, one execution; 2 a key with another content is an error of the caller; 3 a key that was asked for
 * before its command came is spent: the command may still be on a dying line, and is not done when it arrives; 4 bounded by
 * number and age.
 */
export class ResendMemory {
  readonly #remembered = new Map<string, Remembered>()
  readonly #keysMax: number
  readonly #ageMaxMs: number

  constructor(limits: { readonly keysMax: number; readonly ageMaxMs: number } = { keysMax: 4_096, ageMaxMs: 24 * 3_600_000 }) {
    this.#keysMax = limits.keysMax
    this.#ageMaxMs = limits.ageMaxMs
  }

  once(key: string, content: string, nowMs: number, execute: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> | 'reused' | 'spent' {
    this.#forgetOld(nowMs)
    const before = this.#remembered.get(key)
    if (before === undefined) {
      const reply = execute()
      this.#remembered.set(key, { content, reply, at: nowMs })
      return reply
    }
    if (before.reply === undefined) return 'spent'
    return before.content === content ? before.reply : 'reused'
  }

  /** The answer to the key's command, or nothing, and then there will never be one. */
  recall(key: string, nowMs: number): Promise<Reply<unknown>> | undefined {
    this.#forgetOld(nowMs)
    const before = this.#remembered.get(key)
    if (before === undefined) this.#remembered.set(key, { content: undefined, reply: undefined, at: nowMs })
    return before?.reply
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
  readonly content: string | undefined
  /** Nothing for a key that is spent. */
  readonly reply: Promise<Reply<unknown>> | undefined
  readonly at: number
}
