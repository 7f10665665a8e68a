import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileSource, readAll } from './byte-source.ts'
import { headerBytes, isTooLong } from './journal-limits.ts'
import type { JournalKeys } from './journal-keys.ts'
import type { WalkedSegment } from './journal-walk.ts'
import { damaged, JournalUnreadable } from './journal-trouble.ts'
import { archiveFolder, listSegmentFiles, openSegmentFile, segmentName } from './segment-files.ts'
import { readHeader } from './segment-header.ts'
import { findGap } from './survey.ts'
import { usedBytesFrom } from './tail-rule.ts'

/** The segments of a folder from one on, as far as they were written at this moment; a writer may go on. */
export async function* folderSegments(folder: string, from: number): AsyncGenerator<WalkedSegment> {
  const files = listSegmentFiles(folder)
  const gap = findGap(files)
  if (gap !== undefined) throw new JournalUnreadable(gap)
  const newest = files.at(-1)?.number ?? 0
  const goal = await writtenBytes(folder, newest)
  for (let number = from; number <= newest; number++) {
    const handle = await openSegmentFile(folder, number)
    if (handle === undefined) throw new JournalUnreadable(damaged('segment-missing', number, 0, 0))
    try {
      const segment = { number, source: await fileSource(handle), base: 0, isLast: () => !isThere(folder, number + 1) }
      yield number === newest ? { ...segment, goal } : segment
    } finally {
      await handle.close()
    }
  }
}

async function writtenBytes(folder: string, number: number): Promise<number> {
  const handle = await openSegmentFile(folder, number)
  if (handle === undefined) return 0
  try {
    const source = await fileSource(handle)
    if (isTooLong(source.size)) throw new JournalUnreadable(damaged('segment-header', number, 0, 0))
    return await usedBytesFrom(source, 0)
  } finally {
    await handle.close()
  }
}

const isThere = (folder: string, number: number): boolean =>
  existsSync(join(folder, segmentName(number))) || existsSync(join(archiveFolder(folder), segmentName(number)))

/** The segment in which a record is, by the headers alone, from the newest back. */
export async function segmentOf(folder: string, keys: JournalKeys, sequence: number): Promise<number> {
  const files = listSegmentFiles(folder)
  for (const { number } of files.toReversed()) {
    const handle = await openSegmentFile(folder, number)
    if (handle === undefined) continue
    try {
      const reading = readHeader(await readAll(await fileSource(handle), 0, headerBytes), keys)
      // One that cannot be read is met again, and told, by the walk that follows.
      if (!reading.ok || reading.header.firstSequence <= sequence) return number
    } finally {
      await handle.close()
    }
  }
  return 1
}
