import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openJournalTool, type JournalHead } from '../../../src-main/store/journal/index.ts'
import {
  appendGroups, changeFile, copyOf, filesOf, folderInMemory, journalId, keysOf, openTool, smallLimits,
} from '../../unit/store/journal/sample-journal.ts'

export const isDeep = process.env['BALLAST_DEEP'] !== undefined
export const runs = (fast: number): { readonly numRuns: number } => ({ numRuns: isDeep ? fast * 10 : fast })
export const keys = keysOf()
const folders: string[] = []

export const folder = (): string => {
  const made = folderInMemory()
  folders.push(made)
  return made
}

export const copied = (source: string): string => {
  const made = copyOf(source)
  folders.push(made)
  return made
}

export const drop = (path: string): void => {
  rmSync(path, { recursive: true, force: true })
  folders.splice(folders.indexOf(path), 1)
}

/** Asked for by each file: several may share one process, and this module with it. */
export const dropFoldersAfterAll = (): void =>
  afterAll(() => {
    for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
  })

export const tryToOpen = (path: string, knownDurable: readonly JournalHead[] = []) =>
  openJournalTool({ folder: path, keys, journalId, limits: smallLimits, knownDurable })

/** One byte is another one. */
export const flip = (path: string, offset: number, mask: number): void =>
  changeFile(path, (bytes) => {
    bytes.writeUInt8(bytes.readUInt8(offset) ^ mask, offset)
    return bytes
  })

/** A journal as a crash leaves it: the last segment is not sealed. Its groups' ends and heads are known. */
interface Crashed {
  readonly path: string
  readonly heads: readonly JournalHead[]
}

export async function crashedJournal(groups: readonly number[], textBytes?: number): Promise<Crashed> {
  const source = folder()
  const tool = await openTool(source)
  const heads = appendGroups(tool, groups, textBytes)
  const path = copied(source)
  tool.close()
  rmSync(join(path, 'next.prepared'), { force: true })
  return { path, heads }
}
export const newestSegment = (path: string): string => [...filesOf(path).keys()].filter((name) => name.endsWith('.seg')).sort().at(-1) ?? ''

export const fail = (): never => {
  throw new Error('expected a head')
}

export function mixSectors(old: Buffer, next: Buffer, landed: Iterable<boolean>): Buffer {
  const mixed = Buffer.from(old)
  const choices = landed[Symbol.iterator]()
  for (let at = 0; at < next.length; at += 512) {
    if (next.compare(old, at, at + 512, at, at + 512) !== 0 && choices.next().value === true) next.copy(mixed, at, at, at + 512)
  }
  return mixed
}
