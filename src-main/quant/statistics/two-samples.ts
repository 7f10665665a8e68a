import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { at, isConstant, meanOf, momentsOf, varianceOf } from '../numeric/index.ts'
import { normalTwoSided, studentTTwoSided } from '../special/index.ts'

export interface WelchResult {
  readonly t: number
  readonly p: number
  readonly df: number
}

/** Equal means without equal variances; two-sided, degrees of freedom of Welch and Satterthwaite. */
export function welchT(first: Float64Array, second: Float64Array): Result<WelchResult, QuantError> {
  const refusal = refuseSeries('The first sample', first, 2) ?? refuseSeries('The second sample', second, 2)
  if (refusal !== undefined) return refusal
  if (isConstant(first) && isConstant(second)) return refuse('degenerate', 'Neither sample varies.')
  const left = isConstant(first) ? 0 : varianceOf(momentsOf(first), 1) / first.length
  const right = isConstant(second) ? 0 : varianceOf(momentsOf(second), 1) / second.length
  const t = (meanOf(first) - meanOf(second)) / Math.sqrt(left + right)
  const df = (left + right) ** 2 / (left ** 2 / (first.length - 1) + right ** 2 / (second.length - 1))
  return ok({ t, p: studentTTwoSided(t, df), df })
}

export interface MannWhitneyResult {
  /** Of the first sample. */
  readonly U: number
  readonly p: number
}

/** Ranks of two samples: normal approximation with corrections for continuity and ties, two-sided. */
export function mannWhitney(first: Float64Array, second: Float64Array): Result<MannWhitneyResult, QuantError> {
  const refusal = refuseSeries('The first sample', first, 1) ?? refuseSeries('The second sample', second, 1)
  if (refusal !== undefined) return refusal
  const [n, m] = [first.length, second.length]
  const both = Float64Array.from([...first, ...second])
  const order = Array.from(both.keys()).sort((left, right) => at(both, left) - at(both, right))
  let ranks = 0
  let ties = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && both[order[to + 1] as number] === both[order[from] as number]) to++
    const rank = (from + to) / 2 + 1
    for (let place = from; place <= to; place++) ranks += (order[place] as number) < n ? rank : 0
    const tied = to - from + 1
    ties += tied ** 3 - tied
    from = to + 1
  }
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  if (!(variance > 0)) return refuse('degenerate', 'All values are the same.')
  const U = ranks - (n * (n + 1)) / 2
  const larger = Math.max(U, n * m - U)
  const z = (larger - (n * m) / 2 - 0.5) / Math.sqrt(variance)
  return ok({ U, p: z <= 0 ? 1 : normalTwoSided(z) })
}
