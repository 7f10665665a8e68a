import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '../base/index.ts'
import { JournalUnreadable, openJournal, readJournal } from '../store/journal/index.ts'
import type { JournalKeys, JournalLimits, JournalOpenTrouble } from '../store/journal/index.ts'
import { readTruth } from '../venues/paper/index.ts'
import type { KeptTruth } from '../venues/paper/index.ts'
import { JournalTruthLog } from './journal-truth-log.ts'
import type { Generation } from './journal-truth-log.ts'
import { BatchReader } from './truth-records.ts'

export interface OpenTruthParts {
  /** For the venue alone; each of its journals has a folder in it. */
  readonly folder: string
  readonly keys: JournalKeys
  /** Of books that nobody can read any more, as the demo's after its end, nothing is kept. */
  readonly areOldBooksKept: boolean
  readonly journalThread: URL
  readonly now: () => number
  readonly failed: (detail: string) => void
  readonly longBytes?: number
}

export type TruthOpening =
  | { readonly ok: true; readonly kept: KeptTruth | undefined; readonly log: JournalTruthLog }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

const journalName = (generation: number): string => `books-${generation}`
/** Lies beside a journal that has the whole state on the disk. One without it was only begun: the one before it holds all that was told. */
const wholeName = (generation: number): string => `books-${generation}.whole`
const journalIdOf = (generation: number): string => `venue books ${generation}`
const limits: Partial<JournalLimits> = { segmentBytes: 1024 * 1024, ringBytes: 1024 * 1024 }

/** Reads what the venue knew when it ended, however it ended, and begins the next journal. */
export async function openTruth(parts: OpenTruthParts): Promise<TruthOpening> {
  const { folder, keys } = parts
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let found = await readNewest(parts)
  if (!found.ok && !parts.areOldBooksKept) {
    drop(folder, generationsIn(folder))
    found = { ok: true, kept: undefined }
  }
  if (!found.ok) return found
  let generation = Math.max(0, ...generationsIn(folder))
  const openNext = async (): Promise<Generation | JournalOpenTrouble> => {
    generation += 1
    const number = generation
    const opened = await openJournal({
      folder: join(folder, journalName(number)), keys, journalId: journalIdOf(number), threadEntry: parts.journalThread, limits,
    })
    return opened.ok ? { number, journal: opened.journal } : opened.trouble
  }
  const first = await openNext()
  if ('kind' in first) return { ok: false, trouble: first }
  const log = new JournalTruthLog({
    now: parts.now, first, failed: parts.failed,
    openNext: async () => {
      const next = await openNext()
      return 'kind' in next ? undefined : next
    },
    whole: (number) => {
      markWhole(folder, number)
      drop(folder, generationsIn(folder).filter((each) => each < number))
    },
    ...(parts.longBytes === undefined ? {} : { longBytes: parts.longBytes }),
  })
  return { ok: true, kept: found.kept, log }
}

type Found = { readonly ok: true; readonly kept: KeptTruth | undefined } | { readonly ok: false; readonly trouble: JournalOpenTrouble }

async function readNewest({ folder, keys }: OpenTruthParts): Promise<Found> {
  const generation = generationsIn(folder, '.whole').toSorted((a, b) => a - b).at(-1)
  if (generation === undefined) return { ok: true, kept: undefined }
  const reader = new BatchReader()
  try {
    for await (const record of readJournal({ folder: join(folder, journalName(generation)), keys, journalId: journalIdOf(generation) })) {
      assert(reader.read(record), 'expected nothing but batches in the books of the venue')
    }
  } catch (error) {
    if (!(error instanceof JournalUnreadable)) throw error
    return { ok: false, trouble: error.trouble }
  }
  assert(reader.batches > 0, 'expected the state in books that are whole')
  return { ok: true, kept: readTruth(reader.lines) }
}

function generationsIn(folder: string, ending: '' | '.whole' = ''): readonly number[] {
  return readdirSync(folder).flatMap((name) => {
    const [, number, found] = /^books-(\d+)(\.whole)?$/.exec(name) ?? []
    return number === undefined || (found ?? '') !== ending ? [] : [Number(number)]
  })
}

/** Durable before anything older goes. */
function markWhole(folder: string, generation: number): void {
  writeFileSync(join(folder, wholeName(generation)), '', { mode: 0o600, flush: true })
  // A name in a folder is the folder's own content, where the system lets one say so.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** The mark first: a journal that goes must not be taken for a whole one. */
function drop(folder: string, generations: readonly number[]): void {
  for (const generation of generations) {
    rmSync(join(folder, wholeName(generation)), { force: true })
    rmSync(join(folder, journalName(generation)), { recursive: true, force: true })
  }
}
