import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse } from '../entry-form/index.ts'

/** A probability law as plain data. */
export type Law =
  | { readonly law: 'normal'; readonly mean: number; readonly sd: number }
  /** ln x is normal. */
  | { readonly law: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly law: 'gamma'; readonly shape: number; readonly rate: number }
  | { readonly law: 'exponential'; readonly rate: number }
  | { readonly law: 'beta'; readonly a: number; readonly b: number }
  /** Student's, not scaled: its variance is df / (df - 2). */
  | { readonly law: 't'; readonly df: number }
  | { readonly law: 'poisson'; readonly lambda: number }
  /** Failures before `size` successes of probability `prob`; `size` need not be whole. */
  | { readonly law: 'nbinom'; readonly size: number; readonly prob: number }

export type LawName = Law['law']
export const lawNames: readonly LawName[] = ['normal', 'lognormal', 'gamma', 'exponential', 'beta', 't', 'poisson', 'nbinom']

export const isDiscrete = (law: Law): boolean => law.law === 'poisson' || law.law === 'nbinom'

/** Beyond it neighbouring counts differ by less than the functions' last digits. */
const countMeanMost = 1e9

function meanCount(law: Law): number {
  if (law.law === 'poisson') return law.lambda
  return law.law === 'nbinom' ? Math.max(law.size, (law.size * (1 - law.prob)) / law.prob) : 0
}

/** The law itself when its parameters are possible. */
export function checkLaw(law: Law): Result<Law, QuantError> {
  const { law: title, ...numbers } = law
  for (const [name, value] of Object.entries(numbers) as readonly [string, number][]) {
    const isLocation = name === 'mean' || name === 'mu'
    const below = name === 'prob' ? 1 : Infinity
    if (Number.isFinite(value) && (isLocation || (value > 0 && value < below))) continue
    const expected = isLocation ? 'finite' : name === 'prob' ? 'between 0 and 1' : 'above 0 and finite'
    return refuse('bad-parameter', `${name} of the ${title} law is expected to be ${expected}, but it was ${value}.`)
  }
  if (meanCount(law) <= countMeanMost) return ok(law)
  return refuse('bad-parameter', `The mean of a law of counts is expected to be at most ${countMeanMost}.`)
}
