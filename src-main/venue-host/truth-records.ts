import type { JournalBody, JournalDraft, JournalRecord } from '../ports/index.ts'
import type { TruthLine } from '../venues/paper/index.ts'

const kind = 'venue.truth'
/** Well below what one record of the journal may hold; no single line comes near it. */
const textMax = 40_000

/** A batch as records: all but the last say that it goes on. */
export function recordsOfBatch(batch: readonly TruthLine[], at: number): readonly JournalDraft[] {
  const parts: string[][] = [[]]
  let size = 0
  for (const line of batch) {
    const text = JSON.stringify(line)
    if (size + text.length > textMax && size > 0) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(text)
    size += text.length + 4
  }
  return parts.map((lines, index): JournalDraft => ({ kind, at, body: { lines, isLast: index === parts.length - 1 } satisfies JournalBody }))
}

/** Whole batches, one after the other; what a crash left of one is nothing. */
export class BatchReader {
  #lines: TruthLine[] = []
  #open: TruthLine[] = []
  #batches = 0

  get batches(): number {
    return this.#batches
  }

  get lines(): readonly TruthLine[] {
    return this.#lines
  }

  /** False for what is no record of ours. */
  read(record: JournalRecord): boolean {
    const { lines, isLast } = record.body
    if (record.kind !== kind || !Array.isArray(lines) || typeof isLast !== 'boolean') return false
    for (const text of lines as readonly string[]) this.#open.push(JSON.parse(text) as TruthLine)
    if (!isLast) return true
    for (const line of this.#open) this.#lines.push(line)
    this.#open = []
    this.#batches += 1
    return true
  }
}
