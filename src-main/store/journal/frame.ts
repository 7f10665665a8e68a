import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import { assert } from '../../base/index.ts'
import { aligned, frameBytesMax, frameHeaderBytes, groupRecordsMax, tagBytes } from './journal-limits.ts'
import { readU64, writeU64 } from './u64.ts'

/**
 * A frame is what reaches the disk in one write:
 *
 *     0 length u32 | 4 count u16 | 6 kind u16 | 8 first sequence u64 | 16 nonce 12 | 28 zero 4 | 32 hash before 32
 *     64 AES-256-GCM ciphertext | tag 16 | zeros up to the next multiple of 16
 *
 * Its additional data is the whole header. Its hash, which the next frame carries, is SHA-256 over all but the zeros.
 */
export type FrameKind = 'records' | 'seal'

const markOf: Readonly<Record<FrameKind, number>> = { records: 0x4a52, seal: 0x4a53 }
const kindOf = (mark: number): FrameKind | undefined =>
  mark === markOf.records ? 'records' : mark === markOf.seal ? 'seal' : undefined
const emptyFrameBytes = frameHeaderBytes + tagBytes

export interface FrameHeader {
  readonly kind: FrameKind
  /** Without the zeros behind it. */
  readonly length: number
  readonly count: number
  readonly firstSequence: number
}

export const sealPlainBytes = 64
export const sealFrameBytes: number = aligned(emptyFrameBytes + sealPlainBytes)
export const frameBytesFor = (plainBytes: number): number => aligned(emptyFrameBytes + plainBytes)
export const plainBytesMax: number = frameBytesMax - emptyFrameBytes

/**
 * Makes frames. A nonce is 8 random bytes of this opening and a counter, so that a torn frame which is written anew after
 * a crash never meets its own nonce again.
 */
export class FrameSealer {
  readonly #key: Buffer
  readonly #nonce: Buffer = Buffer.concat([randomBytes(8), Buffer.alloc(4)])
  #made = 0
  hash: Buffer

  constructor(key: Buffer, hashBefore: Buffer) {
    this.#key = key
    this.hash = hashBefore
  }

  /** Into `out`, and gives the bytes to write. The chain has moved on: what was sealed must be written. */
  seal(kind: FrameKind, firstSequence: number, count: number, plain: Buffer, out: Buffer): number {
    const length = emptyFrameBytes + plain.length
    const total = aligned(length)
    assert(total <= frameBytesMax && count <= groupRecordsMax, 'expected a frame within its limits')
    assert(this.#made < 0xffff_ffff, 'expected fewer frames than nonces')
    this.#nonce.writeUInt32LE(this.#made++, 8)
    out.writeUInt32LE(length, 0)
    out.writeUInt16LE(count, 4)
    out.writeUInt16LE(markOf[kind], 6)
    writeU64(out, firstSequence, 8)
    this.#nonce.copy(out, 16)
    out.writeUInt32LE(0, 28)
    this.hash.copy(out, 32)
    const cipher = createCipheriv('aes-256-gcm', this.#key, this.#nonce, { authTagLength: tagBytes })
    cipher.setAAD(out.subarray(0, frameHeaderBytes), { plaintextLength: plain.length })
    cipher.update(plain).copy(out, frameHeaderBytes)
    cipher.final()
    cipher.getAuthTag().copy(out, frameHeaderBytes + plain.length)
    out.fill(0, length, total)
    this.hash = hash('sha256', out.subarray(0, length), 'buffer')
    return total
  }
}

/** `undefined` for what no writer of ours writes. Says nothing about who wrote it. */
export function readFrameHeader(bytes: Buffer, at: number): FrameHeader | undefined {
  const length = bytes.readUInt32LE(at)
  const count = bytes.readUInt16LE(at + 4)
  const kind = kindOf(bytes.readUInt16LE(at + 6))
  const firstSequence = readU64(bytes, at + 8)
  if (kind === undefined || length <= emptyFrameBytes || aligned(length) > frameBytesMax || bytes.readUInt32LE(at + 28) !== 0) return undefined
  if (!Number.isSafeInteger(firstSequence)) return undefined
  const isCounted = kind === 'seal' ? count === 0 && aligned(length) === sealFrameBytes : count > 0 && count <= groupRecordsMax
  return isCounted ? { kind, length, count, firstSequence } : undefined
}

/** The content, or `undefined` when a single bit of header, ciphertext or tag is not what was sealed under this key. */
export function openFrame(key: Buffer, bytes: Buffer, at: number, length: number): Buffer | undefined {
  const plainBytes = length - emptyFrameBytes
  const body = at + frameHeaderBytes
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(at + 16, at + 28), { authTagLength: tagBytes })
  decipher.setAAD(bytes.subarray(at, body), { plaintextLength: plainBytes })
  decipher.setAuthTag(bytes.subarray(body + plainBytes, body + plainBytes + tagBytes))
  const plain = decipher.update(bytes.subarray(body, body + plainBytes))
  try {
    decipher.final()
  } catch {
    // The only way in which Node tells that the tag does not fit.
    return undefined
  }
  return plain
}

export const frameHash = (bytes: Buffer, at: number, length: number): Buffer => hash('sha256', bytes.subarray(at, at + length), 'buffer')

export const carriesHash = (bytes: Buffer, at: number, expected: Buffer): boolean =>
  bytes.compare(expected, 0, 32, at + 32, at + 64) === 0
