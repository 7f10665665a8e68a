import { anchorKey, headOf, isSameMac, type JournalKeys } from './journal-keys.ts'
import type { JournalLimits } from './journal-limits.ts'
import type { JournalHead, JournalOpenTrouble, TailCut } from './journal-trouble.ts'
import { JournalWriter } from './journal-writer.ts'
import { isFull, makeFolder, realDisk, sentenceOf, codeOf, type JournalDisk } from './segment-files.ts'
import { journalIdHashOf } from './segment-header.ts'
import { recordsHashAt, surveyJournal, type SegmentSummary, type Survey } from './survey.ts'
import { archiveSegments } from './archive-segments.ts'

export interface StartParts {
  readonly folder: string
  readonly keys: JournalKeys
  readonly journalId: string
  readonly knownDurable: readonly JournalHead[]
  readonly disk?: JournalDisk
}

/** What was there when the journal was opened. */
export interface JournalState {
  readonly records: number
  readonly head: JournalHead
  readonly segments: number
  readonly tailCut?: TailCut
}

export type Inspection =
  | { readonly ok: true; readonly state: JournalState; readonly survey: Extract<Survey, { ok: true }> }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

/** Looks, compares with what is known to have been durable, and changes nothing. */
export async function inspect({ folder, keys, journalId, knownDurable }: StartParts): Promise<Inspection> {
  const missing = [1, keys.newestEpoch].find((epoch) => keys.keyOf(epoch) === undefined)
  if (missing !== undefined) return { ok: false, trouble: { kind: 'key-missing', epoch: missing } }
  const survey = await surveyJournal(folder, keys, journalIdHashOf(journalId))
  if (!survey.ok) return survey
  const rolledBack = await findRollback(folder, keys, survey.segments, survey.end.nextSequence - 1, knownDurable)
  if (rolledBack !== undefined) return { ok: false, trouble: rolledBack }
  const records = survey.end.nextSequence - 1
  const { tailCut } = survey
  const state: JournalState = {
    records,
    head: headOf(anchorKey(keys), records, survey.end.recordsHash),
    segments: survey.segments.length,
    ...(tailCut === undefined ? {} : { tailCut }),
  }
  return { ok: true, state, survey }
}

async function findRollback(
  folder: string, keys: JournalKeys, segments: readonly SegmentSummary[], records: number, known: readonly JournalHead[],
): Promise<JournalOpenTrouble | undefined> {
  const key = anchorKey(keys)
  for (const expected of known) {
    const found = { sequence: records }
    if (expected.sequence > records) return { kind: 'rolled-back', reason: 'ends-before', expected, found }
    const hash = await recordsHashAt(folder, segments, expected.sequence)
    const agrees = hash !== undefined && isSameMac(headOf(key, expected.sequence, hash).mac, expected.mac)
    if (!agrees) return { kind: 'rolled-back', reason: 'disagrees', expected, found }
  }
  return undefined
}

export type WriterStart =
  | { readonly ok: true; readonly writer: JournalWriter; readonly state: JournalState }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

export async function startWriter(parts: StartParts, limits: JournalLimits, nowMs: number): Promise<WriterStart> {
  const inspection = await inspect(parts)
  if (!inspection.ok) return inspection
  const { folder, keys, journalId, disk = realDisk } = parts
  try {
    makeFolder(folder)
    const writer = new JournalWriter(
      { folder, keys, journalIdHash: journalIdHashOf(journalId), anchorKey: anchorKey(keys), limits, disk }, inspection.survey,
    )
    if (limits.archive !== undefined) archiveSegments(folder, limits.archive, nowMs)
    return { ok: true, writer, state: inspection.state }
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    if (isFull(error)) return { ok: false, trouble: { kind: 'disk-full', bytesNeeded: limits.segmentBytes } }
    return { ok: false, trouble: { kind: 'folder-unusable', detail: sentenceOf(error) } }
  }
}
