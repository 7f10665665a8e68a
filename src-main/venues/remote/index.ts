/** The face of venues in processes of their own: what is said, and the engine's end of the line. */
export { RemoteVenue } from './remote-venue.ts'
export type { RemoteReset, RemoteStatus, RemoteVenueParts, VenueNews, VenueWire } from './remote-venue.ts'
export type { FromVenue, OpenPaper, ToVenue } from './venue-messages.ts'
