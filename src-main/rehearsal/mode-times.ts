import type { EngineMode } from '../domain/index.ts'

/** `down`: no program runs; it is coming back from a crash. */
export type TimedMode = EngineMode | 'down'

export interface Spell {
  readonly mode: TimedMode
  readonly reason: string
  readonly times: number
  readonly ms: number
}

/** How long the program was in each mode, and why it was not active. */
export class ModeTimes {
  readonly #modes = new Map<TimedMode, number>()
  readonly #spells = new Map<string, { mode: TimedMode; reason: string; times: number; ms: number }>()
  #mode: TimedMode = 'down'
  #reason: string
  #since: number

  constructor(at: number, reason: string) {
    this.#since = at
    this.#reason = reason
  }

  become(mode: TimedMode, reason: string, at: number): void {
    if (mode === this.#mode && reason === this.#reason) return
    this.close(at)
    this.#mode = mode
    this.#reason = reason
  }

  /** Counts what has passed of the mode that goes on. */
  close(at: number): void {
    const ms = at - this.#since
    this.#since = at
    if (ms <= 0) return
    this.#modes.set(this.#mode, (this.#modes.get(this.#mode) ?? 0) + ms)
    if (this.#mode === 'active') return
    // How far a clock jumped makes no other reason of it.
    const reason = this.#reason.replace(/-?\d+/g, '…')
    const key = `${this.#mode}: ${reason}`
    const spell = this.#spells.get(key) ?? { mode: this.#mode, reason, times: 0, ms: 0 }
    this.#spells.set(key, { ...spell, times: spell.times + 1, ms: spell.ms + ms })
  }

  get modes(): ReadonlyMap<TimedMode, number> {
    return this.#modes
  }

  /** The longest first. */
  get spells(): readonly Spell[] {
    return [...this.#spells.values()].sort((a, b) => b.ms - a.ms || (a.reason < b.reason ? -1 : 1))
  }
}
