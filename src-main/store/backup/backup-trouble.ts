import type { JournalOpenTrouble } from '../journal/index.ts'
import type { VaultTrouble } from '../vault/index.ts'

/** Why no backup was made. Nothing of it stays on the disk. */
export type BackupTrouble =
  /** Neither a passphrase nor a recovery code opens this vault: a backup of it could be opened by nobody elsewhere. */
  | { readonly kind: 'no-recovery-slot' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'disk-full' }
  /** The folder that backups go to. `detail` is the system's code. */
  | { readonly kind: 'into-unusable'; readonly detail: string }
  | { readonly kind: 'journal-unreadable'; readonly trouble: JournalOpenTrouble }
  /** A file beside the journal, such as settings.yaml. */
  | { readonly kind: 'file-unreadable'; readonly name: string; readonly detail: string }
  /** It was written, and what was read back is not what was meant: the disk, or a bug. */
  | { readonly kind: 'not-verified'; readonly reason: string }

/** Why a backup was not restored. The target is as it was. */
export type RestoreTrouble =
  | { readonly kind: 'backup-unreadable'; readonly detail: string }
  | { readonly kind: 'backup-damaged'; readonly reason: BackupDamage }
  | { readonly kind: 'backup-newer'; readonly format: number }
  | { readonly kind: 'secret-wrong'; readonly hint?: 'mistyped-code' }
  /** A drill by a vault that did not make this backup. */
  | { readonly kind: 'not-this-vault' }
  | { readonly kind: 'target-not-empty'; readonly names: readonly string[] }
  | { readonly kind: 'target-unusable'; readonly detail: string }
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'stopped' }
  /** The backup is whole, and the journal in it is not the one it promises. */
  | { readonly kind: 'journal-damaged'; readonly reason: string }
  | { readonly kind: 'vault-not-made'; readonly trouble: VaultTrouble }
  | { readonly kind: 'not-journaled'; readonly detail: string }

export type BackupDamage =
  | 'not-a-backup'
  | 'header'
  /** A part is not what was written. */
  | 'changed'
  | 'cut-short'
  | 'bytes-after-end'
  /** Authentic, and still without sense. */
  | 'content'
  /** Its first data key is not the one that the secret vouches for. */
  | 'foreign-key'

/** Thrown inside, told as a value at the edge: a reader of a stream has no other way to say that it is not whole. */
export class BackupUnreadable extends Error {
  readonly trouble: RestoreTrouble

  constructor(trouble: RestoreTrouble) {
    super(`the backup cannot be read: ${trouble.kind}`)
    this.name = new.target.name
    this.trouble = trouble
  }
}

/** The same for what is being made. */
export class BackupRefused extends Error {
  readonly trouble: BackupTrouble

  constructor(trouble: BackupTrouble) {
    super(`no backup was made: ${trouble.kind}`)
    this.name = new.target.name
    this.trouble = trouble
  }
}

export const damagedBackup = (reason: BackupDamage): BackupUnreadable => new BackupUnreadable({ kind: 'backup-damaged', reason })
