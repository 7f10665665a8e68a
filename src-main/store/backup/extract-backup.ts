import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { DataKeys, flushFolder } from '../vault/index.ts'
import { verifyJournal } from '../journal/index.ts'
import { ContentReader, manifestSchema, parseJson } from './backup-content.ts'
import type { BackupItem, BackupManifest } from './backup-content.ts'
import type { BackupHead, BackupUnlocked } from './backup-header.ts'
import { BackupUnreadable, damagedBackup } from './backup-trouble.ts'
import { readChunks } from './chunk-stream.ts'

export interface ExtractOptions {
  readonly file: FileHandle
  readonly head: BackupHead
  readonly unlocked: BackupUnlocked
  /** An empty folder. What lies in it after a throw is worth nothing. */
  readonly into: string
  readonly signal?: AbortSignal | undefined
  readonly onBytes?: ((bytes: number) => void) | undefined
}

export interface Extracted {
  readonly manifest: BackupManifest
  /** The caller disposes of them. */
  readonly keys: DataKeys
}

/**
 * Opens a backup for good: every chunk authentic, every file as the manifest says, the journal's chain whole up to the head
 * that the backup promises. Throws `BackupUnreadable`, or what the system says.
 */
export async function extractBackup(options: ExtractOptions): Promise<Extracted> {
  const reader = new ContentReader(readChunks(options.file, options.head, options.unlocked.backupKey))
  let keys: DataKeys | undefined
  try {
    keys = await takeKeys(reader, options)
    const manifest = await takeFiles(reader, options)
    await reader.expectEnd()
    await proveJournal(options, keys, manifest)
    return { manifest, keys }
  } catch (error) {
    keys?.dispose()
    throw error
  } finally {
    await reader.close()
  }
}

async function takeKeys(reader: ContentReader, { unlocked }: ExtractOptions): Promise<DataKeys> {
  const item = await reader.nextItem()
  if (item.kind !== 'data-keys') throw damagedBackup('content')
  const bytes = await reader.take(item.bytes)
  const keys = new DataKeys(Array.from({ length: item.bytes / 32 }, (_each, index) => Buffer.from(bytes.subarray(index * 32, (index + 1) * 32))))
  bytes.fill(0)
  if (unlocked.isFirstKey(keys.ofEpoch(1))) return keys
  keys.dispose()
  throw damagedBackup('foreign-key')
}

async function takeFiles(reader: ContentReader, options: ExtractOptions): Promise<BackupManifest> {
  await mkdir(join(options.into, 'journal'), { mode: 0o700 })
  const found = new Map<string, string>()
  for (;;) {
    const item = await reader.nextItem()
    if (item.kind === 'data-keys') throw damagedBackup('content')
    if (item.kind === 'manifest') return checkManifest(parseJson(await reader.take(item.bytes)), found)
    if (found.has(item.name) || item.bytes > item.size) throw damagedBackup('content')
    found.set(item.name, `${item.size} ${await takeFile(reader, item, options)}`)
  }
}

async function takeFile(reader: ContentReader, item: Extract<BackupItem, { kind: 'file' }>, { into, signal, onBytes }: ExtractOptions): Promise<string> {
  const hash = createHash('sha256')
  // The name is one of a fixed few, so it cannot lead out of the folder.
  const file = await open(join(into, item.name), 'wx', 0o600)
  try {
    let at = 0
    for await (const part of reader.pass(item.bytes)) {
      if (signal?.aborted === true) throw new BackupUnreadable({ kind: 'stopped' })
      for (let done = 0; done < part.length; ) done += (await file.write(part, done, part.length - done, at + done)).bytesWritten
      hash.update(part)
      at += part.length
      onBytes?.(part.length)
    }
    await file.truncate(item.size)
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

function checkManifest(value: unknown, found: ReadonlyMap<string, string>): BackupManifest {
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) throw damagedBackup('content')
  const { files } = parsed.data
  const isWhole = files.length === found.size && files.every(({ name, size, sha256 }) => found.get(name) === `${size} ${sha256}`)
  if (!isWhole) throw damagedBackup('content')
  return parsed.data
}

async function proveJournal({ into, head, signal }: ExtractOptions, keys: DataKeys, manifest: BackupManifest): Promise<void> {
  const path = join(into, 'journal')
  await flushFolder(path)
  const found = await verifyJournal({
    path, keys: keys.journalKeys(), journalId: head.header.vaultId, anchor: manifest.head, ...(signal === undefined ? {} : { signal }),
  })
  if (!found.ok) throw new BackupUnreadable(found.reason === 'stopped' ? { kind: 'stopped' } : { kind: 'journal-damaged', reason: found.reason })
  if (found.records !== manifest.records || found.head.mac !== manifest.head.mac) throw new BackupUnreadable({ kind: 'journal-damaged', reason: 'head' })
}
