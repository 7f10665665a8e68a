import { at } from './matrix.ts'

/** The central moments of a sample, each divided by its length. */
export interface SampleMoments {
  readonly n: number
  readonly mean: number
  readonly second: number
  readonly third: number
  readonly fourth: number
  /** All values are the same: then the second moment is 0 and not the square of a rounding error. */
  readonly isConstant: boolean
}

/** Twice: the second pass adds what rounding left out of the first. */
export function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  const rough = sum / values.length
  let rest = 0
  for (const value of values) rest += value - rough
  return rough + rest / values.length
}

export const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0])

export function momentsOf(values: Float64Array): SampleMoments {
  const n = values.length
  if (isConstant(values)) return { n, mean: values[0] ?? Number.NaN, second: 0, third: 0, fourth: 0, isConstant: true }
  const mean = meanOf(values)
  let [second, third, fourth] = [0, 0, 0]
  for (const value of values) {
    const gap = value - mean
    const square = gap * gap
    second += square
    third += square * gap
    fourth += square * square
  }
  return { n, mean, second: second / n, third: third / n, fourth: fourth / n, isConstant: false }
}

/** With `n - ddof` in the denominator; not a number where nothing is left of it. */
export const varianceOf = ({ n, second }: SampleMoments, ddof: number): number => (n > ddof ? (second * n) / (n - ddof) : Number.NaN)
export const deviationOf = (moments: SampleMoments, ddof: number): number => Math.sqrt(varianceOf(moments, ddof))

/** Biased, as the moments are; not a number for a constant sample. */
export const skewOf = ({ second, third }: SampleMoments): number => third / (second * Math.sqrt(second))
export const excessKurtosisOf = ({ second, fourth }: SampleMoments): number => fourth / (second * second) - 3

/** Of Hyndman and Fan (1996), numbered as in R. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export function quantileOfSorted(ascending: Float64Array, share: number, type: QuantileType = 7): number {
  const n = ascending.length
  const orderStatistic = (place: number): number => at(ascending, Math.max(1, Math.min(n, place)) - 1)
  const position = snapped(positionOf(n, share, type))
  const whole = Math.floor(position)
  const rest = position - whole
  const low = orderStatistic(whole)
  const high = orderStatistic(whole + 1)
  if (type === 1) return rest === 0 ? low : high
  if (type === 2) return rest === 0 ? low / 2 + high / 2 : high
  if (type === 3) return rest === 0 && whole % 2 === 0 ? low : high
  return rest === 0 || low === high ? low : (1 - rest) * low + rest * high
}

/** From 1 to n, between which order statistics the quantile lies. */
function positionOf(n: number, share: number, type: QuantileType): number {
  if (type === 1 || type === 2 || type === 4) return n * share
  if (type === 3) return n * share - 0.5
  const a = { 5: 0.5, 6: 0, 7: 1, 8: 1 / 3, 9: 3 / 8 }[type]
  return a + share * (n + 1 - 2 * a)
}

/** 1 - 0.95 is not 0.05: a product that is whole but for rounding is taken as whole, or one observation changes sides. */
export function snapped(position: number): number {
  const whole = Math.round(position)
  return Math.abs(position - whole) <= 1e-12 * Math.max(1, whole) ? whole : position
}
