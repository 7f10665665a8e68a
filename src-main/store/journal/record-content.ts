import { InvariantError } from '../../base/index.ts'
import type { JournalBody, JournalDraft, JournalRecord, JournalValue } from '../../ports/index.ts'

/** A record's text. Its number is not in it: it follows from the place, which the chain vouches for. */
export function recordText({ kind, at, correlation, body }: JournalDraft): string {
  if (!Number.isSafeInteger(at)) throw new InvariantError('expected the time of a record to be whole milliseconds')
  ensureKept(body)
  return JSON.stringify(correlation === undefined ? { kind, at, body } : { kind, at, correlation, body })
}

/** JSON would turn these into something else without a word. */
function ensureKept(value: JournalValue | undefined): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InvariantError('expected a record to hold finite numbers only')
  } else if (typeof value === 'object') {
    if (value === null) return
    if (Array.isArray(value)) for (const each of value as readonly JournalValue[]) ensureKept(each)
    else for (const name in value) ensureKept((value as JournalBody)[name])
  } else if (typeof value !== 'string' && typeof value !== 'boolean') {
    throw new InvariantError('expected a record to hold JSON only')
  }
}

/** `undefined` for what `recordText` does not make. */
export function readRecord(bytes: Buffer, sequence: number): JournalRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, at, correlation, body } = value as Partial<Record<keyof JournalDraft, unknown>>
  if (typeof kind !== 'string' || typeof at !== 'number' || typeof body !== 'object' || body === null) return undefined
  if (correlation !== undefined && typeof correlation !== 'string') return undefined
  const known = { sequence, kind, at, body: body as JournalBody }
  return correlation === undefined ? known : { ...known, correlation }
}

/** The records of one frame: each is its length and its text. `undefined` when they do not fill it exactly. */
export function splitRecords(plain: Buffer, count: number): readonly Buffer[] | undefined {
  const records: Buffer[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 4 > plain.length) return undefined
    const length = plain.readUInt32LE(at)
    if (at + 4 + length > plain.length) return undefined
    records.push(plain.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return at === plain.length ? records : undefined
}
