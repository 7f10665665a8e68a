import { fileShelf, namesOnFileShelf } from './secret-shelf.ts'
import { installMasterKey, proveNewestKey, removeOldKeys, resealedSlots } from './keychain-key.ts'
import type { VaultCore } from './vault-core.ts'
import type { VaultChange, VaultRotation } from './vault-face.ts'

/**
 * A new data key for everything written from now on, and a new master key in the keychain. What was written before stays
 * readable by the old data keys, which stay in the vault; a copy of an old vault.json together with an old master key or
 * secret opens what was written until now, and nothing newer.
 */
export async function rotateKeys(core: VaultCore): Promise<VaultRotation> {
  const keys = core.keys.withNewEpoch()
  const replaced = core.hasKeychainSlot ? await installMasterKey(core, keys) : await replaceSecretsOnly(core, keys)
  if (!replaced.ok) {
    if (core.keys !== keys) keys.dispose()
    return replaced
  }
  const isOldKeyRemoved = !core.hasKeychainSlot || await removeProvedOld(core)
  await moveSecretsToNewest(core)
  const epoch = core.keys.newestEpoch
  return { ok: true, epoch, readableEpochs: Array.from({ length: epoch - 1 }, (_each, index) => index + 1), isOldKeyRemoved }
}

async function replaceSecretsOnly(core: VaultCore, keys: VaultCore['keys']): Promise<VaultChange> {
  await core.tellStep('replace-vault')
  return core.commit({ slots: resealedSlots(core, keys) }, keys)
}

/** The new key is in place already: what goes wrong here leaves an old entry for the next opening, and no more. */
async function removeProvedOld(core: VaultCore): Promise<boolean> {
  const proved = await proveNewestKey(core)
  return proved.ok && (await removeOldKeys(core)).ok
}

async function moveSecretsToNewest(core: VaultCore): Promise<void> {
  const shelf = fileShelf(core.folder, core.body.vaultId, () => core.keys)
  for (const name of await namesOnFileShelf(core.folder)) {
    const read = await shelf.read(name)
    if (!read.ok || read.secret === undefined) continue
    await shelf.keep(name, read.secret)
    read.secret.dispose()
  }
}
