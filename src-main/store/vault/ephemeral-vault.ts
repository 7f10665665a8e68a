import { assert } from '../../base/index.ts'
import { DataKeys } from './data-keys.ts'
import { deriveKey, keyBytes } from './sealing.ts'
import { makeRecoveryCode } from './recovery-code.ts'
import type { AnchorHead, Vault, VaultChange } from './vault-face.ts'
import { Secret } from './secret.ts'

/**
 * The vault of the demo: its only key comes from the process that started the engine, and nothing about it is written.
 * When that process ends, the books cannot be read by anyone.
 */
export function openEphemeralVault(root: Buffer): Vault {
  assert(root.length === keyBytes, 'expected a root of 32 bytes')
  const keys = new DataKeys([deriveKey(root, 'ephemeral')])
  const vaultId = deriveKey(root, 'ephemeral id').toString('hex').slice(0, 32)
  const instanceId = deriveKey(root, 'ephemeral instance').toString('hex').slice(0, 32)
  const secrets = new Map<string, Secret>()
  let anchor: AnchorHead | undefined
  const done: VaultChange = { ok: true }
  const refused = { ok: false, trouble: { kind: 'not-kept' } } as const
  const drop = (name: string): void => {
    secrets.get(name)?.dispose()
    secrets.delete(name)
  }
  return {
    vaultId, instanceId, protection: 'ephemeral', slots: [], epochs: 1, notes: [],
    journalKeys: () => keys.journalKeys(),
    booksKey: () => keys.derive(1, 'books'),
    formerBooksKeys: () => [],
    anchorKey: keys.derive(1, 'anchor'),
    addPassphrase: () => Promise.resolve(refused),
    changePassphrase: () => Promise.resolve(refused),
    addRecoveryCode: () => Promise.resolve(refused),
    offerRecoveryCode: () => ({ code: makeRecoveryCode(), isSame: () => false, keep: () => Promise.resolve(refused) }),
    verifySecret: () => Promise.resolve({ ok: false, refusal: { kind: 'no-secret-slot' } }),
    moveToKeychain: () => Promise.resolve(refused),
    rotate: () => Promise.resolve(refused),
    keepAnchor: (head) => {
      anchor = head
      return Promise.resolve(done)
    },
    readAnchor: () => Promise.resolve({ ok: true, head: anchor, from: 'memory' }),
    appSecret: (name) => Promise.resolve({ ok: true, secret: secrets.get(name)?.withBytes((bytes) => Secret.fromBytes(bytes)) }),
    keepSecret: (name, secret) => {
      drop(name)
      secrets.set(name, secret.withBytes((bytes) => Secret.fromBytes(bytes)))
      return Promise.resolve(done)
    },
    dropSecret: (name) => {
      drop(name)
      return Promise.resolve(done)
    },
    publicSlots: () => [],
    exportDataKeys: () => keys.all().map((key) => Buffer.from(key)),
    dispose: () => {
      for (const name of [...secrets.keys()]) drop(name)
      keys.dispose()
    },
  }
}
