import type { MarketEvent } from '../domain/index.ts'
import type { Recorder } from '../data/index.ts'
import type { FeedView } from '../../src-preload/contract/index.ts'

/** Where recordings go, and what begins one there. */
export interface StartsRecorder {
  readonly folder: string
  start(instruments: readonly string[] | undefined): Promise<Recorder>
}

const dayMs = 86_400_000

type RecordingView = NonNullable<FeedView['recording']>

/** One recording at a time. A disk that refuses ends it and stays to be seen; it never reaches the feed. */
export class RecordingDesk {
  readonly #starts: StartsRecorder
  #recorder: Recorder | undefined
  #books: () => readonly MarketEvent[] = () => []
  #day = Number.NaN
  #lostBefore = 0
  #lostTold = 0
  /** Begins and ends follow one another, never cross. */
  #work: Promise<void> = Promise.resolve()

  constructor(starts: StartsRecorder) {
    this.#starts = starts
  }

  get folder(): string {
    return this.#starts.folder
  }

  take(batch: readonly MarketEvent[]): void {
    const recorder = this.#recorder
    if (recorder === undefined) return
    recorder.record(batch)
    const day = Math.floor((batch.at(-1)?.at ?? Number.NaN) / dayMs)
    const { lost } = recorder.facts()
    // Each day is a file of its own, and what was lost leaves the books unknown: from here on they can be read again.
    const isWholeAgain = lost > this.#lostTold && lost === this.#lostBefore
    if ((day > this.#day && !Number.isNaN(this.#day)) || isWholeAgain) {
      recorder.record(this.#books())
      this.#lostTold = recorder.facts().lost
    }
    this.#lostBefore = recorder.facts().lost
    if (!Number.isNaN(day)) this.#day = day
  }

  facts(): RecordingView | null {
    if (this.#recorder === undefined) return null
    const { since, events, bytes, lost, instruments, trouble } = this.#recorder.facts()
    const why = trouble === undefined ? null : String(trouble.details['detail'] ?? trouble.code)
    return { since, events, bytes, lost, instruments: [...instruments], trouble: why }
  }

  /** Begins with the books as they are, so that the recording can be read from its first event on. An earlier one ends first. */
  begin(instruments: readonly string[] | undefined, books: () => readonly MarketEvent[]): Promise<void> {
    return this.#next(async () => {
      await this.#end()
      const recorder = await this.#starts.start(instruments)
      recorder.record(books())
      this.#books = books
      this.#day = Number.NaN
      this.#lostBefore = 0
      this.#lostTold = 0
      this.#recorder = recorder
    })
  }

  end(): Promise<void> {
    return this.#next(() => this.#end())
  }

  dispose(): Promise<void> {
    return this.end()
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    // The one who asked is told; the next one is not held up by it.
    this.#work = done.catch(() => undefined)
    return done
  }

  async #end(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = undefined
    await recorder?.stop()
  }
}
