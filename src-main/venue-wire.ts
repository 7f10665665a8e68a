import type { ParentLink } from './supervisor/index.ts'
import type { VenueWire } from './venues/remote/index.ts'

/** The engine's way to the venue's process: by whoever started both. */
export const venueWireOf = (link: ParentLink): VenueWire => ({
  want: () => link.send({ kind: 'venue-wanted' }),
  send: (life, body) => link.send({ kind: 'to-venue', life, body }),
  onNews: (listener) => link.onMessage((message) => {
    if (message.kind === 'venue') listener(message.news)
  }),
})
