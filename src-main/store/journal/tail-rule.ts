import { readAll, type ByteSource } from './byte-source.ts'
import { openFrame, readFrameHeader } from './frame.ts'
import { aligned, alignment, frameBytesMax, frameHeaderBytes } from './journal-limits.ts'

/**
 * What is behind the last good frame of a segment that was not sealed. It must never take for torn what a person or a
 * dying disk did to records that were told durable.
 *
 * Invariants:
 * 1. A group is written only after the one before is on the disk, so a crash tears one frame at most: more than one
 *    largest frame of unreadable bytes is damage.
 * 2. Nothing authentic can follow a torn frame: where something does, the frame before it is damaged.
 */
export type Tail =
  | { readonly kind: 'clean' }
  | { readonly kind: 'torn'; readonly bytes: number }
  | { readonly kind: 'damage' }

export async function judgeTail(source: ByteSource, key: Buffer, offset: number): Promise<Tail> {
  const used = await usedBytesFrom(source, offset)
  if (used === 0) return { kind: 'clean' }
  if (used > frameBytesMax) return { kind: 'damage' }
  // A frame that begins in what is used may end behind it.
  const rest = await readAll(source, offset, 2 * frameBytesMax)
  return hasAuthenticFrame(rest, used, key) ? { kind: 'damage' } : { kind: 'torn', bytes: aligned(used) }
}

const zeroBlock = Buffer.alloc(64 * 1024)

/**
 * From there up to the last byte that is not zero. Piece by piece from the end, as a segment may be large, and because a
 * writer goes forward: when nothing is found at the place itself, nothing was behind it either.
 */
export async function usedBytesFrom(source: ByteSource, offset: number): Promise<number> {
  for (let end = await source.sizeNow(); end > offset; ) {
    const from = Math.max(offset, end - zeroBlock.length)
    const used = usedBytes(await readAll(source, from, end - from))
    if (used > 0) return from + used - offset
    end = from
  }
  return 0
}

function usedBytes(piece: Buffer): number {
  if (zeroBlock.compare(piece, 0, piece.length, 0, piece.length) === 0) return 0
  let length = piece.length
  while (length > 0 && piece[length - 1] === 0) length--
  return length
}

/** The frame at the place itself counts too: authentic, but not of this place in the chain, it was put there. */
function hasAuthenticFrame(rest: Buffer, used: number, key: Buffer): boolean {
  for (let at = 0; at + frameHeaderBytes <= used; at += alignment) {
    const header = readFrameHeader(rest, at)
    if (header === undefined || at + header.length > rest.length) continue
    if (openFrame(key, rest, at, header.length) !== undefined) return true
  }
  return false
}
