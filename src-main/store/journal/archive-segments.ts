import type { ArchiveLimits } from './journal-limits.ts'
import { listSegmentFiles, moveToArchive, type SegmentFile } from './segment-files.ts'

/**
 * Moves the oldest segments into the folder `archive`, where they are still part of the journal; nothing is ever deleted.
 * The newest is the one that is written, and is never moved, nor is any that comes after one that stays.
 */
export function archiveSegments(folder: string, limits: ArchiveLimits, nowMs: number): readonly number[] {
  const here = listSegmentFiles(folder).filter(({ isArchived }) => !isArchived)
  const moved: number[] = []
  let bytes = here.reduce((sum, file) => sum + file.bytes, 0)
  for (const file of here.slice(0, -1)) {
    if (!isDue(file, limits, nowMs, bytes)) break
    moveToArchive(folder, file)
    bytes -= file.bytes
    moved.push(file.number)
  }
  return moved
}

function isDue(file: SegmentFile, { olderThanMs, beyondBytes }: ArchiveLimits, nowMs: number, bytes: number): boolean {
  if (olderThanMs !== undefined && nowMs - file.modifiedMs > olderThanMs) return true
  return beyondBytes !== undefined && bytes > beyondBytes
}
