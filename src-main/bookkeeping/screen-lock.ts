import type { SessionGate } from '../bridge/index.ts'

/**
 * Whether the screens are locked. It is kept here and not in a screen: whoever opens another one finds it locked too.
 * A lock changes nothing about trading, and a halt passes it.
 */
export class ScreenLock implements SessionGate {
  readonly #listeners = new Set<() => void>()
  #lockedAt: number | undefined

  get isShut(): boolean {
    return this.#lockedAt !== undefined
  }

  get lockedAt(): number | undefined {
    return this.#lockedAt
  }

  lock(at: number): void {
    if (this.#lockedAt !== undefined) return
    this.#lockedAt = at
    this.#tell()
  }

  unlock(): void {
    if (this.#lockedAt === undefined) return
    this.#lockedAt = undefined
    this.#tell()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
