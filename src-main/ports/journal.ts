/**
 * The trail of everything that was decided. Appending never waits: a record is handed over and has its number at once,
 * and whoever must not go on before it is safe waits for that number to be durable.
 */
export interface Journal {
  append(draft: JournalDraft): Appended
  /** The highest sequence that is known to be on the disk. */
  readonly durable: number
  /** The highest sequence that was given out. */
  readonly appended: number
  /** How long the oldest record that is not yet durable has been waiting; 0 when none is. */
  waitingMs(): number
  /** Told after each group that reached the disk, with the new value of `durable`. */
  onDurable(listener: (durable: number) => void): () => void
  onTrouble(listener: (trouble: JournalTrouble) => void): () => void
}

export interface JournalDraft {
  /** An area and a fact, for example `engine.mode-changed`. */
  readonly kind: string
  /** Milliseconds UTC. */
  readonly at: number
  /** Ties everything together that one command caused. */
  readonly correlation?: string
  /** JSON; never a secret. */
  readonly body: JournalBody
}

export type JournalBody = { readonly [name: string]: JournalValue }
export type JournalValue = null | boolean | number | string | readonly JournalValue[] | JournalBody

export interface JournalRecord extends JournalDraft {
  readonly sequence: number
}

export type Appended =
  | { readonly ok: true; readonly sequence: number }
  /** `full`: the disk has not answered for so long that no more can be held; `failed`: the disk refused; `too-large`: the record itself. */
  | { readonly ok: false; readonly reason: 'full' | 'failed' | 'too-large' | 'closed' }

export type JournalTrouble =
  /** Nothing more can be written; what was durable is safe. */
  | { readonly kind: 'failed'; readonly detail: string }
  /** The next segment could not be prepared: what is left holds about so many bytes more. */
  | { readonly kind: 'no-room-ahead'; readonly detail: string; readonly bytesLeft: number }
  /** What was wrong is well again. */
  | { readonly kind: 'recovered' }
