/** The face of the venue's own process. */
export { VenueHost } from './venue-host.ts'
export type { VenueHostParts } from './venue-host.ts'
export { openTruth } from './open-truth.ts'
export type { OpenTruthParts, TruthOpening } from './open-truth.ts'
export { journalKeysOf, venueKeysOf } from './venue-keys.ts'
export { venueParentLink } from './venue-parent-link.ts'
export type { VenueParentLink } from './venue-parent-link.ts'
export { BatchReader, recordsOfBatch } from './truth-records.ts'
