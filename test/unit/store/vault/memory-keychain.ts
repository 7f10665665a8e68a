import type { Keychain, KeychainAnswer, KeychainBackEnd, KeychainTrouble } from '../../../../src-main/store/vault/index.ts'

/** A keychain in memory: what the port says and no more, with troubles to order. */
export class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, Buffer>()
  backEnd: KeychainBackEnd = 'secret-service'
  readonly isStuck = false
  trouble: KeychainTrouble | undefined
  /** Only these calls are in trouble; all without it. */
  troubled: ReadonlySet<'read' | 'write' | 'remove'> = new Set(['read', 'write', 'remove'])
  readonly removed: string[] = []

  read(account: string): Promise<KeychainAnswer<Buffer | undefined>> {
    const held = this.entries.get(account)
    return this.#answer('read', () => (held === undefined ? undefined : Buffer.from(held)))
  }

  write(account: string, secret: Uint8Array): Promise<KeychainAnswer<undefined>> {
    return this.#answer('write', () => {
      this.entries.set(account, Buffer.from(secret))
      return undefined
    })
  }

  remove(account: string): Promise<KeychainAnswer<boolean>> {
    return this.#answer('remove', () => {
      this.removed.push(account)
      return this.entries.delete(account)
    })
  }

  describe(): Promise<{ readonly backEnd: KeychainBackEnd }> {
    return Promise.resolve({ backEnd: this.backEnd })
  }

  #answer<Value>(call: 'read' | 'write' | 'remove', value: () => Value): Promise<KeychainAnswer<Value>> {
    if (this.trouble !== undefined && this.troubled.has(call)) return Promise.resolve({ ok: false, trouble: this.trouble })
    return Promise.resolve({ ok: true, value: value() })
  }
}
