import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { copyJournal, findSourceDamage, measureJournal } from '../journal/index.ts'
import type { JournalHead } from '../journal/index.ts'
import { flushFolder, isSystemError, keyBytes, systemCode } from '../vault/index.ts'
import type { Vault } from '../vault/index.ts'
import { putItem } from './backup-content.ts'
import type { BackupManifest } from './backup-content.ts'
import { makeHead, readHead, unlockByVault } from './backup-header.ts'
import { backupName } from './backup-names.ts'
import { BackupRefused, BackupUnreadable } from './backup-trouble.ts'
import type { BackupTrouble } from './backup-trouble.ts'
import { ChunkWriter } from './chunk-stream.ts'
import { extractBackup } from './extract-backup.ts'
import { hasRoomFor } from './free-room.ts'
import { removeOldScratch } from './old-scratch.ts'
import { measure, presentFiles, readSome } from './source-files.ts'
import type { SourceFile } from './source-files.ts'

/**
 * One file that holds the books, and the keys to them sealed for the passphrase and the recovery code. What it must never do:
 * give the name of a backup to a file that was not opened again and found whole. Invariants:
 * 1. A file with a backup's name has been read back, every byte authentic and the journal's chain verified up to its head.
 * 2. What fails or is stopped leaves nothing behind, neither a part of a file nor a scratch folder.
 * 3. No key is ever on the disk in the clear, not for a moment.
 */
export interface MakeBackupOptions {
  readonly vault: Vault
  /** The profile's folder. */
  readonly folder: string
  /** Where the file goes. */
  readonly into: string
  readonly now: number
  /** While a writer runs: its `durable`. */
  readonly upTo?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: BackupProgress) => void
}

export interface BackupProgress {
  readonly stage: 'copying' | 'writing' | 'verifying'
  readonly bytesDone: number
  readonly bytesTotal: number
}

export interface MadeBackup {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly head: JournalHead
  readonly records: number
  readonly verified: true
}

export type BackupMaking = { readonly ok: true; readonly backup: MadeBackup } | { readonly ok: false; readonly trouble: BackupTrouble }

const scratchPrefix = '.ballast-backup-'

export async function makeBackup(options: MakeBackupOptions): Promise<BackupMaking> {
  if (options.vault.publicSlots().length === 0) return { ok: false, trouble: { kind: 'no-recovery-slot' } }
  const scratch = join(options.into, scratchPrefix + randomBytes(8).toString('hex'))
  const attempt = new Attempt(options, scratch)
  try {
    await mkdir(options.into, { recursive: true, mode: 0o700 })
    await removeOldScratch(options.into, scratchPrefix, options.now)
    await expectRoom(options)
    await mkdir(scratch, { mode: 0o700 })
    return { ok: true, backup: await attempt.run() }
  } catch (error) {
    const damage = isJournalDamaged(error) ? await findSourceDamage(journalOf(options), options.signal) : undefined
    return { ok: false, trouble: damage === undefined ? troubleOf(error) : { kind: 'journal-unreadable', trouble: damage } }
  } finally {
    attempt.wipe()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function expectRoom({ folder, into }: MakeBackupOptions): Promise<void> {
  const { bytes, segmentBytes } = await measureJournal(join(folder, 'journal')).catch((error: unknown) => {
    if (!isSystemError(error)) throw error
    throw new BackupRefused({ kind: 'journal-unreadable', trouble: { kind: 'folder-unusable', detail: systemCode(error) } })
  })
  if (!(await hasRoomFor(into, bytes, segmentBytes))) throw new BackupRefused({ kind: 'disk-full' })
}

const journalOf = ({ vault, folder }: MakeBackupOptions) => ({ folder: join(folder, 'journal'), keys: vault.journalKeys(), journalId: vault.vaultId })

/** Found by reading back: the copy, or already the journal that it is of. */
const isJournalDamaged = (error: unknown): boolean => error instanceof BackupUnreadable && error.trouble.kind === 'journal-damaged'

function troubleOf(error: unknown): BackupTrouble {
  if (error instanceof BackupRefused) return error.trouble
  if (error instanceof BackupUnreadable) {
    return error.trouble.kind === 'stopped' ? { kind: 'stopped' } : { kind: 'not-verified', reason: 'reason' in error.trouble ? error.trouble.reason : error.trouble.kind }
  }
  if (!isSystemError(error)) throw error
  const code = systemCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? { kind: 'disk-full' } : { kind: 'into-unusable', detail: code }
}

class Attempt {
  readonly #options: MakeBackupOptions
  readonly #scratch: string
  readonly #backupKey = randomBytes(keyBytes)
  #bytesTotal = 0

  constructor(options: MakeBackupOptions, scratch: string) {
    this.#options = options
    this.#scratch = scratch
  }

  async run(): Promise<MadeBackup> {
    const { vault, into, now } = this.#options
    this.#tell('copying', 0)
    const { head, records, files } = await this.#collect()
    const part = join(this.#scratch, 'backup.part')
    const { bytes, sha256 } = await this.#write(part, { createdAt: now, records, head }, files)
    // The copy is in the file now; its room is needed for reading it back.
    await rm(join(this.#scratch, 'journal'), { recursive: true })
    await this.#verify(part)
    this.#stopIfAsked()
    const file = join(into, backupName(vault, now))
    await rename(part, file)
    await flushFolder(into)
    return { file, bytes, sha256, head, records, verified: true }
  }

  wipe(): void {
    this.#backupKey.fill(0)
  }

  /** A copy of the journal that ends at one record, whatever is appended meanwhile. It is as encrypted as the journal. */
  async #collect(): Promise<{ readonly head: JournalHead; readonly records: number; readonly files: readonly SourceFile[] }> {
    const { folder, upTo } = this.#options
    const copyFolder = join(this.#scratch, 'journal')
    const copied = await copyJournal({ ...journalOf(this.#options), into: copyFolder, ...(upTo === undefined ? {} : { upTo }) })
    if (!copied.ok) throw refusalOf(copied.trouble)
    this.#stopIfAsked()
    const segments = copied.names.map((name) => ({ name: `journal/${name}`, path: join(copyFolder, name) }))
    const others = await presentFiles(folder)
    const files: SourceFile[] = []
    for (const { name, path } of [...segments, ...others]) files.push(await measure(name, path))
    this.#bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0)
    return { head: copied.head, records: copied.records, files }
  }

  async #write(part: string, { createdAt, records, head }: Omit<BackupManifest, 'files'>, files: readonly SourceFile[]): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const { vault } = this.#options
    const { bytes: headBytes, head: backupHead } = makeHead(vault, this.#backupKey, createdAt)
    const file = await open(part, 'wx', 0o600)
    const writer = new ChunkWriter(file, this.#backupKey, backupHead, headBytes)
    try {
      await file.write(headBytes, 0, headBytes.length, 0)
      await putDataKeys(writer, vault)
      const listed: BackupManifest['files'] = []
      for (const source of files) listed.push({ name: source.name, size: source.size, sha256: await this.#putFile(writer, source) })
      const manifest = Buffer.from(JSON.stringify({ createdAt, records, head, files: listed }))
      await putItem(writer, { kind: 'manifest', bytes: manifest.length })
      await writer.put(manifest)
      const sha256 = await writer.end()
      await file.sync()
      return { bytes: writer.bytesWritten, sha256 }
    } finally {
      writer.wipe()
      await file.close()
    }
  }

  async #putFile(writer: ChunkWriter, { name, path, size, bytes }: SourceFile): Promise<string> {
    await putItem(writer, { kind: 'file', name, size, bytes })
    const hash = createHash('sha256')
    const file = await open(path, 'r')
    try {
      for (let at = 0; at < bytes; ) {
        this.#stopIfAsked()
        const part = await readSome(file, at, bytes - at)
        // A settings file that is being shortened this moment; the next attempt finds it whole.
        if (part.length === 0) throw new BackupRefused({ kind: 'file-unreadable', name, detail: 'it became shorter while it was read' })
        await writer.put(part)
        hash.update(part)
        at += part.length
        this.#tell('writing', writer.bytesWritten)
      }
    } finally {
      await file.close()
    }
    return hash.digest('hex')
  }

  async #verify(part: string): Promise<void> {
    const { vault, signal } = this.#options
    const into = join(this.#scratch, 'verify')
    await mkdir(into, { mode: 0o700 })
    const file = await open(part, 'r')
    try {
      const head = await readHead(file)
      const unlocked = unlockByVault(head, vault)
      let done = 0
      const onBytes = (bytes: number): void => {
        done += bytes
        this.#tell('verifying', done)
      }
      try {
        const { keys } = await extractBackup({ file, head, unlocked, into, signal, onBytes })
        keys.dispose()
      } finally {
        unlocked.forget()
      }
    } finally {
      await file.close()
    }
  }

  #stopIfAsked(): void {
    if (this.#options.signal?.aborted === true) throw new BackupRefused({ kind: 'stopped' })
  }

  #tell(stage: BackupProgress['stage'], bytesDone: number): void {
    this.#options.onProgress?.({ stage, bytesDone: Math.min(bytesDone, this.#bytesTotal), bytesTotal: this.#bytesTotal })
  }
}

type CopyTrouble = Extract<Awaited<ReturnType<typeof copyJournal>>, { ok: false }>['trouble']

function refusalOf(trouble: CopyTrouble): BackupRefused {
  // The copy is written by the journal's part, which tells the system's sentence.
  if ('detail' in trouble && /ENOSPC|EDQUOT/.test(trouble.detail)) return new BackupRefused({ kind: 'disk-full' })
  if (trouble.kind === 'into-unusable') return new BackupRefused({ kind: 'into-unusable', detail: trouble.detail })
  return new BackupRefused({ kind: 'journal-unreadable', trouble })
}

async function putDataKeys(writer: ChunkWriter, vault: Vault): Promise<void> {
  const keys = vault.exportDataKeys()
  const bytes = Buffer.concat(keys)
  for (const key of keys) key.fill(0)
  await putItem(writer, { kind: 'data-keys', bytes: bytes.length })
  await writer.put(bytes)
  bytes.fill(0)
}
