/** The time in which a venue and the line to it live: the wall's, or one in which a month takes minutes. */
export interface Timeline {
  readonly now: number
  after(delayMs: number, run: () => void): void
}
