import { randomBytes } from 'node:crypto'
import { assert, ensureDefined } from '../../base/index.ts'
import { authenticate, deriveKey, isSame, keyBytes } from './sealing.ts'
import type { JournalKeys } from './vault-face.ts'

/**
 * The data keys of all epochs, oldest first. Everything else is derived from them, each purpose under its own name, so
 * what one part is given says nothing about another's key.
 */
export class DataKeys {
  readonly #keys: Buffer[]
  readonly #derived = new Map<string, Buffer>()

  /** Takes the buffers over, and wipes them in the end. */
  constructor(keys: readonly Buffer[]) {
    assert(keys.length > 0 && keys.every((key) => key.length === keyBytes), 'expected at least one data key of 32 bytes')
    this.#keys = [...keys]
  }

  static make(): DataKeys {
    return new DataKeys([randomBytes(keyBytes)])
  }

  get newestEpoch(): number {
    return this.#keys.length
  }

  /** Lent: wiped with the rest. */
  ofEpoch(epoch: number): Buffer {
    return ensureDefined(this.#keys[epoch - 1], 'the data key of an epoch of this vault')
  }

  all(): readonly Buffer[] {
    return this.#keys
  }

  /** The same keys and a new one after them. */
  withNewEpoch(): DataKeys {
    return new DataKeys([...this.#keys.map((key) => Buffer.from(key)), randomBytes(keyBytes)])
  }

  derive(epoch: number, purpose: string): Buffer {
    const name = `${epoch} ${purpose}`
    const kept = this.#derived.get(name)
    if (kept !== undefined) return kept
    const made = deriveKey(this.ofEpoch(epoch), purpose)
    this.#derived.set(name, made)
    return made
  }

  journalKeys(): JournalKeys {
    return {
      newestEpoch: this.newestEpoch,
      keyOf: (epoch) => (this.#keys[epoch - 1] === undefined ? undefined : this.derive(epoch, 'journal')),
    }
  }

  /** Each epoch vouches for the next: whoever knows the first key knows that the others are of the same vault. */
  links(vaultId: string): readonly Buffer[] {
    return this.#keys.slice(1).map((next, index) => authenticate(deriveKey(this.ofEpoch(index + 1), 'next epoch'), vaultId, next))
  }

  hasLinks(vaultId: string, links: readonly Buffer[]): boolean {
    const own = this.links(vaultId)
    return own.length === links.length && own.every((link, index) => isSame(link, ensureDefined(links[index], 'a link')))
  }

  dispose(): void {
    for (const key of this.#keys) key.fill(0)
    for (const key of this.#derived.values()) key.fill(0)
    this.#derived.clear()
  }
}
