import { watchLoop, type LoopWatch } from './loop-watch.ts'

/** What wakes the runtime: the timers of this process, or those of a time in which a month takes minutes. */
export interface Timers {
  /** The answer ends it, as below. */
  every(periodMs: number, work: () => void): () => void
  after(delayMs: number, work: () => void): () => void
  watchLoop(): LoopWatch
  /** Between two looks at the clock; 250 ms where it is not said. */
  readonly clockPeriodMs?: number
}

export const systemTimers: Timers = {
  every(periodMs, work) {
    const timer = setInterval(work, periodMs)
    return () => clearInterval(timer)
  },
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs)
    return () => clearTimeout(timer)
  },
  watchLoop,
}
