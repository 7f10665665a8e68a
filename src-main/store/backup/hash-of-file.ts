import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/** SHA-256 of an open file, read piece by piece. */
export async function hashOfFile(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(256 * 1024)
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, bytesRead))
    at += bytesRead
  }
}
