import { readBookLines } from '../sim/index.ts'
import type { BookLine, ExchangeBooks } from '../sim/index.ts'

/** What the venue writes down: the exchange's books, how often it has begun, where its market stood, and who wanted an account reset. */
export type TruthLine =
  | BookLine
  | { readonly kind: 'venue'; readonly lives: number; readonly market: { readonly seed: number; readonly at: number } }
  | { readonly kind: 'reset'; readonly reset: ResetNote }

export interface ResetNote {
  readonly account: string
  readonly at: number
  readonly reason: string
}

/**
 * Where the exchange's truth is kept. It must never say that something is durable which is not, and never keep a batch in part: after a
 * crash a batch is there whole or not at all, and nothing of a later one without the earlier.
 */
export interface TruthLog {
  /** Batches count from one; the answer is this batch's number. */
  append(batch: readonly TruthLine[]): number
  /** The last batch that is on the disk, with all before it. */
  readonly durable: number
  onDurable(listener: () => void): void
  /** Where it wants to begin anew, with the state instead of all that led to it, it asks for that once for each time that it is ready to. */
  onLong(state: () => readonly TruthLine[]): void
}

/** What was kept of a venue that was here before. */
export interface KeptTruth {
  readonly books: ExchangeBooks
  readonly market: { readonly seed: number; readonly at: number } | undefined
  /** How many lives it had: each has chance of its own. */
  readonly lives: number
  readonly resets: readonly ResetNote[]
}

export function readTruth(lines: Iterable<TruthLine>): KeptTruth {
  let venue: Extract<TruthLine, { kind: 'venue' }> | undefined
  const resets: ResetNote[] = []
  const ofBooks: BookLine[] = []
  for (const line of lines) {
    if (line.kind === 'venue') venue = line
    else if (line.kind === 'reset') resets.push(line.reset)
    else ofBooks.push(line)
  }
  return { books: readBookLines(ofBooks), market: venue?.market, lives: venue?.lives ?? 0, resets }
}
