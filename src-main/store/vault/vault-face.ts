import type { Keychain } from './keychain.ts'
import type { PublicSlot } from './vault-file.ts'
import type { Secret } from './secret.ts'
import type { SecretRefusal, SecretSlotKind, SlotKind, VaultTrouble } from './vault-trouble.ts'

/** The same shape as the journal's keys: the journal's data key of each epoch from 1 to the newest. */
export interface JournalKeys {
  readonly newestEpoch: number
  keyOf(epoch: number): Buffer | undefined
}

/** How far the journal is known to reach, kept outside of the folder. */
export interface AnchorHead {
  readonly sequence: number
  readonly mac: string
}

export interface CreateVaultOptions {
  readonly folder: string
  readonly protection: { readonly kind: 'keychain' } | { readonly kind: 'passphrase'; readonly passphrase: Secret }
  readonly keychain: Keychain
  readonly now?: () => number
  readonly onStep?: StepListener
}

export interface OpenVaultOptions {
  readonly folder: string
  readonly keychain: Keychain
  /** A passphrase or a recovery code. A keychain that lost the key gets one again, unless `mendKeychain` is false. */
  readonly secret?: Secret
  readonly mendKeychain?: boolean
  readonly now?: () => number
  readonly onStep?: StepListener
}

export type VaultOpening = { readonly ok: true; readonly vault: Vault } | { readonly ok: false; readonly trouble: VaultTrouble }

export type VaultChange = { readonly ok: true } | { readonly ok: false; readonly trouble: VaultTrouble }

export interface Vault {
  readonly vaultId: string
  /** This copy of the books; one restored from a backup has another. */
  readonly instanceId: string
  readonly protection: VaultProtection
  /** Which kinds of slot there are, keychain first. */
  readonly slots: readonly SlotKind[]
  /** How many data keys there are; the newest has this number. */
  readonly epochs: number
  /** What the opening mended or could not clean up; to be journalled or shown. */
  readonly notes: readonly VaultNote[]
  journalKeys(): JournalKeys
  /** Of the newest epoch. After a rotation the read model is made anew under the new one. */
  booksKey(): Buffer
  /** Of the epochs before: a read model whose change of key was interrupted is still under one of them. */
  formerBooksKeys(): readonly Buffer[]
  /** Authenticates what is kept outside of the journal. Of epoch 1, so it outlives rotations. */
  readonly anchorKey: Buffer
  addPassphrase(passphrase: Secret): Promise<VaultChange>
  /** The old one is asked for again: who sits at an open desk must not take it over. */
  changePassphrase(change: { readonly from: Secret; readonly to: Secret }): Promise<VaultChange>
  /** The code is returned once and kept nowhere; an older one opens nothing any more. */
  addRecoveryCode(): Promise<RecoveryCodeMade>
  /** The same in two steps: until `keep`, the code opens nothing and an older one still does. */
  offerRecoveryCode(): RecoveryCodeOffer
  verifySecret(secret: Secret): Promise<SecretVerdict>
  /** From then on the present keychain opens the vault; the passphrase stays as a second way. */
  moveToKeychain(): Promise<VaultChange>
  rotate(): Promise<VaultRotation>
  keepAnchor(head: AnchorHead): Promise<VaultChange>
  readAnchor(): Promise<AnchorReading>
  appSecret(name: string): Promise<AppSecretReading>
  keepSecret(name: string, secret: Secret): Promise<VaultChange>
  dropSecret(name: string): Promise<VaultChange>
  /** The public halves and sealed keys that a backup needs to be opened elsewhere; no secret in it. */
  publicSlots(): readonly PublicSlot[]
  /** All data keys, oldest first. The caller wipes the copies. */
  exportDataKeys(): readonly Buffer[]
  dispose(): void
}

export type RecoveryCodeMade = { readonly ok: true; readonly code: Secret } | { readonly ok: false; readonly trouble: VaultTrouble }

export interface RecoveryCodeOffer {
  readonly code: Secret
  /** Read as a person types it. */
  isSame(typed: Secret): boolean
  /** From now on this code opens the vault, and the one before no longer. */
  keep(): Promise<VaultChange>
}

export type SecretVerdict =
  | { readonly ok: true; readonly slot: SecretSlotKind }
  | { readonly ok: false; readonly refusal: SecretRefusal }

export type VaultProtection = 'keychain' | 'passphrase' | 'ephemeral'

export type VaultNote =
  /** The keychain had lost the key, and has one again. */
  | { readonly kind: 'keychain-mended' }
  | { readonly kind: 'keychain-not-mended'; readonly trouble: VaultTrouble }
  /** What an interrupted change left behind is gone. */
  | { readonly kind: 'leftovers-removed'; readonly count: number }
  | { readonly kind: 'leftovers-stay'; readonly trouble: VaultTrouble }
  /**
   * An older vault.json was put back: what was changed since, a passphrase for example, is as it was before. Nothing was
   * mended. It is noticed by what the anchor knows, so not where the anchor is a file that was put back as well.
   */
  | { readonly kind: 'vault-rolled-back' }

export type VaultRotation =
  | {
      readonly ok: true
      readonly epoch: number
      /** Epochs whose records stay readable with their old data keys, which stay in the vault. */
      readonly readableEpochs: readonly number[]
      /** False when the old keychain entry could not be removed yet; the next opening tries again. */
      readonly isOldKeyRemoved: boolean
    }
  | { readonly ok: false; readonly trouble: VaultTrouble }

export type AnchorReading =
  /** `file`: whoever can put back the whole folder can put this back with it. */
  | { readonly ok: true; readonly head: AnchorHead | undefined; readonly from: 'keychain' | 'file' | 'memory' }
  | { readonly ok: false; readonly trouble: VaultTrouble | { readonly kind: 'anchor-damaged' } }

export type AppSecretReading =
  | { readonly ok: true; readonly secret: Secret | undefined }
  | { readonly ok: false; readonly trouble: VaultTrouble }

/** Named moments of a change, each told before it happens: where the tests kill the process. */
export type VaultStep =
  | 'announce-key' | 'write-key' | 'read-key-back' | 'replace-vault' | 'check-vault' | 'remove-old-key' | 'forget-old-slot'
export type StepListener = (step: VaultStep) => void | Promise<void>
