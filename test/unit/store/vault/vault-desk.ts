import { createVault, noKeychain } from '../../../../src-main/store/vault/index.ts'
import type { Keychain, Vault } from '../../../../src-main/store/vault/index.ts'
import { opened, passphrase, textOfSecret } from './vault-folder.ts'

export const byKeychain = async (folder: string, keychain: Keychain): Promise<Vault> =>
  opened(await createVault({ folder, keychain, protection: { kind: 'keychain' } }))

export const byPassphrase = async (folder: string): Promise<Vault> =>
  opened(await createVault({ folder, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: passphrase() } }))

export const addCode = async (vault: Vault): Promise<string> => {
  const made = await vault.addRecoveryCode()
  if (!made.ok) throw new Error('expected a recovery code')
  return textOfSecret(made.code)
}
export const keysOf = (vault: Vault): readonly string[] => vault.exportDataKeys().map((key) => key.toString('hex'))
export const head = { sequence: 7, mac: 'ab'.repeat(32) }
