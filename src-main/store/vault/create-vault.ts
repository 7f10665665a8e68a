import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '../../base/index.ts'
import { DataKeys } from './data-keys.ts'
import { makePassphraseSlot, resealed } from './key-slots.ts'
import { noKeychain } from './keychain.ts'
import { installMasterKey, proveNewestKey } from './keychain-key.ts'
import { FileVault } from './file-vault.ts'
import { passphraseFault } from './passphrase-seed.ts'
import { flushFolder, isSystemError, systemCode } from './replace-file.ts'
import { masterAccount, VaultCore } from './vault-core.ts'
import type { CreateVaultOptions, VaultChange, VaultOpening } from './vault-face.ts'
import { readVaultFile, vaultFormat, vaultPath } from './vault-file.ts'
import type { PublicSlot, VaultBody } from './vault-file.ts'
import type { VaultTrouble } from './vault-trouble.ts'

/** A vault with one data key and one way to it. A passphrase must have passed `passphraseFault` before. */
export async function createVault(options: CreateVaultOptions): Promise<VaultOpening> {
  return createVaultAround(options, { vaultId: randomBytes(16).toString('hex'), keys: DataKeys.make() })
}

export interface VaultOrigin {
  readonly vaultId: string
  readonly keys: DataKeys
}

/** With keys that exist already, which it takes over. */
async function createVaultAround(options: CreateVaultOptions, { vaultId, keys }: VaultOrigin): Promise<VaultOpening> {
  const { folder, keychain, protection, now = Date.now, onStep } = options
  if (protection.kind === 'passphrase') {
    assert(passphraseFault(protection.passphrase) === undefined, 'expected a passphrase of fitting length')
  }
  const core = new VaultCore({ folder, keychain, body: bodyOf(vaultId, now()), mac: undefined, keys, now, onStep })
  const trouble = (await makeRoom(options)) ?? troubleIn(await makeFirstSlot(core, options))
  if (trouble === undefined) return { ok: true, vault: new FileVault(core, []) }
  core.dispose()
  return { ok: false, trouble }
}

export interface VaultRevival extends VaultOrigin {
  readonly folder: string
  readonly slots: readonly PublicSlot[]
  readonly now: () => number
}

/**
 * The vault of restored books: the keys and the ways in that the backup had, and a new data key on top, because two copies of
 * the books must never write under the same one. Takes the keys over.
 */
export async function reviveVault({ folder, vaultId, keys: old, slots, now }: VaultRevival): Promise<VaultOpening> {
  const keys = old.withNewEpoch()
  old.dispose()
  const core = new VaultCore({ folder, keychain: noKeychain, body: bodyOf(vaultId, now()), mac: undefined, keys, now })
  const committed = await core.commit({ slots: slots.map((slot) => resealed(vaultId, { ...slot, sealed: [] }, keys)) })
  if (committed.ok) return { ok: true, vault: new FileVault(core, []) }
  core.dispose()
  return { ok: false, trouble: committed.trouble }
}

const troubleIn = (change: VaultChange): VaultTrouble | undefined => (change.ok ? undefined : change.trouble)

async function makeFirstSlot(core: VaultCore, { protection }: CreateVaultOptions): Promise<VaultChange> {
  if (protection.kind === 'keychain') {
    const installed = await installMasterKey(core, core.keys)
    const made = installed.ok ? await proveNewestKey(core) : installed
    if (!made.ok) await undo(core, made.trouble)
    return made
  }
  const slot = await makePassphraseSlot(core.body.vaultId, protection.passphrase, core.keys)
  await core.tellStep('replace-vault')
  return core.commit({ slots: [slot] })
}

const bodyOf = (vaultId: string, createdAt: number): VaultBody => ({
  format: vaultFormat, vaultId, instanceId: randomBytes(16).toString('hex'), createdAt, revision: 0, links: [], slots: [],
})

/** Nothing has been written under these keys yet. A file that another program wrote meanwhile is not ours to remove. */
async function undo(core: VaultCore, trouble: VaultTrouble): Promise<void> {
  const isOurs = core.body.revision > 0 && trouble.kind !== 'vault-changed'
  // An entry that could not be removed is named in the file: the next making removes both.
  if (isOurs && core.body.pendingKeyId === undefined) await rm(vaultPath(core.folder), { force: true })
}

/** The folder, without a vault in it, and without what an interrupted making left. */
async function makeRoom({ folder, keychain }: CreateVaultOptions): Promise<VaultTrouble | undefined> {
  const found = await readVaultFile(folder)
  if (!found.ok && found.trouble.kind !== 'vault-absent') return found.trouble.kind === 'folder-unusable' ? found.trouble : { kind: 'vault-exists' }
  try {
    if (found.ok) {
      const { slots, vaultId, pendingKeyId } = found.document.body
      if (slots.length > 0) return { kind: 'vault-exists' }
      if (pendingKeyId !== undefined) await keychain.remove(masterAccount(vaultId, pendingKeyId))
      await rm(vaultPath(folder))
    }
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Books whose vault is lost are not to be hidden behind a new one that cannot open them.
    if (await hasJournal(folder)) return { kind: 'folder-unusable', detail: 'books-without-vault' }
    await flushFolder(folder)
    return undefined
  } catch (error) {
    if (!isSystemError(error)) throw error
    return { kind: 'folder-unusable', detail: systemCode(error) }
  }
}

async function hasJournal(folder: string): Promise<boolean> {
  try {
    const names = await readdir(join(folder, 'journal'))
    return names.some((name) => name.endsWith('.seg'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    throw error
  }
}
