/** From where on a figure asks for attention. */
export const limits = {
  /** The engine speaks once a second: three missed words are a silence. */
  watchSilenceMs: 3_000,
  clockSilenceMs: 3_000,
  driftMs: 250,
  stallMs: 250,
  roundTripMs: 250,
} as const
