import type { VenueReport, VenueRequest } from '../domain/index.ts'
import type { Venue, VenueListener } from '../ports/index.ts'

/**
 * The line of one run of the program to its venue, which goes on when the program does not. While the process stands still, what comes
 * waits; while the machine sleeps, it is lost, and the line is another one afterwards.
 */
export class RehearsalLine implements Venue {
  readonly #venue: () => Venue
  readonly #left: (request: VenueRequest) => void
  #listener: VenueListener | undefined
  #stop: () => void = () => undefined
  #held: VenueReport[] | undefined

  /** `venue`: the one that there is now; `left` is told of each request that has gone. */
  constructor(venue: () => Venue, left: (request: VenueRequest) => void) {
    this.#venue = venue
    this.#left = left
  }

  perform(request: VenueRequest): void {
    this.#venue().perform(request)
    this.#left(request)
  }

  listen(listener: VenueListener): () => void {
    this.#listener = listener
    this.#connect()
    return () => {
      this.#listener = undefined
      this.#stop()
    }
  }

  dispose(): Promise<void> {
    return Promise.resolve()
  }

  hold(): void {
    this.#held ??= []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const report of held) this.#listener?.report(report)
  }

  cut(): void {
    this.#stop()
    this.#held = undefined
  }

  /** A new line: nothing that was asked by the one before will be heard. */
  renew(why: string): void {
    if (this.#listener === undefined) return
    this.#listener.gone(why)
    this.#connect()
  }

  #connect(): void {
    this.#stop()
    let isMine = true
    const stop = this.#venue().listen({
      report: (report) => {
        if (!isMine) return
        if (this.#held === undefined) this.#listener?.report(report)
        else this.#held.push(report)
      },
      gone: (why) => { if (isMine) this.#listener?.gone(why) },
    })
    this.#stop = () => {
      if (!isMine) return
      isMine = false
      stop()
    }
  }
}
