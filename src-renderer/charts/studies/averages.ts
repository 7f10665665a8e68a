import type { Study } from './study.ts'

interface Recent {
  /** The last `period` closes, oldest first. */
  readonly closes: readonly number[]
}

const pushed = (closes: readonly number[], close: number, period: number): readonly number[] =>
  closes.length < period ? [...closes, close] : [...closes.slice(closes.length - period + 1), close]

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const simpleAverage = (period: number): Study<Recent> => ({
  start: { closes: [] },
  step: ({ closes }, { close }) => ({ closes: pushed(closes, close, period) }),
  read: ({ closes }) => [closes.length < period ? undefined : meanOf(closes)],
})

/** The mean, and so many standard deviations of the population around it: middle, upper, lower. */
export const bollinger = (period: number, width: number): Study<Recent> => ({
  start: { closes: [] },
  step: ({ closes }, { close }) => ({ closes: pushed(closes, close, period) }),
  read({ closes }) {
    if (closes.length < period) return [undefined, undefined, undefined]
    const middle = meanOf(closes)
    const spread = width * Math.sqrt(meanOf(closes.map((close) => (close - middle) ** 2)))
    return [middle, middle + spread, middle - spread]
  },
})

export interface Smoothed {
  readonly count: number
  /** While there are too few values their sum, then the average. */
  readonly value: number
}

export const notSmoothed: Smoothed = { count: 0, value: 0 }

/** Begins with the mean of the first `period` values, then moves by `weight` of each difference. */
export function smoothedBy({ count, value }: Smoothed, next: number, period: number, weight: number): Smoothed {
  if (count + 1 < period) return { count: count + 1, value: value + next }
  if (count + 1 === period) return { count: period, value: (value + next) / period }
  return { count, value: value + weight * (next - value) }
}

export const isSmooth = ({ count }: Smoothed, period: number): boolean => count >= period

export const exponentialWeight = (period: number): number => 2 / (period + 1)

export const exponentialAverage = (period: number): Study<Smoothed> => ({
  start: notSmoothed,
  step: (state, { close }) => smoothedBy(state, close, period, exponentialWeight(period)),
  read: (state) => [isSmooth(state, period) ? state.value : undefined],
})
