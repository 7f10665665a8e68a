import { closeSync, constants, fdatasyncSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** Names and durable steps of the files; what is in them is not known here. */
export const archiveFolder = (folder: string): string => join(folder, 'archive')
export const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.seg`
/** The next segment, while it is taken from the disk and until it is used. */
export const preparedPath = (folder: string): string => join(folder, 'next.prepared')
const namePattern = /^(\d{8,15})\.seg$/

export interface SegmentFile {
  readonly number: number
  readonly path: string
  readonly isArchived: boolean
  readonly bytes: number
  readonly modifiedMs: number
}

/** By number; a number that is in both folders comes twice. */
export function listSegmentFiles(folder: string): readonly SegmentFile[] {
  const both = [...listFolder(archiveFolder(folder), true), ...listFolder(folder, false)]
  return both.sort((left, right) => left.number - right.number)
}

function listFolder(folder: string, isArchived: boolean): readonly SegmentFile[] {
  return namesIn(folder).flatMap((name) => {
    const number = namePattern.exec(name)?.[1]
    if (number === undefined || segmentName(Number(number)) !== name) return []
    const path = join(folder, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    // Moved to the archive since the folder was listed: it is found there when the caller looks again.
    return stat === undefined ? [] : [{ number: Number(number), path, isArchived, bytes: stat.size, modifiedMs: stat.mtimeMs }]
  })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Follows a segment that is moved to the archive meanwhile. */
export async function openSegmentFile(folder: string, number: number): Promise<FileHandle | undefined> {
  for (const place of [folder, archiveFolder(folder), folder]) {
    try {
      return await open(join(place, segmentName(number)), 'r')
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
  }
  return undefined
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** A new name is safe only when its folder is. */
export function flushFolder(folder: string): void {
  // Windows has no way to flush a folder, and needs none.
  if (process.platform === 'win32') return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** On Linux each write itself returns only when it is on the disk, which is the quickest way. */
export const isWriteDurable: boolean = process.platform === 'linux'
export const durableFlag: number = isWriteDurable ? constants.O_DSYNC : 0

/** The few things that the writer does to a disk: a test hands in one that hangs. */
export interface JournalDisk {
  /** Returns when all of it is on the disk. */
  writeDurably(file: number, bytes: Buffer, position: number): void
  /** `undefined` where the system does not say. */
  bytesFree?(folder: string): number | undefined
}

export const realDisk: JournalDisk = {
  writeDurably: (file, bytes, position) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done)
    // On macOS this is F_FULLFSYNC, on Windows FlushFileBuffers (libuv): both empty the cache of the drive.
    if (!isWriteDurable) fdatasyncSync(file)
  },
}

export function bytesFreeIn(folder: string): number | undefined {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder)
    return blocks === 0 ? undefined : bavail * bsize
  } catch {
    // Then only writing tells.
    return undefined
  }
}

/** As the disk itself would say it, so that it is waited for in the same way. */
export const noRoom = (bytesNeeded: number, bytesFree: number): Error =>
  Object.assign(new Error(`ENOSPC: ${bytesFree} bytes are free, and ${bytesNeeded} are needed`), { code: 'ENOSPC' })

export function moveToArchive(folder: string, file: SegmentFile): void {
  const archive = archiveFolder(folder)
  makeFolder(archive)
  renameSync(file.path, join(archive, segmentName(file.number)))
  flushFolder(archive)
  flushFolder(folder)
}

export const dropPrepared = (folder: string): void => rmSync(preparedPath(folder), { force: true })

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** There is no room: somebody may make some, so it is tried again. Everything else is final. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')

export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
