import { readdirSync, readlinkSync, rmSync } from 'node:fs'
import { afterEach } from 'vitest'
import { openJournalTool, type JournalDisk, type JournalKeys } from '../../../../src-main/store/journal/index.ts'
import { realDisk } from '../../../../src-main/store/journal/segment-files.ts'
import { appendGroups, copyOf, folderInMemory, journalId, keysOf, openTool, smallLimits } from './sample-journal.ts'

export const keys = keysOf()
const folders: string[] = []

export const newFolder = (): string => {
  const made = folderInMemory()
  folders.push(made)
  return made
}

export const copied = (path: string): string => {
  const made = copyOf(path)
  folders.push(made)
  return made
}

/** Asked for by each file: several may share one process, and this module with it. */
export const dropFoldersAfterEach = (): void =>
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

export const tryToOpen = (folder: string, use: JournalKeys = keys, id = journalId) => openJournalTool({ folder, keys: use, journalId: id, limits: smallLimits })
export const segments = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.seg'))

export const closedJournal = async (lives: readonly (readonly number[])[]): Promise<string> => {
  const folder = newFolder()
  for (const groups of lives) {
    const tool = await openTool(folder)
    appendGroups(tool, groups)
    tool.close()
  }
  return folder
}

export const linkOf = (file: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${file}`)
  } catch {
    // The one that the listing itself was made with is closed by now.
    return ''
  }
}

/** Does this write only so far, and none after it. */
export function diesAt(last: number, share: number): JournalDisk {
  let writes = 0
  return {
    writeDurably: (file, bytes, position) => {
      if (writes > last) throw Object.assign(new Error('the power is gone'), { code: 'EIO' })
      if (writes++ < last) return realDisk.writeDurably(file, bytes, position)
      realDisk.writeDurably(file, bytes.subarray(0, Math.floor(bytes.length * share)), position)
      throw Object.assign(new Error('the power is gone'), { code: 'EIO' })
    },
  }
}
