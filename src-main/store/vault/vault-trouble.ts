import type { KeychainBackEnd, KeychainTrouble } from './keychain.ts'

/** Why the books cannot be opened, or a change of their keys was not made. Every one leaves things as they were. */
export type VaultTrouble =
  | KeychainTrouble
  /** No keychain slot: somebody has to type one of these. */
  | { readonly kind: 'passphrase-needed'; readonly accepts: readonly SecretSlotKind[] }
  /** `mistyped-code`: it has the shape of a recovery code, but its check characters are wrong, so it was not even tried. */
  | { readonly kind: 'secret-wrong'; readonly hint?: 'mistyped-code' }
  /** The present keychain does not have the key: it is another one, another user's, or it was emptied. */
  | {
      readonly kind: 'key-missing'
      readonly keychainWas: KeychainBackEnd
      readonly keychainIs: KeychainBackEnd
      readonly accepts: readonly SecretSlotKind[]
    }
  /** The keychain's entry is there and is not this vault's key. */
  | { readonly kind: 'key-wrong'; readonly accepts: readonly SecretSlotKind[] }
  | { readonly kind: 'vault-damaged'; readonly reason: VaultDamage }
  | { readonly kind: 'vault-newer'; readonly format: number }
  | { readonly kind: 'vault-absent' }
  | { readonly kind: 'vault-exists' }
  /** An ephemeral vault keeps nothing, so nothing about it can be changed. */
  | { readonly kind: 'not-kept' }
  /** A passphrase is changed, not added a second time. */
  | { readonly kind: 'slot-exists' }
  /** Another program changed vault.json since it was read here. */
  | { readonly kind: 'vault-changed' }
  /** `detail` is the system's code, such as ENOSPC. */
  | { readonly kind: 'folder-unusable'; readonly detail: string }

export type VaultDamage =
  | 'not-json'
  | 'shape'
  /** A wrapped key does not open under the right key. */
  | 'wrapped-key'
  /** A wrapped key opens, and is not the one that belongs there. */
  | 'foreign-key'
  /** The file's authentication code is wrong: somebody changed it. */
  | 'changed'

export type SecretSlotKind = 'passphrase' | 'recovery'
export type SlotKind = 'keychain' | SecretSlotKind

/** What `verifySecret` says besides yes. */
export type SecretRefusal =
  | { readonly kind: 'secret-wrong'; readonly waitMs: number; readonly hint?: 'mistyped-code' }
  | { readonly kind: 'too-soon'; readonly waitMs: number }
  | { readonly kind: 'no-secret-slot' }
  | { readonly kind: 'folder-unusable'; readonly detail: string }

export type PassphraseFault = 'too-short' | 'too-long'
export const passphraseCharactersMin = 10
export const passphraseBytesMax = 1024
