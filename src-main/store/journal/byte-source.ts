import type { FileHandle } from 'node:fs/promises'
import { assert } from '../../base/index.ts'

/** Bytes that can be read at any place: a segment's file, or a segment inside a copy. */
export interface ByteSource {
  /** When it was opened. */
  readonly size: number
  /** A segment is shortened while somebody reads it. */
  sizeNow(): Promise<number>
  /** Fills as much of `into` as there is, and says how much that was. */
  readAt(into: Buffer, position: number): Promise<number>
}

export async function fileSource(handle: FileHandle): Promise<ByteSource> {
  const sizeNow = async (): Promise<number> => (await handle.stat()).size
  return { size: await sizeNow(), sizeNow, readAt: (into, position) => readFully(handle, into, position) }
}

export const partOf = (source: ByteSource, from: number, size: number): ByteSource => ({
  size,
  sizeNow: () => Promise.resolve(size),
  readAt: (into, position) => source.readAt(into.subarray(0, Math.max(0, Math.min(into.length, size - position))), from + position),
})

async function readFully(handle: FileHandle, into: Buffer, position: number): Promise<number> {
  let have = 0
  while (have < into.length) {
    const { bytesRead } = await handle.read(into, have, into.length - have, position + have)
    if (bytesRead === 0) break
    have += bytesRead
  }
  return have
}

/** More than anything here needs at once; a wrong length must not become an allocation that ends the process. */
const readAllMax = 4 * 1024 * 1024

export async function readAll(source: ByteSource, from: number, length: number): Promise<Buffer> {
  assert(length <= readAllMax, 'expected few bytes to be read at once')
  const bytes = Buffer.alloc(Math.max(0, length))
  const have = await source.readAt(bytes, from)
  return bytes.subarray(0, have)
}
