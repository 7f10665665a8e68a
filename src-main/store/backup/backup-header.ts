import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { closeBox, deriveKey, isSame, openBox, openSealed, publicSlotSchema, rootMacOf, sealFor, seedFor } from '../vault/index.ts'
import type { PublicSlot, Secret, Vault } from '../vault/index.ts'
import { BackupUnreadable, damagedBackup } from './backup-trouble.ts'

/**
 * The head of a backup file: eight letters, the format, the length of what follows, and JSON that says by whom the rest can
 * be opened. Each backup has a key of its own, sealed to the public keys of the passphrase and of the recovery code, so that
 * making one needs neither. The hash of these bytes goes into the key of the rest: no byte of them can be changed unseen.
 */
const letters = Buffer.from('BALLASTB')
export const backupFormat = 1
const fixedBytes = letters.length + 8
const headerBytesMax = 64 * 1024

const base64 = z.base64().max(1_000)
const headerSchema = z.strictObject({
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  createdAt: z.int().min(0),
  /** For the vault that made it: a drill and a later look need nobody's passphrase. */
  ownBox: base64,
  ways: z.array(z.strictObject({ slot: publicSlotSchema, sealedKey: base64 })).min(1).max(4),
})
export type BackupHeader = z.infer<typeof headerSchema>

export interface BackupHead {
  readonly header: BackupHeader
  /** Where the chunks begin. */
  readonly length: number
  readonly hash: Buffer
}

const sealLabel = (vaultId: string, kind: string): string => `ballast backup of ${vaultId} for ${kind}`
const ownLabel = (vaultId: string): string => `ballast backup of ${vaultId} for itself`
const ownKey = (firstDataKey: Buffer): Buffer => deriveKey(firstDataKey, 'backup for itself')

export function makeHead(vault: Vault, backupKey: Buffer, createdAt: number): { readonly bytes: Buffer; readonly head: BackupHead } {
  const { vaultId } = vault
  const own = withFirstDataKey(vault, (key) => ownKey(key))
  const ways = vault.publicSlots().map((slot) => ({
    slot: slotText(slot),
    sealedKey: sealFor(slot.publicKey, backupKey, sealLabel(vaultId, slot.kind)).toString('base64'),
  }))
  const json = Buffer.from(JSON.stringify({ vaultId, createdAt, ownBox: closeBox(own, backupKey, ownLabel(vaultId)).toString('base64'), ways }))
  own.fill(0)
  const fixed = Buffer.alloc(fixedBytes)
  letters.copy(fixed)
  fixed.writeUInt32BE(backupFormat, letters.length)
  fixed.writeUInt32BE(json.length, letters.length + 4)
  const bytes = Buffer.concat([fixed, json])
  return { bytes, head: { header: headerSchema.parse(JSON.parse(json.toString('utf8'))), length: bytes.length, hash: hashOf(bytes) } }
}

/** Bytes as base64, as the schema of a slot reads them. */
const slotText = (slot: PublicSlot): Record<string, unknown> => ({
  ...slot,
  publicKey: slot.publicKey.toString('base64'),
  rootMac: slot.rootMac.toString('base64'),
  ...(slot.kind === 'passphrase' ? { kdf: { ...slot.kdf, salt: slot.kdf.salt.toString('base64') } } : {}),
})

const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

function withFirstDataKey<Made>(vault: Vault, use: (key: Buffer) => Made): Made {
  const keys = vault.exportDataKeys()
  try {
    const [first] = keys
    if (first === undefined) throw new Error('expected a vault to have a data key')
    return use(first)
  } finally {
    for (const key of keys) key.fill(0)
  }
}

/** Throws `BackupUnreadable`. */
export async function readHead(file: FileHandle): Promise<BackupHead> {
  const fixed = await readExactly(file, 0, fixedBytes)
  if (fixed === undefined || !fixed.subarray(0, letters.length).equals(letters)) throw damagedBackup('not-a-backup')
  const format = fixed.readUInt32BE(letters.length)
  if (format > backupFormat) throw new BackupUnreadable({ kind: 'backup-newer', format })
  const jsonBytes = fixed.readUInt32BE(letters.length + 4)
  if (format < 1 || jsonBytes > headerBytesMax) throw damagedBackup('header')
  const json = await readExactly(file, fixedBytes, jsonBytes)
  if (json === undefined) throw damagedBackup('cut-short')
  return { header: parseHeader(json), length: fixedBytes + jsonBytes, hash: hashOf(Buffer.concat([fixed, json])) }
}

function parseHeader(json: Buffer): BackupHeader {
  let value: unknown
  try {
    value = JSON.parse(json.toString('utf8'))
  } catch {
    throw damagedBackup('header')
  }
  const parsed = headerSchema.safeParse(value)
  if (!parsed.success) throw damagedBackup('header')
  return parsed.data
}

export async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) return undefined
    done += bytesRead
  }
  return bytes
}

export interface BackupUnlocked {
  readonly backupKey: Buffer
  /** Whether the first data key that comes out of the backup is the one that this way in vouches for. */
  readonly isFirstKey: (firstDataKey: Buffer) => boolean
  /** Wipes what it holds. */
  readonly forget: () => void
}

/** Throws `BackupUnreadable`. */
export async function unlockBySecret({ header }: BackupHead, secret: Secret): Promise<BackupUnlocked> {
  const found = await seedFor(secret, header.ways.map(({ slot }) => slot))
  if (!found.ok) throw new BackupUnreadable(found.trouble)
  const { seed, slot } = found
  const way = header.ways.find((held) => held.slot === slot)
  const backupKey = openSealed(seed, Buffer.from(way?.sealedKey ?? '', 'base64'), sealLabel(header.vaultId, slot.kind))
  if (backupKey === undefined) {
    seed.fill(0)
    throw damagedBackup('header')
  }
  return {
    backupKey,
    isFirstKey: (key) => isSame(rootMacOf(header.vaultId, seed, key), slot.rootMac),
    forget: () => [seed, backupKey].forEach((held) => held.fill(0)),
  }
}

/** Throws `BackupUnreadable`. */
export function unlockByVault({ header }: BackupHead, vault: Pick<Vault, 'vaultId' | 'exportDataKeys'>): BackupUnlocked {
  const [first, ...rest] = vault.exportDataKeys()
  for (const key of rest) key.fill(0)
  if (first === undefined) throw new Error('expected a vault to have a data key')
  const own = ownKey(first)
  const backupKey = vault.vaultId === header.vaultId ? openBox(own, Buffer.from(header.ownBox, 'base64'), ownLabel(header.vaultId)) : undefined
  own.fill(0)
  if (backupKey === undefined) {
    first.fill(0)
    throw new BackupUnreadable({ kind: 'not-this-vault' })
  }
  return { backupKey, isFirstKey: (key) => isSame(key, first), forget: () => [first, backupKey].forEach((held) => held.fill(0)) }
}

