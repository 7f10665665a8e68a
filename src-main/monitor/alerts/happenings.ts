import type { EngineEvent } from '../../domain/index.ts'
import { finding, type Finding } from './alert-rules.ts'
import { alertLimits as limits } from './readings.ts'

/** The alerts that one event is, by itself. What lasts, such as a halt, is found by its state. */
export function happeningsOfEvent(event: EngineEvent): readonly Finding[] {
  return event.kind === 'clock-jumped' ? [finding('clock-jumped', { byMs: event.byMs })] : []
}

/** A loop that was silent for so long slept with its machine; no event says so when nothing was active. */
export function happeningsOfStall(stallMs: number): readonly Finding[] {
  return stallMs >= limits.sleptMs ? [finding('machine-slept', { silentMs: Math.round(stallMs) })] : []
}

/** What the start of an engine finds out about the one before it. */
export interface StartFacts {
  readonly restarts: number
  /** What was cut off the journal’s end, if anything. */
  readonly tailCutBytes?: number | undefined
  /** Why the books’ database had to be built anew, if it had to. */
  readonly booksRebuilt?: string | undefined
}

export function happeningsOfStart({ restarts, tailCutBytes, booksRebuilt }: StartFacts): readonly Finding[] {
  return [
    ...(restarts > 0 ? [finding('engine-restarted', { restarts })] : []),
    ...(tailCutBytes !== undefined && tailCutBytes > 0 ? [finding('tail-cut', { bytes: tailCutBytes })] : []),
    ...(booksRebuilt === undefined ? [] : [finding('books-rebuilt', { detail: booksRebuilt })]),
  ]
}

/** Wrong secrets in a row; a single one is a slip of the finger. */
export function happeningsOfLockTries(tries: number): readonly Finding[] {
  return tries > 0 && tries % limits.lockTries === 0 ? [finding('lock-tries', { tries })] : []
}
