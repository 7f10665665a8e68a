import { putNumbers, sha256 } from './sealed-bytes.ts'

/**
 * A recording is a header and blocks. Every block says what it holds, carries the hash of the one before and of itself, and can be read alone.
 */
const fileMagic = 'BALRECD1'
export const fileHeaderBytes = 64
export const blockHeaderBytes = 128
export const blockMagic = Buffer.from('\u0007RB1', 'latin1')
/** A reader takes no block for longer than this. */
export const payloadMax = 16 * 2 ** 20

export interface BlockFacts {
  readonly number: number
  readonly events: number
  readonly length: number
  /** Events that came since the block before and found no room. */
  readonly lostBefore: number
  readonly firstAt: number
  readonly lastAt: number
}

export function fileHeader(startedAt: number): Buffer {
  const header = Buffer.alloc(fileHeaderBytes)
  header.write(fileMagic, 0, 'latin1')
  header.writeUInt32LE(1, 8)
  header.writeDoubleLE(startedAt, 16)
  sha256(header.subarray(0, 32)).copy(header, 32)
  return header
}

export const isFileHeader = (header: Buffer): boolean =>
  header.length === fileHeaderBytes &&
  header.toString('latin1', 0, 8) === fileMagic &&
  header.readUInt32LE(8) === 1 &&
  sha256(header.subarray(0, 32)).equals(header.subarray(32))

/** What the next block carries of this one, or of the header of the file. */
export const hashIn = (header: Buffer): Buffer => header.subarray(header.length - 32)

export function sealBlock(facts: BlockFacts, previous: Uint8Array, payload: Uint8Array): Buffer {
  const block = Buffer.alloc(blockHeaderBytes + payload.length)
  blockMagic.copy(block, 0)
  putNumbers(block, {
    whole: [[4, facts.number], [8, facts.events], [12, facts.length]],
    double: [[16, facts.lostBefore], [24, facts.firstAt], [32, facts.lastAt]],
  })
  block.set(previous, 64)
  block.set(payload, blockHeaderBytes)
  sha256(block.subarray(0, 96), payload).copy(block, 96)
  return block
}

/** What a header claims; only with its payload can it be believed. */
export function claimedFacts(header: Buffer): BlockFacts | undefined {
  if (header.length < blockHeaderBytes || !header.subarray(0, 4).equals(blockMagic)) return undefined
  const length = header.readUInt32LE(12)
  if (length > payloadMax) return undefined
  return {
    number: header.readUInt32LE(4),
    events: header.readUInt32LE(8),
    length,
    lostBefore: header.readDoubleLE(16),
    firstAt: header.readDoubleLE(24),
    lastAt: header.readDoubleLE(32),
  }
}

export const isAuthentic = (header: Buffer, payload: Uint8Array): boolean =>
  sha256(header.subarray(0, 96), payload).equals(header.subarray(96, blockHeaderBytes))

export const previousIn = (header: Buffer): Buffer => header.subarray(64, 96)
