/** Time, for those who may read it. The engine may not: it gets times with its inputs. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump. */
  wallMs(): number
  /** Milliseconds since some moment. Never goes back. */
  monotonicMs(): number
}
