import { sealPlainBytes } from './frame.ts'
import { readU64, writeU64 } from './u64.ts'

/** What ends a segment for good: with it a later start need not read the segment to know what is in it. */
export interface Seal {
  /** Records in this segment. */
  readonly records: number
  readonly lastSequence: number
  /** Where the seal's own frame begins. */
  readonly offset: number
  /** The hash of the newest frame of records, here or before; what heads are made of. */
  readonly recordsHash: Buffer
}

export function writeSeal({ records, lastSequence, offset, recordsHash }: Seal): Buffer {
  const plain = Buffer.alloc(sealPlainBytes)
  writeU64(plain, records, 0)
  writeU64(plain, lastSequence, 8)
  writeU64(plain, offset, 16)
  recordsHash.copy(plain, 24)
  return plain
}

export const readSeal = (plain: Buffer): Seal => ({
  records: readU64(plain, 0),
  lastSequence: readU64(plain, 8),
  offset: readU64(plain, 16),
  recordsHash: Buffer.from(plain.subarray(24, 56)),
})
