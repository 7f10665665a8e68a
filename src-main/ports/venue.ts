import type { VenueReport, VenueRequest } from '../domain/index.ts'

export interface VenueListener {
  report(report: VenueReport): void
  /** The far side ended: of what it was asked and has not answered, nothing will be heard. */
  gone(why: string): void
}

/**
 * The far side of the engine's requests. Each is given once and is carried at most once, whatever happens on the way; what became of
 * it comes back as reports, late, twice or never. Nothing here waits.
 */
export interface Venue {
  perform(request: VenueRequest): void
  /** The answer ends it. */
  listen(listener: VenueListener): () => void
  dispose(): Promise<void>
}
