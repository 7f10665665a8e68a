import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../vault/index.ts'

/**
 * Looked at before anything is written: the disk is the journal's too, and filling it up to find that it is full would stop
 * the journal. Bytes are written twice at most, and two segments have to stay free beside them.
 */
export async function hasRoomFor(folder: string, bytes: number, segmentBytes: number): Promise<boolean> {
  const free = await freeBytes(folder)
  return free === undefined || free >= 2 * bytes + 2 * segmentBytes
}

/** `undefined` where the system does not say: then it is tried. */
async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder)
    return blocks === 0 ? undefined : bavail * bsize
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && dirname(folder) !== folder) return freeBytes(dirname(folder))
    return undefined
  }
}
