export { lockFolder } from './folder-lock.ts'
export type { FolderLock } from './folder-lock.ts'
export { createHaltLatchFile } from './halt-latch-file.ts'
export { probeCipher } from './probe-cipher.ts'
export type { CipherProbe } from './probe-cipher.ts'
export * from './books/index.ts'
export * from './journal/index.ts'
export * from './risk-policy/index.ts'
export * from './settings/index.ts'
// The journal's own name for its keys says the same; one of them is told.
export {
  createOsKeychain, createVault, noKeychain, openEphemeralVault, openVault, passphraseCharactersMin, passphraseFault,
  Secret,
} from './vault/index.ts'
export type { AnchorHead, Keychain, RecoveryCodeOffer, SlotKind, Vault, VaultProtection, VaultTrouble } from './vault/index.ts'
export * from './backup/index.ts'
