/**
 * Tells one reader what changed, seldom enough for a screen and soon enough for a person: at once when nothing was told for a while, else when the
 * gap is over. What happens meanwhile is told together.
 */
export interface TellerParts {
  readonly gapMs: number
  /** Looks by itself after this long, for what changes without an event: prices. */
  readonly lookMs?: number
  readonly tell: () => void
  readonly onBug: (error: unknown) => void
}

export class Teller {
  readonly #parts: TellerParts
  #timer: NodeJS.Timeout | undefined
  #dueAt = Number.POSITIVE_INFINITY
  #toldAt = Number.NEGATIVE_INFINITY
  #isOver = false

  constructor(parts: TellerParts) {
    this.#parts = parts
    this.#plan()
  }

  /** There may be news. Never tells from within the caller: he has his own work to end first. */
  nudge(): void {
    this.#arm(Math.max(performance.now(), this.#toldAt + this.#parts.gapMs))
  }

  dispose(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  #plan(): void {
    if (this.#parts.lookMs !== undefined) this.#arm(performance.now() + this.#parts.lookMs)
  }

  #arm(dueAt: number): void {
    if (this.#isOver || dueAt >= this.#dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, Math.ceil(dueAt - performance.now())))
  }

  #tell(): void {
    this.#dueAt = Number.POSITIVE_INFINITY
    this.#toldAt = performance.now()
    try {
      this.#parts.tell()
    } catch (error) {
      this.dispose()
      return this.#parts.onBug(error)
    }
    this.#plan()
  }
}
