import { isTooLong } from './journal-limits.ts'
import { fileSource } from './byte-source.ts'
import { listSegmentFiles, openSegmentFile } from './segment-files.ts'
import { usedBytesFrom } from './tail-rule.ts'

export interface JournalMeasure {
  /** Without the zeros that the newest segment ends with. */
  readonly bytes: number
  /** The largest file. */
  readonly segmentBytes: number
}

/** How much a copy of it would be. Throws what the disk says; what is in the files is not looked at. */
export async function measureJournal(folder: string): Promise<JournalMeasure> {
  const files = listSegmentFiles(folder)
  const newest = files.at(-1)
  if (newest === undefined) return { bytes: 0, segmentBytes: 0 }
  const before = files.slice(0, -1).reduce((sum, file) => sum + file.bytes, 0)
  return { bytes: before + (await usedOf(folder, newest.number, newest.bytes)), segmentBytes: Math.max(...files.map((file) => file.bytes)) }
}

async function usedOf(folder: string, number: number, fileBytes: number): Promise<number> {
  if (isTooLong(fileBytes)) return fileBytes
  const handle = await openSegmentFile(folder, number)
  if (handle === undefined) return fileBytes
  try {
    return await usedBytesFrom(await fileSource(handle), 0)
  } finally {
    await handle.close()
  }
}
