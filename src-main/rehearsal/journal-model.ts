import { hash } from 'node:crypto'

/**
 * The journal as the engine sees it: records in order, each chained to the one before it by its hash, durable some time after
 * they were handed over. It must never give back more than was written, nor anything after the first record that does not fit.
 */
export interface Entry {
  readonly sequence: number
}

export type TailFault = 'whole' | 'lost' | 'torn' | 'doubled' | 'flipped'
export const tailFaults: readonly TailFault[] = ['whole', 'lost', 'torn', 'doubled', 'flipped']

const begin = '0'.repeat(32)
const hashOf = (previous: string, body: string): string => hash('sha256', previous + body).slice(0, 32)

const lineOf = (previous: string, body: string): string => `${hashOf(previous, body)} ${body}\n`

export interface Reading {
  readonly bodies: readonly string[]
  /** Something stood behind the last good record. */
  readonly isCut: boolean
}

/** Whole lines whose hash follows from the line before, up to the first that is not one. */
export function readLines(text: string, head = begin): Reading {
  const bodies: string[] = []
  let previous = head
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    if (end < 0) return { bodies, isCut: true }
    const written = text.slice(from, from + 32)
    const body = text.slice(from + 33, end)
    if (text[from + 32] !== ' ' || written !== hashOf(previous, body)) return { bodies, isCut: true }
    bodies.push(body)
    previous = written
    from = end + 1
  }
  return { bodies, isCut: false }
}

export class JournalModel<Record extends Entry> {
  #durable: string[] = []
  /** The hash of what was there before the first line that is still held. */
  #base = begin
  /** Of the last record that is not held any more. */
  #forgotten = 0
  #waiting: { readonly line: string; readonly sequence: number }[] = []
  #head = begin
  #durableSequence = 0
  #lastSequence = 0

  get durableSequence(): number {
    return this.#durableSequence
  }

  get lastSequence(): number {
    return this.#lastSequence
  }

  get length(): number {
    return this.#durable.length + this.#waiting.length
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** What a reader of `afterCrash` has to begin with. */
  get base(): string {
    return this.#base
  }

  get firstSequence(): number {
    return this.#forgotten + 1
  }

  /** Durable records up to and with this number are not read any more. Only for numbers without a gap. */
  forget(upTo: number): void {
    const gone = this.#durable.splice(0, Math.max(0, upTo - this.#forgotten))
    this.#base = gone.at(-1)?.slice(0, 32) ?? this.#base
    this.#forgotten += gone.length
  }

  append(record: Record): void {
    const line = lineOf(this.#head, JSON.stringify(record))
    this.#head = line.slice(0, 32)
    this.#waiting.push({ line, sequence: record.sequence })
    this.#lastSequence = record.sequence
  }

  /** The disk says that it has everything up to and including this number. */
  flushed(sequence: number): void {
    let count = 0
    for (const waits of this.#waiting) {
      if (waits.sequence > sequence) break
      this.#durable.push(waits.line)
      count += 1
    }
    this.#waiting.splice(0, count)
    this.#durableSequence = Math.max(this.#durableSequence, sequence)
  }

  /** What a process that begins after a crash finds on the disk. `at` in [0, 1) places the damage within what was not yet durable. */
  afterCrash(fault: TailFault, at: number): string {
    const tail = this.#waiting.map(({ line }) => line).join('')
    const kept = this.#durable.join('')
    const cut = Math.floor(tail.length * at)
    switch (fault) {
      case 'whole':
        return kept + tail
      case 'lost':
        return kept
      case 'torn':
        return kept + tail.slice(0, cut)
      case 'doubled': {
        const last = tail === '' ? (this.#durable.at(-1) ?? '') : (this.#waiting.at(-1)?.line ?? '')
        return kept + tail + last
      }
      case 'flipped':
        return tail === '' ? kept : kept + flipped(tail, cut)
    }
  }

  /** The durable part with one byte changed: for asking whether a reader would notice. */
  tampered(at: number): string {
    const kept = this.#durable.join('')
    return kept === '' ? kept : flipped(kept, Math.floor(kept.length * at))
  }

  get durableCount(): number {
    return this.#durable.length
  }

  durableLines(): readonly string[] {
    return this.#durable
  }

  /** Goes on behind what was read; all of it stands on the disk. */
  static continuing<Record extends Entry>(bodies: readonly string[], base = begin, before = 0): JournalModel<Record> {
    const journal = new JournalModel<Record>()
    journal.#base = journal.#head = base
    journal.#forgotten = before
    for (const body of bodies) {
      const line = lineOf(journal.#head, body)
      journal.#head = line.slice(0, 32)
      journal.#durable.push(line)
    }
    const last = bodies.at(-1)
    const sequence = last === undefined ? before : (JSON.parse(last) as Record).sequence
    journal.#durableSequence = sequence
    journal.#lastSequence = sequence
    return journal
  }
}

/** Another printable character in its place, so that a line stays a line. */
function flipped(text: string, at: number): string {
  const was = text.charCodeAt(at)
  const put = was === 10 ? ' ' : String.fromCharCode(was === 126 ? 125 : was + 1)
  return text.slice(0, at) + put + text.slice(at + 1)
}
