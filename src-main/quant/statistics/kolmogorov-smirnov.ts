import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { at } from '../numeric/index.ts'
import { kolmogorovSurvival, normalCdf, studentTCdf } from '../special/index.ts'
import { oneSampleExactP, twoSampleExactP } from './kolmogorov-exact.ts'

/** The law that a sample is compared with, its parameters known beforehand and not estimated from the sample. */
export type Law =
  | { readonly name: 'normal' | 'lognormal' | 'logistic'; readonly mean: number; readonly sd: number }
  | { readonly name: 't'; readonly df: number; readonly loc: number; readonly scale: number }
  | { readonly name: 'uniform'; readonly min: number; readonly max: number }
  | { readonly name: 'exponential'; readonly rate: number }

export interface KolmogorovSmirnov {
  readonly stat: number
  /** In the limit of many values. */
  readonly pLimit: number
  /** For just these many; undefined above some ten thousand. */
  readonly pExact: number | undefined
}

export function ksOneSample(values: Float64Array, law: Law): Result<KolmogorovSmirnov, QuantError> {
  const refusal = refuseSeries('The series', values, 1)
  if (refusal !== undefined) return refusal
  const wrong = wrongOf(law)
  if (wrong !== undefined) return refuse('bad-parameter', wrong)
  const n = values.length
  let stat = 0
  values.toSorted().forEach((value, index) => {
    const share = cdfOf(law, value)
    stat = Math.max(stat, (index + 1) / n - share, share - index / n)
  })
  return ok({ stat, pLimit: kolmogorovSurvival(Math.sqrt(n) * stat), pExact: oneSampleExactP(stat, n) })
}

export function ksTwoSample(first: Float64Array, second: Float64Array): Result<KolmogorovSmirnov, QuantError> {
  const refusal = refuseSeries('The first sample', first, 1) ?? refuseSeries('The second sample', second, 1)
  if (refusal !== undefined) return refusal
  const [left, right] = [first.toSorted(), second.toSorted()]
  const [n, m] = [left.length, right.length]
  let gap = 0
  for (let i = 0, j = 0; i < n && j < m; ) {
    const value = Math.min(at(left, i), at(right, j))
    while (i < n && left[i] === value) i++
    while (j < m && right[j] === value) j++
    gap = Math.max(gap, Math.abs(i * m - j * n))
  }
  const stat = gap / (n * m)
  return ok({ stat, pLimit: kolmogorovSurvival(Math.sqrt((n * m) / (n + m)) * stat), pExact: twoSampleExactP(stat, n, m) })
}

function wrongOf(law: Law): string | undefined {
  if (law.name === 'uniform') {
    return law.max > law.min ? undefined : `Expected a uniform law from below ${law.max}, but from ${law.min}.`
  }
  if (law.name === 'exponential') return law.rate > 0 ? undefined : `Expected a positive rate, but it was ${law.rate}.`
  if (law.name === 't') {
    if (law.df > 0 && law.scale > 0) return undefined
    return `Expected positive degrees of freedom and scale, but they were ${law.df} and ${law.scale}.`
  }
  return law.sd > 0 ? undefined : `Expected a positive sd, but it was ${law.sd}.`
}

function cdfOf(law: Law, value: number): number {
  switch (law.name) {
    case 'normal': return normalCdf((value - law.mean) / law.sd)
    case 'lognormal': return value > 0 ? normalCdf((Math.log(value) - law.mean) / law.sd) : 0
    // The scale of a logistic law is its sd·√3/π.
    case 'logistic': return 1 / (1 + Math.exp(((law.mean - value) / law.sd) * (Math.PI / Math.sqrt(3))))
    case 't': return studentTCdf((value - law.loc) / law.scale, law.df)
    case 'uniform': return Math.min(1, Math.max(0, (value - law.min) / (law.max - law.min)))
    case 'exponential': return value > 0 ? -Math.expm1(-law.rate * value) : 0
  }
}
