import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, refuse, refuseSeries } from '../entry-form/index.ts'
import { excessKurtosisOf, momentsOf, skewOf, varianceOf } from '../numeric/index.ts'
import { kolmogorovCritical } from '../special/index.ts'
import { checkLaw, isDiscrete } from './law.ts'
import type { Law } from './law.ts'
import { lawCdf } from './law-functions.ts'

export interface SampleMomentsFound {
  readonly n: number
  readonly mean: number
  /** With ddof 1; null for one value. */
  readonly variance: number | null
  /** Biased; null for a constant sample. */
  readonly skew: number | null
  readonly exKurtosis: number | null
}

export type SampleCheck = SampleMomentsFound & (ContinuousGap | CountGap)

export interface ContinuousGap {
  readonly kind: 'continuous'
  /** The largest gap between the sample's distribution and the law's (Kolmogorov and Smirnov). */
  readonly ksStat: number
  /** The gap that 5 and 1 of 100 samples of this length exceed, by the limit for large n. */
  readonly ksCritical05: number
  readonly ksCritical01: number
}

export interface CountGap {
  readonly kind: 'counts'
  /** How often 0, 1, 2, ... came. */
  readonly counts: Float64Array
  readonly maxCdfGap: number
}

/** A longer list of counts tells nobody anything, and a single wild value could ask for any length. */
const countMost = 1_000_000

/** How a sample compares to a law whose parameters were not taken from it. */
export function sampleCheck(sample: Float64Array, law: Law): Result<SampleCheck, QuantError> {
  const checked = checkLaw(law)
  if (!checked.ok) return checked
  const refusal = refuseSeries('sample', sample, 1)
  if (refusal !== undefined) return refusal
  if (!isDiscrete(law)) return ok({ ...momentsFound(sample), ...continuousGap(sample, law) })
  const strange = sample.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value <= countMost))
  if (strange < 0) return ok({ ...momentsFound(sample), ...countGap(sample, law) })
  return refuse(
    'bad-input', `The sample is expected to hold counts from 0 to ${countMost}, but the value at ${strange} is ${sample[strange]}.`,
  )
}

function momentsFound(sample: Float64Array): SampleMomentsFound {
  const moments = momentsOf(sample)
  return {
    n: moments.n, mean: moments.mean, variance: available(varianceOf(moments, 1)),
    skew: available(skewOf(moments)), exKurtosis: available(excessKurtosisOf(moments)),
  }
}

function continuousGap(sample: Float64Array, law: Law): ContinuousGap {
  const n = sample.length
  let gap = 0
  for (const [rank, value] of sample.toSorted().entries()) {
    const probability = lawCdf(law, value)
    gap = Math.max(gap, (rank + 1) / n - probability, probability - rank / n)
  }
  const root = Math.sqrt(n)
  return { kind: 'continuous', ksStat: gap, ksCritical05: kolmogorovCritical(0.05) / root, ksCritical01: kolmogorovCritical(0.01) / root }
}

function countGap(sample: Float64Array, law: Law): CountGap {
  const counts = new Float64Array(sample.reduce((most, value) => Math.max(most, value)) + 1)
  for (const value of sample) counts[value] = (counts[value] as number) + 1
  let gap = 0
  let seen = 0
  for (const [value, count] of counts.entries()) {
    seen += count
    gap = Math.max(gap, Math.abs(seen / sample.length - lawCdf(law, value)))
  }
  return { kind: 'counts', counts, maxCdfGap: gap }
}
