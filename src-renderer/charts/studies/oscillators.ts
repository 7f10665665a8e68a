import type { Bar } from '../bar.ts'
import { exponentialWeight, isSmooth, notSmoothed, smoothedBy, type Smoothed } from './averages.ts'
import type { Study } from './study.ts'

interface Strength {
  readonly close: number | undefined
  readonly gain: Smoothed
  readonly loss: Smoothed
}

/** Wilder's relative strength: gains against losses, smoothed by one part in `period`; 50 where nothing moved at all. */
export const relativeStrength = (period: number): Study<Strength> => ({
  start: { close: undefined, gain: notSmoothed, loss: notSmoothed },
  step({ close: before, gain, loss }, { close }) {
    if (before === undefined) return { close, gain, loss }
    const change = close - before
    return {
      close,
      gain: smoothedBy(gain, Math.max(0, change), period, 1 / period),
      loss: smoothedBy(loss, Math.max(0, -change), period, 1 / period),
    }
  },
  read({ gain, loss }) {
    if (!isSmooth(gain, period)) return [undefined]
    const both = gain.value + loss.value
    return [both === 0 ? 50 : (100 * gain.value) / both]
  },
})

interface Convergence {
  readonly fast: Smoothed
  readonly slow: Smoothed
  readonly signal: Smoothed
}

/** Line, signal, and the difference of the two. */
export const macd = (fastPeriod: number, slowPeriod: number, signalPeriod: number): Study<Convergence> => ({
  start: { fast: notSmoothed, slow: notSmoothed, signal: notSmoothed },
  step({ fast, slow, signal }, { close }) {
    const nextFast = smoothedBy(fast, close, fastPeriod, exponentialWeight(fastPeriod))
    const nextSlow = smoothedBy(slow, close, slowPeriod, exponentialWeight(slowPeriod))
    const nextSignal = isSmooth(nextSlow, slowPeriod)
      ? smoothedBy(signal, nextFast.value - nextSlow.value, signalPeriod, exponentialWeight(signalPeriod))
      : signal
    return { fast: nextFast, slow: nextSlow, signal: nextSignal }
  },
  read({ fast, slow, signal }) {
    if (!isSmooth(slow, slowPeriod)) return [undefined, undefined, undefined]
    const line = fast.value - slow.value
    if (!isSmooth(signal, signalPeriod)) return [line, undefined, undefined]
    return [line, signal.value, line - signal.value]
  },
})

interface Range {
  readonly close: number | undefined
  readonly range: Smoothed
}

const trueRange = (before: number | undefined, { high, low }: Bar): number =>
  before === undefined ? high - low : Math.max(high, before) - Math.min(low, before)

/** Wilder's average of the true range: how far a bar goes, gaps included. */
export const averageTrueRange = (period: number): Study<Range> => ({
  start: { close: undefined, range: notSmoothed },
  step: ({ close: before, range }, bar) => ({
    close: bar.close,
    range: smoothedBy(range, trueRange(before, bar), period, 1 / period),
  }),
  read: ({ range }) => [isSmooth(range, period) ? range.value : undefined],
})
