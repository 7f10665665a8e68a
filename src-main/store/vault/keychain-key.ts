import { randomBytes } from 'node:crypto'
import type { DataKeys } from './data-keys.ts'
import { isKeychainSlot, makeKeychainSlot, openKeychainSlot, resealed } from './key-slots.ts'
import type { KeychainAnswer } from './keychain.ts'
import { isSame, keyBytes } from './sealing.ts'
import { masterAccount } from './vault-core.ts'
import type { VaultCore } from './vault-core.ts'
import type { VaultChange } from './vault-face.ts'
import { isAuthentic, readVaultFile } from './vault-file.ts'
import type { KeychainSlot, VaultBody } from './vault-file.ts'
import type { VaultTrouble } from './vault-trouble.ts'

/**
 * Changes of what the keychain holds. What it must never do: leave a vault.json that no key opens. Invariants:
 * 1. At every moment, also between any two steps, a key that was in the keychain before or is there now opens the file on the disk.
 * 2. No entry is written that vault.json does not name, so what an interrupted change leaves can be found and removed.
 * 3. An old entry is removed only after the new one was read from the keychain again and opened the file that is on the disk.
 */

/** A new master key in the keychain, and its slot before all others. `keys` may hold an epoch more than the file. */
export async function installMasterKey(core: VaultCore, keys: DataKeys): Promise<VaultChange> {
  const cleaned = await removePending(core)
  if (!cleaned.ok) return cleaned
  const older = await olderSlots(core, keys)
  if (!older.ok) return older
  const keyId = randomBytes(keyBytes / 2).toString('hex')
  const masterKey = randomBytes(keyBytes)
  try {
    await core.tellStep('announce-key')
    const announced = await core.commit({ pendingKeyId: keyId })
    if (!announced.ok) return announced
    const trouble = await writeAndReadBack(core, keyId, masterKey)
    if (trouble !== undefined) {
      // What cannot be removed now is named in the file, and removed at the next opening.
      await removePending(core)
      return { ok: false, trouble }
    }
    const { backEnd } = await core.keychain.describe()
    const newest = makeKeychainSlot(core.body.vaultId, { keyId, backEnd, masterKey }, keys)
    await core.tellStep('replace-vault')
    return await core.commit({ slots: [newest, ...older.slots, ...resealedSlots(core, keys)], pendingKeyId: undefined }, keys)
  } finally {
    masterKey.fill(0)
  }
}

export const resealedSlots = (core: VaultCore, keys: DataKeys): VaultBody['slots'] =>
  core.secretSlots().map((slot) => resealed(core.body.vaultId, slot, keys))

async function writeAndReadBack(core: VaultCore, keyId: string, masterKey: Buffer): Promise<VaultTrouble | undefined> {
  const account = masterAccount(core.body.vaultId, keyId)
  await core.tellStep('write-key')
  const written = await core.keychain.write(account, masterKey)
  if (!written.ok) return written.trouble
  await core.tellStep('read-key-back')
  const back = await core.keychain.read(account)
  if (!back.ok) return back.trouble
  const isKept = back.value !== undefined && isSame(back.value, masterKey)
  back.value?.fill(0)
  return isKept ? undefined : { kind: 'keychain-denied', detail: 'it took the key and gave back another' }
}

/**
 * The slot that opens the vault until the new one has proved itself, with every epoch's key. A slot whose entry this
 * keychain does not have proves nothing, and is dropped with the change.
 */
async function olderSlots(core: VaultCore, keys: DataKeys): Promise<{ readonly ok: true; readonly slots: readonly KeychainSlot[] } | Failed> {
  const { vaultId, slots } = core.body
  for (const slot of slots.filter(isKeychainSlot)) {
    const read = await core.keychain.read(masterAccount(vaultId, slot.keyId))
    if (!read.ok) return read
    if (read.value === undefined) continue
    const opened = openKeychainSlot(vaultId, slot, read.value)
    const kept = opened === undefined ? [] : [makeKeychainSlot(vaultId, { ...slot, masterKey: read.value }, keys)]
    opened?.dispose()
    read.value.fill(0)
    if (kept.length > 0) return { ok: true, slots: kept }
  }
  return { ok: true, slots: [] }
}

interface Failed {
  readonly ok: false
  readonly trouble: VaultTrouble
}

/** Opens the file on the disk by the newest entry of the keychain: what the next start will do. */
export async function proveNewestKey(core: VaultCore): Promise<VaultChange> {
  await core.tellStep('check-vault')
  const found = await readVaultFile(core.folder)
  if (!found.ok) return found
  const slot = found.document.body.slots.find(isKeychainSlot)
  // A file that was put back meanwhile is opened by an older key, and proves nothing of the newest.
  const newest = core.body.slots.find(isKeychainSlot)
  if (slot === undefined || slot.keyId !== newest?.keyId) return { ok: false, trouble: { kind: 'vault-changed' } }
  const read = await core.keychain.read(masterAccount(core.body.vaultId, slot.keyId))
  if (!read.ok) return read
  const keys = read.value === undefined ? undefined : openKeychainSlot(core.body.vaultId, slot, read.value)
  read.value?.fill(0)
  if (keys === undefined) return { ok: false, trouble: { kind: 'key-wrong', accepts: core.secretKinds } }
  const isWhole = isAuthentic(keys.derive(keys.newestEpoch, 'vault.json'), found.document)
  keys.dispose()
  return isWhole ? { ok: true } : { ok: false, trouble: { kind: 'vault-damaged', reason: 'changed' } }
}

/** Invariant 3: called by whoever has proved the newest key. */
export async function removeOldKeys(core: VaultCore): Promise<VaultChange> {
  const [newest, ...older] = core.body.slots.filter(isKeychainSlot)
  if (newest === undefined || older.length === 0) return { ok: true }
  await core.tellStep('remove-old-key')
  for (const slot of older) {
    const removed = await core.keychain.remove(masterAccount(core.body.vaultId, slot.keyId))
    if (!removed.ok) return removed
  }
  await core.tellStep('forget-old-slot')
  return core.commit({ slots: core.body.slots.filter((slot) => slot === newest || !isKeychainSlot(slot)) })
}

export async function removePending(core: VaultCore): Promise<VaultChange> {
  const { pendingKeyId, vaultId } = core.body
  if (pendingKeyId === undefined) return { ok: true }
  const removed: KeychainAnswer<boolean> = await core.keychain.remove(masterAccount(vaultId, pendingKeyId))
  return removed.ok ? core.commit({ pendingKeyId: undefined }) : removed
}
