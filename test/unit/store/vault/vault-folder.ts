import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { Secret } from '../../../../src-main/store/vault/index.ts'
import type { Vault, VaultOpening, VaultTrouble } from '../../../../src-main/store/vault/index.ts'

export const passphraseText = 'nine lives of a ledger'
export const passphrase = (): Secret => Secret.fromText(passphraseText)

const folders: string[] = []
const vaults: Vault[] = []

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-vault-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const vault of vaults.splice(0)) vault.dispose()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function opened(opening: VaultOpening): Vault {
  if (!opening.ok) throw new Error(`expected the vault to open, but ${JSON.stringify(opening.trouble)}`)
  vaults.push(opening.vault)
  return opening.vault
}

export function troubleOf(result: { readonly ok: true } | { readonly ok: false; readonly trouble: VaultTrouble }): VaultTrouble {
  if (result.ok) throw new Error('expected a trouble')
  return result.trouble
}

export const textOfSecret = (secret: Secret): string => secret.withBytes((bytes) => bytes.toString('utf8'))

/** All files of a folder as one text, to look for what must not be in them. */
export const everythingIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
