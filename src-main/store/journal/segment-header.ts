import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { headerBytes } from './journal-limits.ts'
import { keyCheck, keyCheckBytes, segmentKeys, type JournalKeys, type SegmentKeys } from './journal-keys.ts'
import { readU64, writeU64 } from './u64.ts'

/**
 * The first 256 bytes of a segment:
 *
 *     0  magic and version   8 | 8  capacity u64 | 16 number u64 | 24 epoch u32 | 28 zero 4
 *     32 first sequence u64    | 40 hash of the journal's id 32   | 72 chain before 32 | 104 last record's hash before 32
 *     136 salt 32              | 168 zero 40                      | 208 key check 16   | 224 HMAC 32
 *
 * The HMAC covers everything but itself and the key check, so that a wrong key (both fail) and a changed byte (one fails)
 * are told apart.
 */
export interface SegmentHeader {
  readonly number: number
  readonly epoch: number
  /** The size of the file until it is sealed. */
  readonly capacity: number
  readonly firstSequence: number
  readonly journalIdHash: Buffer
  /** The chain's hash after the segment before; zeros for the first. */
  readonly chainBefore: Buffer
  /** The hash of the newest frame of records before this segment; zeros without one. */
  readonly recordsHashBefore: Buffer
  readonly salt: Buffer
  /** What the chain goes on from. */
  readonly hash: Buffer
}

export type HeaderTrouble =
  | { readonly kind: 'damaged' }
  | { readonly kind: 'key-missing'; readonly epoch: number }
  | { readonly kind: 'wrong-key' }

export type HeaderReading =
  | { readonly ok: true; readonly header: SegmentHeader; readonly keys: SegmentKeys }
  | { readonly ok: false; readonly trouble: HeaderTrouble }

const magic = Buffer.from('BLSTJN01', 'latin1')
const authenticatedBytes = 208
export const noHash: Buffer = Buffer.alloc(32)

export const hashOf = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const journalIdHashOf = (journalId: string): Buffer => hashOf(Buffer.from(`ballast journal ${journalId}`, 'utf8'))

export type NewSegment = Omit<SegmentHeader, 'salt' | 'hash'>

/** A new segment has a new salt and so keys of its own. */
export function writeHeader(parts: NewSegment, dataKey: Buffer): { readonly bytes: Buffer; readonly header: SegmentHeader; readonly keys: SegmentKeys } {
  const salt = randomBytes(32)
  const keys = segmentKeys(dataKey, salt)
  const bytes = Buffer.alloc(headerBytes)
  magic.copy(bytes)
  writeU64(bytes, parts.capacity, 8)
  writeU64(bytes, parts.number, 16)
  bytes.writeUInt32LE(parts.epoch, 24)
  writeU64(bytes, parts.firstSequence, 32)
  parts.journalIdHash.copy(bytes, 40)
  parts.chainBefore.copy(bytes, 72)
  parts.recordsHashBefore.copy(bytes, 104)
  salt.copy(bytes, 136)
  keyCheck(dataKey).copy(bytes, authenticatedBytes)
  macOf(bytes, keys).copy(bytes, authenticatedBytes + keyCheckBytes)
  return { bytes, header: { ...parts, salt, hash: hashOf(bytes) }, keys }
}

const macOf = (bytes: Buffer, keys: SegmentKeys): Buffer =>
  createHmac('sha256', keys.header).update(bytes.subarray(0, authenticatedBytes)).digest()

/** Nothing of the header is believed before its HMAC is. */
export function readHeader(bytes: Buffer, journalKeys: JournalKeys): HeaderReading {
  if (bytes.length !== headerBytes || !bytes.subarray(0, 8).equals(magic)) return { ok: false, trouble: { kind: 'damaged' } }
  const epoch = bytes.readUInt32LE(24)
  const dataKey = journalKeys.keyOf(epoch)
  if (dataKey === undefined) return { ok: false, trouble: isOfSomeKey(bytes, journalKeys) ? { kind: 'damaged' } : { kind: 'key-missing', epoch } }
  const salt = Buffer.from(bytes.subarray(136, 168))
  const keys = segmentKeys(dataKey, salt)
  const isAuthentic = timingSafeEqual(macOf(bytes, keys), bytes.subarray(authenticatedBytes + keyCheckBytes))
  if (!isAuthentic) return { ok: false, trouble: { kind: isOfSomeKey(bytes, journalKeys) ? 'damaged' : 'wrong-key' } }
  const header: SegmentHeader = {
    number: readU64(bytes, 16),
    epoch,
    capacity: readU64(bytes, 8),
    firstSequence: readU64(bytes, 32),
    journalIdHash: Buffer.from(bytes.subarray(40, 72)),
    chainBefore: Buffer.from(bytes.subarray(72, 104)),
    recordsHashBefore: Buffer.from(bytes.subarray(104, 136)),
    salt,
    hash: hashOf(bytes),
  }
  const isChecked = keyCheck(dataKey).equals(bytes.subarray(authenticatedBytes, authenticatedBytes + keyCheckBytes))
  return isChecked ? { ok: true, header, keys } : { ok: false, trouble: { kind: 'damaged' } }
}

/** Whether the key check fits any key that we have: then the key is right and something else is wrong. */
function isOfSomeKey(bytes: Buffer, journalKeys: JournalKeys): boolean {
  const check = bytes.subarray(authenticatedBytes, authenticatedBytes + keyCheckBytes)
  return Array.from({ length: journalKeys.newestEpoch }, (_each, index) => journalKeys.keyOf(index + 1)).some(
    (dataKey) => dataKey !== undefined && keyCheck(dataKey).equals(check),
  )
}
