import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import {
  createVault, openEphemeralVault, openVault, passphraseCharactersMin, passphraseFault, Secret, type Keychain, type Vault,
} from '../store/index.ts'
import { troubleOfVault, type BooksTrouble } from './books-trouble.ts'
import type { ProfileBooksParts } from './open-profile-books.ts'
import { ephemeralMark, hasVault, journalFolder } from './profile-folder.ts'

/** The keys of a profile: opened, or made where there is nothing yet that they would hide. */
type FoundVault = { readonly ok: true; readonly vault: Vault; readonly isNew: boolean } | { readonly ok: false; readonly trouble: BooksTrouble }

export async function findVault(parts: ProfileBooksParts): Promise<FoundVault> {
  const { folder, keychain, ephemeralRoot, secret } = parts
  if (ephemeralRoot !== undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!existsSync(journalFolder(folder))) await writeFile(ephemeralMark(folder), '', { mode: 0o600 })
    return { ok: true, vault: openEphemeralVault(Buffer.from(ephemeralRoot)), isNew: false }
  }
  const given = secret === undefined ? undefined : Secret.fromText(secret)
  try {
    if (hasVault(folder)) {
      const opening = await openExisting(folder, keychain, given)
      if (opening.ok && opening.vault.notes.some(({ kind }) => kind === 'vault-rolled-back')) {
        opening.vault.dispose()
        return { ok: false, trouble: { code: 'vault-damaged', details: { reason: 'an older copy of it was put back' } } }
      }
      if (opening.ok) return { ok: true, vault: opening.vault, isNew: false }
      // One whose making was interrupted protects nothing yet, and counts as none.
      if (opening.trouble.kind === 'keychain-absent') return { ok: false, trouble: { code: 'passphrase-needed', details: {} } }
      if (opening.trouble.kind !== 'vault-absent') return { ok: false, trouble: troubleOfVault(opening.trouble) }
    }
    // A journal without the file that opens it is no empty profile: new keys would only hide the loss.
    if (existsSync(journalFolder(folder))) return { ok: false, trouble: { code: 'vault-missing', details: {} } }
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await makeVault(parts, given)
  } finally {
    given?.dispose()
  }
}

/** A secret of another day must not keep books closed that the keychain opens. */
async function openExisting(folder: string, keychain: Keychain, given: Secret | undefined) {
  const opening = await openVault({ folder, keychain, ...(given === undefined ? {} : { secret: given }) })
  if (opening.ok || given === undefined || opening.trouble.kind !== 'secret-wrong') return opening
  const byKeychain = await openVault({ folder, keychain })
  return byKeychain.ok ? byKeychain : opening
}

async function makeVault({ folder, keychain, isNewPassphrase }: ProfileBooksParts, given: Secret | undefined): Promise<FoundVault> {
  if (isNewPassphrase !== true) {
    const kept = await createVault({ folder, keychain, protection: { kind: 'keychain' } })
    if (kept.ok) {
      // Who gives a passphrase expects it to open these books, and a backup of them, from now on.
      if (given !== undefined && passphraseFault(given) === undefined) await kept.vault.addPassphrase(given)
      return { ok: true, vault: kept.vault, isNew: true }
    }
    const isAbsent = kept.trouble.kind === 'keychain-absent'
    if (!isAbsent || given === undefined) return { ok: false, trouble: troubleOfVault(kept.trouble) }
  }
  if (given === undefined) return { ok: false, trouble: { code: 'keychain-absent', details: {} } }
  if (passphraseFault(given) !== undefined) return { ok: false, trouble: { code: 'secret-weak', details: { least: passphraseCharactersMin } } }
  const made = await createVault({ folder, keychain, protection: { kind: 'passphrase', passphrase: given } })
  return made.ok ? { ok: true, vault: made.vault, isNew: true } : { ok: false, trouble: troubleOfVault(made.trouble) }
}
