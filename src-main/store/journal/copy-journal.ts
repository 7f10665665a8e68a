import { open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { readAll, type ByteSource } from './byte-source.ts'
import { copyableSegments } from './copyable-segments.ts'
import type { JournalAccess } from './journal-face.ts'
import { anchorKey, headOf } from './journal-keys.ts'
import { damaged, JournalUnreadable, type JournalHead, type JournalOpenTrouble } from './journal-trouble.ts'
import { asUnreadable } from './read-journal.ts'
import { codeOf, flushFolder, makeFolder, segmentName, sentenceOf } from './segment-files.ts'
import { journalIdHashOf } from './segment-header.ts'
import { chainStart, type ChainEnd } from './survey.ts'

export interface CopyJournalOptions extends JournalAccess {
  /** A folder that is empty or not there. */
  readonly into: string
  /** While a writer runs: its `durable`. */
  readonly upTo?: number
}

export type JournalCopy =
  | { readonly ok: true; readonly records: number; readonly head: JournalHead; readonly names: readonly string[] }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble | { readonly kind: 'into-unusable'; readonly detail: string } }

const copyAtOnce = 1024 * 1024

/** A folder that can be opened as a journal and ends with the record `upTo`: what a backup holds. It is on the disk when this returns. */
export async function copyJournal({ folder, keys, journalId, into, upTo = Infinity }: CopyJournalOptions): Promise<JournalCopy> {
  const unusable = await findUnusable(into)
  if (unusable !== undefined) return { ok: false, trouble: { kind: 'into-unusable', detail: unusable } }
  const names: string[] = []
  let end: ChainEnd = chainStart
  try {
    for await (const { header, source, length, isSealed, end: after } of copyableSegments(folder, keys, journalIdHashOf(journalId), upTo)) {
      const name = segmentName(header.number)
      // The last one is as a crash would leave it: the rest is zeros, and whoever opens the copy seals it.
      await copySegment(source, length, isSealed ? length : header.capacity, join(into, name))
      names.push(name)
      end = after
    }
    flushFolder(into)
  } catch (error) {
    if (error instanceof IntoRefused) return { ok: false, trouble: { kind: 'into-unusable', detail: error.message } }
    const expected = asUnreadable(error)
    if (!(expected instanceof JournalUnreadable)) throw expected
    return { ok: false, trouble: expected.trouble }
  }
  const records = end.nextSequence - 1
  if (Number.isFinite(upTo) && records < upTo) return { ok: false, trouble: damaged('cut-short', names.length, 0, end.nextSequence) }
  return { ok: true, records, head: headOf(anchorKey(keys), records, end.recordsHash), names }
}

async function findUnusable(into: string): Promise<string | undefined> {
  try {
    makeFolder(into)
    return (await readdir(into)).length === 0 ? undefined : 'the folder is not empty'
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    return sentenceOf(error)
  }
}

/** The disk that is copied to refused: told apart from the one that is read. */
class IntoRefused extends Error {}

const refused = (error: unknown): never => {
  throw new IntoRefused(sentenceOf(error))
}

async function copySegment(source: ByteSource, length: number, size: number, path: string): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600).catch(refused)
  try {
    for (let at = 0; at < length; ) {
      const bytes = await readAll(source, at, Math.min(copyAtOnce, length - at))
      if (bytes.length === 0) throw new JournalUnreadable(damaged('cut-short', 0, at, 0))
      await writeWhole(file, bytes, at).catch(refused)
      at += bytes.length
    }
    await file.truncate(size).catch(refused)
    await file.sync().catch(refused)
  } finally {
    await file.close()
  }
}

async function writeWhole(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
}
