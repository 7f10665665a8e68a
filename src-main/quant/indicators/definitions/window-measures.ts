import { quantileOfSorted } from '../../numeric/index.ts'

/**
 * Measures of one window, oldest value first. NaN where the definition has no answer. The window is lent for the bar: some put
 * it in order.
 */

/** Share of the earlier values that are below the newest, 0 … 100. */
export function percentRankOf(window: Float64Array): number {
  const earlier = window.length - 1
  const newest = window[earlier] ?? Number.NaN
  let below = 0
  for (let index = 0; index < earlier; index++) if ((window[index] ?? Number.NaN) < newest) below++
  return Number.isNaN(newest) ? newest : (100 * below) / earlier
}

/** Deviations are taken from the newest value first, so that a constant window has exactly none. */
function meanOf(window: Float64Array): number {
  const newest = window[window.length - 1] ?? Number.NaN
  let total = 0
  for (let index = 0; index < window.length; index++) total += (window[index] as number) - newest
  return newest + total / window.length
}

/** Σ(value − mean)^power / n for the powers 2, 3 and 4. */
function momentOf(window: Float64Array, mean: number, power: 2 | 3 | 4): number {
  let total = 0
  for (let index = 0; index < window.length; index++) {
    const deviation = (window[index] as number) - mean
    const square = deviation * deviation
    total += power === 2 ? square : power === 3 ? square * deviation : square * square
  }
  return total / window.length
}

export function skewnessOf(window: Float64Array): number {
  const mean = meanOf(window)
  const second = momentOf(window, mean, 2)
  return second === 0 ? Number.NaN : momentOf(window, mean, 3) / second ** 1.5
}

export function excessKurtosisOf(window: Float64Array): number {
  const mean = meanOf(window)
  const second = momentOf(window, mean, 2)
  return second === 0 ? Number.NaN : momentOf(window, mean, 4) / second ** 2 - 3
}

/** Of a window that is in order. Typed arrays sort NaN to the end, where it would go unseen. */
const quantileOfOrdered = (window: Float64Array, share: number): number =>
  Number.isNaN(window[window.length - 1]) ? Number.NaN : quantileOfSorted(window, share)

export const quantileOf = (window: Float64Array, share: number): number => quantileOfOrdered(window.sort(), share)

export function interquartileRangeOf(window: Float64Array): number {
  window.sort()
  return quantileOfOrdered(window, 0.75) - quantileOfOrdered(window, 0.25)
}

export function medianDeviationOf(window: Float64Array): number {
  const median = quantileOf(window, 0.5)
  for (let index = 0; index < window.length; index++) window[index] = Math.abs((window[index] as number) - median)
  return quantileOf(window, 0.5)
}

export function meanDeviationOf(window: Float64Array): number {
  const mean = meanOf(window)
  let total = 0
  for (let index = 0; index < window.length; index++) total += Math.abs((window[index] as number) - mean)
  return total / window.length
}

const smaller = (a: number, b: number): number => Math.min(a, b)
const greater = (a: number, b: number): number => Math.max(a, b)

/** Shannon's entropy in bits of how the values fall into equal bins between the lowest and the highest. */
export function entropyOf(window: Float64Array, bins: number): number {
  const low = window.reduce(smaller)
  const high = window.reduce(greater)
  if (!(high > low)) return high === low ? 0 : Number.NaN
  const counts = new Float64Array(bins)
  for (const value of window) {
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts.reduce(
    (total, count) => (count === 0 ? total : total - (count / window.length) * Math.log2(count / window.length)), 0,
  )
}

/** Mean of R/S over consecutive parts of one length: range of the running sum of deviations, over the standard deviation. */
function rescaledRange(window: Float64Array, length: number): number {
  let total = 0
  let parts = 0
  for (let start = window.length - length; start >= 0; start -= length) {
    const part = window.subarray(start, start + length)
    const mean = meanOf(part)
    const spread = Math.sqrt(momentOf(part, mean, 2))
    if (spread === 0) continue
    let sum = 0
    let low = 0
    let high = 0
    for (let index = 0; index < length; index++) {
      sum += (part[index] as number) - mean
      low = Math.min(low, sum)
      high = Math.max(high, sum)
    }
    total += (high - low) / spread
    parts++
  }
  return parts === 0 ? Number.NaN : total / parts
}

/** Slope of ln(R/S) over ln(length), the lengths being the window, its half, quarter … down to 8. */
export function hurstOf(window: Float64Array): number {
  const points: (readonly [number, number])[] = []
  for (let length = window.length; length >= 8; length = Math.floor(length / 2)) {
    const ranged = rescaledRange(window, length)
    if (ranged > 0) points.push([Math.log(length), Math.log(ranged)])
  }
  const meanX = points.reduce((total, [x]) => total + x, 0) / points.length
  const meanY = points.reduce((total, [, y]) => total + y, 0) / points.length
  const spread = points.reduce((total, [x]) => total + (x - meanX) ** 2, 0)
  return points.length < 2 ? Number.NaN : points.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0) / spread
}

export function autocorrelationOf(window: Float64Array, lag: number): number {
  const mean = meanOf(window)
  let total = 0
  for (let index = lag; index < window.length; index++) total += ((window[index] ?? Number.NaN) - mean) * (
    (window[index - lag] ?? Number.NaN) - mean
  )
  const spread = momentOf(window, mean, 2) * window.length
  return spread === 0 ? Number.NaN : total / spread
}

/** Spearman's correlation of the values with time, ties by their mean rank; 100 for a steady rise. */
export function rankCorrelationOf(window: Float64Array): number {
  const n = window.length
  let product = 0
  let square = 0
  for (let index = 0; index < n; index++) {
    const value = window[index] as number
    let below = 0
    let above = 0
    for (let other = 0; other < n; other++) {
      if ((window[other] as number) < value) below++
      else if ((window[other] as number) > value) above++
    }
    // Twice the rank's distance from the middle one, and twice the time's.
    product += (below - above) * (2 * index - n + 1)
    square += (below - above) ** 2
  }
  return square === 0 ? Number.NaN : (100 * product) / Math.sqrt(square * ((n * (n * n - 1)) / 3))
}

export interface Together {
  readonly xx: number
  readonly yy: number
  readonly xy: number
}

/** Sums of squares and products of the deviations from both means. */
export function deviationsOf(x: Float64Array, y: Float64Array): Together {
  const n = x.length
  const [newestX, newestY] = [x[n - 1] ?? Number.NaN, y[n - 1] ?? Number.NaN]
  let [sumX, sumY] = [0, 0]
  for (let index = 0; index < n; index++) {
    sumX += (x[index] ?? Number.NaN) - newestX
    sumY += (y[index] ?? Number.NaN) - newestY
  }
  let [xx, yy, xy] = [0, 0, 0]
  for (let index = 0; index < n; index++) {
    const a = (x[index] ?? Number.NaN) - newestX - sumX / n
    const b = (y[index] ?? Number.NaN) - newestY - sumY / n
    xx += a * a
    yy += b * b
    xy += a * b
  }
  return { xx, yy, xy }
}

export function correlationOf(x: Float64Array, y: Float64Array): number {
  const { xx, yy, xy } = deviationsOf(x, y)
  return xx === 0 || yy === 0 ? Number.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)))
}
