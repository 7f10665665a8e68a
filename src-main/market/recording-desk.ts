import type { MarketEvent } from '../domain/index.ts'
import type { Recorder } from '../data/index.ts'
import type { FeedView } from '../../src-preload/contract/index.ts'

/** Where recordings go, and what begins one there. */
export interface StartsRecorder {
  readonly folder: string
  start(instruments: readonly string[] | undefined): Promise<Recorder>
}

type RecordingView = NonNullable<FeedView['recording']>

/** One recording at a time. A disk that refuses ends it and stays to be seen; it never reaches the feed. */
export class RecordingDesk {
  readonly #starts: StartsRecorder
  #recorder: Recorder | undefined
  /** Begins and ends follow one another, never cross. */
  #work: Promise<void> = Promise.resolve()

  constructor(starts: StartsRecorder) {
    this.#starts = starts
  }

  get folder(): string {
    return this.#starts.folder
  }

  take(batch: readonly MarketEvent[]): void {
    this.#recorder?.record(batch)
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
