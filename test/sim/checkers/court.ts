/** Where checks are counted and failures kept. A check that was never made is seen by its count of zero. */
export const invariantIds: readonly string[] = [...Array.from({ length: 24 }, (_, index) => `I${index + 1}`), ...Array.from({ length: 8 }, (_, index) => `C${index + 1}`)]

export interface Violation {
  readonly id: string
  readonly seed: number
  /** Virtual milliseconds. */
  readonly at: number
  /** Number of the step within the run. */
  readonly step: number
  readonly detail: string
}

/** One broken rule tends to break at every step after it: the first few say it all. */
const keptMax = 5

export class Court {
  readonly #counts = new Map<string, number>(invariantIds.map((id) => [id, 0]))
  readonly #violations: Violation[] = []
  readonly #seed: number
  at = 0
  step = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  check(id: string, holds: boolean, detail: () => string): void {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1)
    if (holds) return
    if (this.#violations.filter((known) => known.id === id).length >= keptMax) return
    this.#violations.push({ id, seed: this.#seed, at: this.at, step: this.step, detail: detail() })
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  get violations(): readonly Violation[] {
    return this.#violations
  }
}
