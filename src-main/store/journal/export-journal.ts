import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readAll } from './byte-source.ts'
import { copyableSegments } from './copyable-segments.ts'
import { endBytes, exportEnd, exportEntry, exportStart } from './export-format.ts'
import type { ExportJournalOptions, JournalExport } from './journal-face.ts'
import { exportKey } from './journal-keys.ts'
import { damaged, JournalUnreadable } from './journal-trouble.ts'
import { asUnreadable } from './read-journal.ts'
import { codeOf, flushFolder, sentenceOf } from './segment-files.ts'
import { journalIdHashOf } from './segment-header.ts'
import { findSourceDamage } from './source-damage.ts'
import { chainStart, type ChainEnd } from './survey.ts'
import { verifyJournal } from './verify-journal.ts'

const copyAtOnce = 1024 * 1024

/** The whole journal as one file, which is there only when it was read back and found right. */
export async function exportJournal(options: ExportJournalOptions): Promise<JournalExport> {
  const { out } = options
  if (await isThere(out)) return { ok: false, trouble: { kind: 'out-exists', detail: out } }
  // A name of its own: what somebody else put beside it is not ours.
  const part = `${out}.${randomBytes(8).toString('hex')}.part`
  let file: FileHandle
  try {
    file = await open(part, 'wx', 0o600)
  } catch (error) {
    return { ok: false, trouble: { kind: 'out-unusable', detail: sentenceOf(error) } }
  }
  const writing = new Writing(file)
  let written: JournalExport | undefined
  try {
    written = await writeAll(options, writing)
  } catch (error) {
    written = failureOf(error, options.signal)
  } finally {
    await file.close()
  }
  const checked = written.ok ? await readBack(options, part, written) : written
  const placed = checked.ok ? await takePlace(part, out, checked) : checked
  await rm(part, { force: true })
  return placed
}

/** Whatever has the name meanwhile stays. */
async function takePlace(part: string, out: string, written: JournalExport): Promise<JournalExport> {
  try {
    await link(part, out).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error
      // Some file systems know no second name for a file.
      await copyFile(part, out, constants.COPYFILE_EXCL)
      await flushFile(out)
    })
    flushFolder(dirname(out))
    return written
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    const kind = codeOf(error) === 'EEXIST' ? 'out-exists' : 'out-unusable'
    return { ok: false, trouble: { kind, detail: kind === 'out-exists' ? out : sentenceOf(error) } }
  }
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAll({ folder, keys, journalId, upTo = Infinity, signal }: ExportJournalOptions, writing: Writing): Promise<JournalExport> {
  const journalIdHash = journalIdHashOf(journalId)
  await writing.put(exportStart(journalIdHash))
  let segments = 0
  let end: ChainEnd = chainStart
  for await (const { header, source, length, end: after } of copyableSegments(folder, keys, journalIdHash, upTo)) {
    await writing.put(exportEntry({ number: header.number, length }))
    for (let at = 0; at < length; at += copyAtOnce) {
      signal?.throwIfAborted()
      const bytes = await readAll(source, at, Math.min(copyAtOnce, length - at))
      if (bytes.length < Math.min(copyAtOnce, length - at)) throw new JournalUnreadable(damaged('cut-short', header.number, at, header.firstSequence))
      await writing.put(bytes)
    }
    segments++
    end = after
  }
  const records = end.nextSequence - 1
  if (Number.isFinite(upTo) && records < upTo) throw new JournalUnreadable(damaged('cut-short', segments, 0, end.nextSequence))
  const bytes = writing.bytes + endBytes
  const last = { segments, records, bytes, recordsHash: end.recordsHash, hash: writing.hash() }
  await writing.put(exportEnd(last, exportKey(keys)))
  await writing.flush()
  return { ok: true, records, bytes, head: { sequence: records, mac: '' } }
}

async function readBack(options: ExportJournalOptions, part: string, written: Extract<JournalExport, { ok: true }>): Promise<JournalExport> {
  const { keys, journalId, signal } = options
  const found = await verifyJournal({ path: part, keys, journalId, ...(signal === undefined ? {} : { signal }) })
  if (found.ok) return { ...written, head: found.head }
  if (found.reason === 'stopped') return { ok: false, trouble: { kind: 'stopped' } }
  const damage = await findSourceDamage(options, signal)
  if (damage !== undefined) return { ok: false, trouble: damage }
  return { ok: false, trouble: { kind: 'out-unusable', detail: `what was written cannot be read back: ${found.reason}` } }
}

function failureOf(error: unknown, signal: AbortSignal | undefined): Extract<JournalExport, { ok: false }> {
  if (signal?.aborted === true) return { ok: false, trouble: { kind: 'stopped' } }
  if (error instanceof OutRefused) return { ok: false, trouble: { kind: 'out-unusable', detail: error.message } }
  const expected = asUnreadable(error)
  if (expected instanceof JournalUnreadable) return { ok: false, trouble: expected.trouble }
  throw error
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  )

/** The disk that is written to refused: told apart from the one that is read. */
class OutRefused extends Error {}

class Writing {
  readonly #file: FileHandle
  readonly #hash = createHash('sha256')
  bytes = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  async put(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) done += (await this.#file.write(bytes, done, bytes.length - done, this.bytes + done)).bytesWritten
    } catch (error) {
      throw new OutRefused(sentenceOf(error))
    }
    this.#hash.update(bytes)
    this.bytes += bytes.length
  }

  /** Of all that was put so far. */
  hash(): Buffer {
    return this.#hash.copy().digest()
  }

  async flush(): Promise<void> {
    try {
      await this.#file.sync()
    } catch (error) {
      throw new OutRefused(sentenceOf(error))
    }
  }
}
