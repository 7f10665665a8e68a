import { stat, open } from 'node:fs/promises'
import { fileSource } from './byte-source.ts'
import { ExportReading } from './export-reading.ts'
import { folderSegments } from './folder-segments.ts'
import type { JournalVerification, VerifyJournalOptions } from './journal-face.ts'
import { anchorKey, headOf, isSameMac } from './journal-keys.ts'
import { damaged, JournalUnreadable, type JournalHead, type JournalOpenTrouble } from './journal-trouble.ts'
import { walkJournal, type WalkedSegment } from './journal-walk.ts'
import { asUnreadable } from './read-journal.ts'
import { splitRecords } from './record-content.ts'
import { listSegmentFiles } from './segment-files.ts'
import { journalIdHashOf, noHash } from './segment-header.ts'

/** Every byte of a journal, or of a copy made by `exportJournal`; finds what is not as it was written, and where. */
export async function verifyJournal(options: VerifyJournalOptions): Promise<JournalVerification> {
  const { keys } = options
  if (keys.keyOf(1) === undefined) return { ok: false, records: 0, head: { sequence: 0, mac: '' }, reason: 'key-missing' }
  const proof = new Proof(anchorKey(keys), options.anchor)
  try {
    const isFolder = (await stat(options.path)).isDirectory()
    await (isFolder ? verifyFolder(options, proof) : verifyCopy(options, proof))
    const rollback = proof.findRollback()
    return rollback === undefined ? { ok: true, ...proof.state() } : { ok: false, ...proof.state(), reason: rollback.kind, detail: rollback.reason }
  } catch (error) {
    if (error instanceof Stopped) return { ok: false, ...proof.state(), reason: 'stopped' }
    const expected = asUnreadable(error)
    if (!(expected instanceof JournalUnreadable)) throw expected
    return { ok: false, ...proof.state(), ...told(expected.trouble) }
  }
}

class Stopped extends Error {}

function told(trouble: JournalOpenTrouble): Pick<Extract<JournalVerification, { ok: false }>, 'at' | 'reason' | 'detail'> {
  if (trouble.kind === 'damaged') {
    const { segment, offset, sequence, reason } = trouble
    return { at: { segment, offset, sequence }, reason }
  }
  return 'detail' in trouble ? { reason: trouble.kind, detail: trouble.detail } : { reason: trouble.kind }
}

async function verifyFolder(options: VerifyJournalOptions, proof: Proof): Promise<void> {
  const count = (): number => listSegmentFiles(options.path).length
  await walk(folderSegments(options.path, 1), options, proof, count, true)
}

async function verifyCopy(options: VerifyJournalOptions, proof: Proof): Promise<void> {
  const handle = await open(options.path, 'r')
  try {
    const reading = new ExportReading(await fileSource(handle), options.keys)
    await walk(reading.segments(), options, proof, () => reading.seen, false)
    await reading.verifyEnd(proof.state().records, proof.recordsHash)
  } finally {
    await handle.close()
  }
}

async function walk(
  segments: AsyncIterable<WalkedSegment>, options: VerifyJournalOptions, proof: Proof, count: () => number, isUnsealedPadded: boolean,
): Promise<void> {
  const journalIdHash = options.journalId === undefined ? undefined : journalIdHashOf(options.journalId)
  let idHash = journalIdHash
  let segment = 0
  for await (const event of walkJournal(segments, { keys: options.keys, journalIdHash, isTornEndAllowed: false, isUnsealedPadded })) {
    if (options.signal?.aborted === true) throw new Stopped()
    if (event.kind === 'frame') {
      const { plain, count: records, firstSequence, offset, hash } = event.frame
      if (splitRecords(plain, records) === undefined) throw new JournalUnreadable(damaged('content', segment, offset, firstSequence))
      proof.add(records, hash)
      await options.pace?.()
    } else {
      segment = event.header.number
      // Also when nobody said which journal it is, it has to be one.
      idHash ??= event.header.journalIdHash
      if (!idHash.equals(event.header.journalIdHash)) throw new JournalUnreadable({ kind: 'not-ours' })
      options.onProgress?.({ segment, segments: count(), records: proof.state().records })
    }
  }
}

/** How far everything was as it was written. */
class Proof {
  readonly #key: Buffer
  readonly #anchor: JournalHead | undefined
  #records = 0
  #isAnchorMet = false
  #isAnchorWrong = false
  recordsHash = noHash

  constructor(key: Buffer, anchor: JournalHead | undefined) {
    this.#key = key
    this.#anchor = anchor
    this.#compare()
  }

  add(records: number, hash: Buffer): void {
    this.#records += records
    this.recordsHash = hash
    this.#compare()
  }

  #compare(): void {
    if (this.#anchor?.sequence !== this.#records) return
    this.#isAnchorMet = true
    this.#isAnchorWrong = !isSameMac(this.state().head.mac, this.#anchor.mac)
  }

  state(): { readonly records: number; readonly head: JournalHead } {
    return { records: this.#records, head: headOf(this.#key, this.#records, this.recordsHash) }
  }

  findRollback(): Extract<JournalOpenTrouble, { kind: 'rolled-back' }> | undefined {
    const expected = this.#anchor
    if (expected === undefined || (this.#isAnchorMet && !this.#isAnchorWrong)) return undefined
    const reason = expected.sequence > this.#records ? 'ends-before' : 'disagrees'
    return { kind: 'rolled-back', reason, expected, found: { sequence: this.#records } }
  }
}
