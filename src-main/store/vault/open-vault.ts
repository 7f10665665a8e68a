import type { DataKeys } from './data-keys.ts'
import { FileVault } from './file-vault.ts'
import { isKeychainSlot, isSecretSlot, openKeychainSlot, openSecretSlot, seedFor } from './key-slots.ts'
import type { SlotOpening } from './key-slots.ts'
import { installMasterKey, proveNewestKey, removeOldKeys, removePending } from './keychain-key.ts'
import { placeOf, readKeptAnchor } from './kept-anchor.ts'
import { masterAccount, VaultCore } from './vault-core.ts'
import type { OpenVaultOptions, VaultNote, VaultOpening } from './vault-face.ts'
import { isAuthentic, readVaultFile } from './vault-file.ts'
import type { VaultDocument } from './vault-file.ts'
import type { KeychainBackEnd } from './keychain.ts'
import type { SecretSlotKind, SlotKind, VaultTrouble } from './vault-trouble.ts'

/**
 * Opens by the secret when one is given, otherwise by the keychain. Nothing on the disk or in the keychain is changed before
 * every key is proved to be this vault's and the file to be what its owner wrote.
 */
export async function openVault(options: OpenVaultOptions): Promise<VaultOpening> {
  const found = await readVaultFile(options.folder)
  if (!found.ok) return found
  const { document } = found
  if (document.body.slots.length === 0) return { ok: false, trouble: { kind: 'vault-absent' } }
  const opened = options.secret === undefined ? await openByKeychain(document, options) : await openBySecret(document, options)
  if (!opened.ok) return opened
  const trouble = troubleOfKeys(document, opened.keys)
  if (trouble !== undefined) {
    opened.keys.dispose()
    return { ok: false, trouble }
  }
  const { folder, keychain, now, onStep } = options
  const core = new VaultCore({ folder, keychain, body: document.body, mac: document.mac, keys: opened.keys, now, onStep })
  return { ok: true, vault: new FileVault(core, await notesOf(core, options)) }
}

function troubleOfKeys(document: VaultDocument, keys: DataKeys): VaultTrouble | undefined {
  const { vaultId, links } = document.body
  if (!keys.hasLinks(vaultId, links)) return { kind: 'vault-damaged', reason: 'foreign-key' }
  if (!isAuthentic(keys.derive(keys.newestEpoch, 'vault.json'), document)) return { kind: 'vault-damaged', reason: 'changed' }
  return undefined
}

async function openBySecret({ body }: VaultDocument, { secret }: OpenVaultOptions): Promise<SlotOpening> {
  if (secret === undefined) return { ok: false, trouble: { kind: 'passphrase-needed', accepts: [] } }
  const found = await seedFor(secret, body.slots.filter(isSecretSlot))
  if (!found.ok) return found
  try {
    return openSecretSlot(body.vaultId, found.slot, found.seed)
  } finally {
    found.seed.fill(0)
  }
}

async function openByKeychain({ body }: VaultDocument, { keychain }: OpenVaultOptions): Promise<SlotOpening> {
  const accepts: readonly SecretSlotKind[] = body.slots.filter(isSecretSlot).map((slot) => slot.kind)
  const slots = body.slots.filter(isKeychainSlot)
  const [newest] = slots
  if (newest === undefined) return { ok: false, trouble: { kind: 'passphrase-needed', accepts } }
  let isKeyThere = false
  for (const slot of slots) {
    const read = await keychain.read(masterAccount(body.vaultId, slot.keyId))
    if (!read.ok) return read
    if (read.value === undefined) continue
    isKeyThere = true
    const keys = openKeychainSlot(body.vaultId, slot, read.value)
    read.value.fill(0)
    if (keys !== undefined) return { ok: true, keys }
  }
  if (isKeyThere) return { ok: false, trouble: { kind: 'key-wrong', accepts } }
  const { backEnd } = await keychain.describe()
  return { ok: false, trouble: { kind: 'key-missing', keychainWas: newest.backEnd, keychainIs: backEnd, accepts } }
}

async function notesOf(core: VaultCore, options: OpenVaultOptions): Promise<readonly VaultNote[]> {
  const read = await readKeptAnchor(core, placeOf(core))
  core.revisionKnown = read.ok ? (read.anchored?.revision ?? 0) : 0
  if (core.revisionKnown > core.body.revision) return [{ kind: 'vault-rolled-back' }]
  if (read.ok || read.trouble.kind === 'anchor-damaged' || options.secret === undefined) return tidy(core, options)
  // Who typed a secret does not wait a second time for a keychain that has just not answered.
  return options.mendKeychain === false ? [] : [{ kind: 'keychain-not-mended', trouble: read.trouble }]
}

/** What an interrupted change left, and a keychain that lost its key. Never a reason not to open. */
async function tidy(core: VaultCore, options: OpenVaultOptions): Promise<readonly VaultNote[]> {
  if (!core.hasKeychainSlot && core.body.pendingKeyId === undefined) return []
  const mended = await mendKeychain(core, options)
  const leftovers = await removeLeftovers(core)
  return [...mended, ...leftovers]
}

/** Only after a secret opened the vault: otherwise the keychain has just proved that it holds the key. */
async function mendKeychain(core: VaultCore, { secret, mendKeychain: isAllowed = true }: OpenVaultOptions): Promise<readonly VaultNote[]> {
  if (secret === undefined || !isAllowed || !core.hasKeychainSlot) return []
  const proved = await proveNewestKey(core)
  if (proved.ok) return []
  // The keychain itself is in trouble; a new entry would not help.
  if (proved.trouble.kind !== 'key-wrong') return [{ kind: 'keychain-not-mended', trouble: proved.trouble }]
  const installed = await installMasterKey(core, core.keys)
  return [installed.ok ? { kind: 'keychain-mended' } : { kind: 'keychain-not-mended', trouble: installed.trouble }]
}

async function removeLeftovers(core: VaultCore): Promise<readonly VaultNote[]> {
  const older = core.body.slots.filter(isKeychainSlot).length - 1
  const count = Math.max(older, 0) + (core.body.pendingKeyId === undefined ? 0 : 1)
  if (count === 0) return []
  const pending = await removePending(core)
  const proved = pending.ok && older > 0 ? await proveNewestKey(core) : pending
  const removed = proved.ok ? await removeOldKeys(core) : proved
  return [removed.ok ? { kind: 'leftovers-removed', count } : { kind: 'leftovers-stay', trouble: removed.trouble }]
}


export type VaultLook =
  | { readonly ok: true; readonly vaultId: string; readonly slots: readonly SlotKind[]; readonly epochs: number; readonly keychain?: KeychainBackEnd }
  | { readonly ok: false; readonly trouble: VaultTrouble }

/** What vault.json says about itself, without opening it: for a person who wants to know what to type. Nothing of it is proved. */
export async function lookAtVault(folder: string): Promise<VaultLook> {
  const found = await readVaultFile(folder)
  if (!found.ok) return found
  const { vaultId, slots, links } = found.document.body
  if (slots.length === 0) return { ok: false, trouble: { kind: 'vault-absent' } }
  const keychain = slots.find(isKeychainSlot)?.backEnd
  const kinds = [...new Set(slots.map((slot) => slot.kind))]
  return { ok: true, vaultId, slots: kinds, epochs: links.length + 1, ...(keychain === undefined ? {} : { keychain }) }
}
