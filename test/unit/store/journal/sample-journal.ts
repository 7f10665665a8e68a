import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { JournalDraft, JournalRecord } from '../../../../src-main/ports/index.ts'
import {
  openJournalTool, readJournal, type JournalHead, type JournalKeys, type JournalLimits, type JournalTool,
} from '../../../../src-main/store/journal/index.ts'

/** Small segments, so that a test sees several. */
export const smallLimits: Partial<JournalLimits> = { segmentBytes: 128 * 1024, ringBytes: 512 * 1024, retryMs: 30 }
export const journalId = 'books-of-the-test'
export const threadEntry = new URL('../../../../src-main/journal-thread.ts', import.meta.url)

const keyNamed = (name: string): Buffer => createHash('sha256').update(name).digest()

export const keysOf = (newestEpoch = 1, name = 'ours'): JournalKeys => ({
  newestEpoch,
  keyOf: (epoch) => (epoch >= 1 && epoch <= newestEpoch ? keyNamed(`${name} ${epoch}`) : undefined),
})

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'ballast-journal-'))

/** In memory where there is such a place: for what is about bytes, and not about a disk. */
export const folderInMemory = (): string =>
  existsSync('/dev/shm') ? mkdtempSync('/dev/shm/ballast-journal-') : temporaryFolder()

/** The same for the same number, and of changing length. */
export const draftOf = (sequence: number, textBytes = (sequence * 37) % 300): JournalDraft => ({
  kind: sequence % 3 === 0 ? 'engine.mode-changed' : 'setting.changed',
  at: 1_700_000_000_000 + sequence,
  ...(sequence % 2 === 0 ? { correlation: `call-${sequence}` } : {}),
  body: { number: sequence, text: 'é'.repeat(textBytes), nested: { list: [sequence, null, true, 'ö'] } },
})

export const isDraftOf = (record: JournalRecord): boolean => {
  const { sequence, ...rest } = record
  const { text } = rest.body as { text: string }
  return isDeepStrictEqual(rest, draftOf(sequence, text.length))
}

export async function openTool(folder: string, options: { readonly keys?: JournalKeys; readonly limits?: Partial<JournalLimits>; readonly knownDurable?: readonly JournalHead[] } = {}): Promise<JournalTool> {
  const opened = await openJournalTool({ folder, keys: keysOf(), journalId, limits: smallLimits, ...options })
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.trouble)}`)
  return opened.tool
}

/** Appends groups of these sizes, and gives the head after each. */
export function appendGroups(tool: JournalTool, sizes: readonly number[], textBytes?: number): readonly JournalHead[] {
  return sizes.map((size) => {
    const first = tool.durable + 1
    const appended = tool.append(Array.from({ length: size }, (_each, index) => draftOf(first + index, textBytes)))
    if (!appended.ok) throw new Error(`not appended: ${appended.reason}`)
    return tool.head()
  })
}

export async function readAllRecords(folder: string, keys = keysOf()): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = []
  for await (const record of readJournal({ folder, keys, journalId })) records.push(record)
  return records
}

/** The files as they are, to be compared or put back. */
export const filesOf = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return [path.slice(folder.length + 1), readFileSync(path)]
  }))

export const isSameFiles = (left: ReadonlyMap<string, Buffer>, right: ReadonlyMap<string, Buffer>): boolean =>
  left.size === right.size && [...left].every(([name, bytes]) => right.get(name)?.equals(bytes) === true)

/** A copy in which something may be changed. */
export function copyOf(folder: string): string {
  const copy = folderInMemory()
  cpSync(folder, copy, { recursive: true })
  return copy
}

export function changeFile(path: string, change: (bytes: Buffer) => Buffer): void {
  const changed = change(readFileSync(path))
  rmSync(path)
  writeFileSync(path, changed)
}
