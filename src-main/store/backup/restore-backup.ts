import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Actor } from '../../domain/index.ts'
import { openJournalTool } from '../journal/index.ts'
import type { JournalHead } from '../journal/index.ts'
import { createHaltLatchFile } from '../halt-latch-file.ts'
import { flushFolder, isSystemError, noKeychain, openVault, reviveVault, systemCode } from '../vault/index.ts'
import type { Keychain, Secret, Vault, VaultProtection, VaultTrouble } from '../vault/index.ts'
import { readHead, unlockBySecret } from './backup-header.ts'
import type { BackupHead, BackupUnlocked } from './backup-header.ts'
import { BackupUnreadable } from './backup-trouble.ts'
import type { RestoreTrouble } from './backup-trouble.ts'
import { extractBackup } from './extract-backup.ts'
import type { Extracted } from './extract-backup.ts'
import { hashOfFile } from './hash-of-file.ts'

/**
 * Books out of a backup, on a computer that may know nothing of them. What it must never do: touch a profile that has
 * something in it, or leave half of one. Invariants:
 * 1. The target appears at once and whole, or not at all: everything is made beside it and renamed.
 * 2. Nothing is written under a data key that the backup holds: the restored books begin a new epoch.
 * 3. Restored books start halted.
 */
export interface RestoreOptions {
  /** The backup file. */
  readonly from: string
  /** The profile's folder: not there, or empty. */
  readonly into: string
  readonly secret: Secret
  /** When one answers, it gets a key too. */
  readonly keychain?: Keychain
  readonly now: number
  readonly actor?: Actor
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly bytesDone: number }) => void
}

export interface RestoredBooks {
  readonly into: string
  readonly vaultId: string
  /** When the backup was made. */
  readonly backupAt: number
  /** Records of the backup; one more tells of the restore. */
  readonly records: number
  readonly backupHead: JournalHead
  readonly head: JournalHead
  readonly sha256: string
  readonly protection: VaultProtection
  /** Why the keychain has no key to these books; the secret opens them. */
  readonly keychainTrouble?: VaultTrouble
}

export type Restoring = { readonly ok: true; readonly restored: RestoredBooks } | { readonly ok: false; readonly trouble: RestoreTrouble }

export async function restoreBackup(options: RestoreOptions): Promise<Restoring> {
  const { from, into, secret } = options
  const prefix = `.${basename(into)}.restoring-`
  const staging = join(dirname(into), prefix + randomBytes(4).toString('hex'))
  try {
    await expectEmpty(into)
    await removeAbandoned(dirname(into), prefix)
    const staged = await withBackup(from, (file) => stageBooks({ ...options, file, staging, unlock: (head) => unlockBySecret(head, secret) }))
    await proveSecret(staging, options)
    await takePlace(staging, into)
    return { ok: true, restored: { ...staged, into, ...(await settleKeychain(options)) } }
  } catch (error) {
    return { ok: false, trouble: restoreTroubleOf(error) }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function expectEmpty(into: string): Promise<void> {
  const names = await readdir(into).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw new BackupUnreadable({ kind: 'target-unusable', detail: systemCode(error) })
  })
  if (names.length > 0) throw new BackupUnreadable({ kind: 'target-not-empty', names: names.slice(0, 5) })
}

/** Left by a restore into the same place that was killed. One that still runs would have to fail anyhow: only one can take the place. */
async function removeAbandoned(folder: string, prefix: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true })
}

export async function withBackup<Done>(from: string, use: (file: FileHandle) => Promise<Done>): Promise<Done> {
  const file = await open(from, 'r').catch((error: unknown) => {
    throw new BackupUnreadable({ kind: 'backup-unreadable', detail: systemCode(error) })
  })
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

export interface StageOptions {
  readonly from: string
  readonly file: FileHandle
  /** Made here; what is in it is complete when this returns. */
  readonly staging: string
  readonly unlock: (head: BackupHead) => Promise<BackupUnlocked> | BackupUnlocked
  readonly now: number
  readonly actor?: Actor
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly bytesDone: number }) => void
}

export type StagedBooks = Omit<RestoredBooks, 'into' | 'protection' | 'keychainTrouble'>

/** A whole profile in a folder of its own. Throws `BackupUnreadable`, or what the system says. */
export async function stageBooks(options: StageOptions): Promise<StagedBooks> {
  const { file, staging, unlock, signal, onProgress } = options
  const head = await readHead(file)
  const unlocked = await unlock(head)
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 })
    let bytesDone = 0
    const onBytes = (bytes: number): void => {
      bytesDone += bytes
      onProgress?.({ bytesDone })
    }
    const extracted = await extractBackup({ file, head, unlocked, into: staging, signal, onBytes })
    return await beginAnew(options, head, extracted)
  } finally {
    unlocked.forget()
  }
}

async function beginAnew({ from, file, staging, now, actor = 'cli' }: StageOptions, head: BackupHead, { manifest, keys }: Extracted): Promise<StagedBooks> {
  const { vaultId, createdAt: backupAt } = head.header
  const made = await reviveVault({ folder: staging, vaultId, keys, slots: head.header.ways.map(({ slot }) => slot), now: () => now })
  if (!made.ok) throw new BackupUnreadable({ kind: 'vault-not-made', trouble: made.trouble })
  try {
    const sha256 = await hashOfFile(file)
    const journaled = await journalRestore(made.vault, staging, now, { from: basename(from), backupAt, head: { ...manifest.head }, sha256 }, manifest.head)
    const anchored = await made.vault.keepAnchor(journaled)
    if (!anchored.ok) throw new BackupUnreadable({ kind: 'vault-not-made', trouble: anchored.trouble })
    await leaveHalted(staging, now, actor)
    await flushFolder(staging)
    return { vaultId, backupAt, records: manifest.records, backupHead: manifest.head, head: journaled, sha256 }
  } finally {
    made.vault.dispose()
  }
}

type RestoreFacts = { readonly from: string; readonly backupAt: number; readonly sha256: string; readonly head: { readonly sequence: number; readonly mac: string } }

async function journalRestore(vault: Vault, staging: string, now: number, facts: RestoreFacts, known: JournalHead): Promise<JournalHead> {
  const opened = await openJournalTool({ folder: join(staging, 'journal'), keys: vault.journalKeys(), journalId: vault.vaultId, knownDurable: [known] })
  if (!opened.ok) throw new BackupUnreadable({ kind: 'journal-damaged', reason: opened.trouble.kind })
  const { tool } = opened
  try {
    const appended = tool.append([{ kind: 'books.restored', at: now, body: facts }])
    if (!appended.ok) throw new BackupUnreadable(appended.reason === 'disk-full' ? { kind: 'disk-full' } : { kind: 'not-journaled', detail: appended.reason })
    return tool.head()
  } finally {
    tool.close()
  }
}

async function leaveHalted(staging: string, now: number, actor: Actor): Promise<void> {
  let trouble: unknown
  const latch = createHaltLatchFile(staging, (error) => {
    trouble = error
  })
  latch.keep({ mode: 'halted', since: now, reason: 'restored from a backup', actor })
  await latch.settled()
  if (trouble !== undefined) throw trouble
}

/** An empty folder makes room; one that got something meanwhile does not, and the rename is refused. */
async function takePlace(staging: string, into: string): Promise<void> {
  await rmdir(into).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw new BackupUnreadable({ kind: 'target-unusable', detail: systemCode(error) })
  })
  await rename(staging, into)
  await flushFolder(dirname(into))
}

/** What the person will do next, tried before the books take their place. */
async function proveSecret(staging: string, { secret, now }: RestoreOptions): Promise<void> {
  const opened = await openVault({ folder: staging, keychain: noKeychain, secret, now: () => now })
  if (!opened.ok) throw new BackupUnreadable({ kind: 'vault-not-made', trouble: opened.trouble })
  opened.vault.dispose()
}

/** After the books are in their place, so that a key in the keychain never is one to nothing. Failing here spoils no restore. */
async function settleKeychain({ into, secret, keychain, now }: RestoreOptions): Promise<Pick<RestoredBooks, 'protection' | 'keychainTrouble'>> {
  if (keychain === undefined) return { protection: 'passphrase' }
  const opened = await openVault({ folder: into, keychain, secret, now: () => now })
  if (!opened.ok) return { protection: 'passphrase', keychainTrouble: opened.trouble }
  try {
    const moved = await opened.vault.moveToKeychain()
    const { protection } = opened.vault
    return moved.ok ? { protection } : { protection, keychainTrouble: moved.trouble }
  } finally {
    opened.vault.dispose()
  }
}

export function restoreTroubleOf(error: unknown): RestoreTrouble {
  if (error instanceof BackupUnreadable) return error.trouble
  if (!isSystemError(error)) throw error
  const code = systemCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? { kind: 'disk-full' } : { kind: 'target-unusable', detail: code }
}
