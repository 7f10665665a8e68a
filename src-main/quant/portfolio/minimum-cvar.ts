import { ok, type Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseMatrix } from '../entry-form/index.ts'
import { at, multiplyVector, rowOf, scaleMatrix, type Matrix } from '../numeric/index.ts'
import { limitsOf, type PortfolioConstraints, type WeightLimits } from './constraints.ts'
import { ensureFeasible } from './feasibility.ts'
import { settled } from './limited-quadratic.ts'
import { solveLinearProgram, type LinearProgram } from './solvers/linear-program.ts'

export interface CvarChoice extends PortfolioConstraints {
  /** Between 0 and 1, for example 0.95. */
  readonly level: number
}

export interface CvarWeights {
  readonly weights: Float64Array
  /** The mean of the worst `1 − level` of the losses; a loss is positive. */
  readonly cvar: number
}

/**
 * The least conditional value at risk of the sample, exactly (Rockafellar and Uryasev 2000). Their linear program has a row
 * for each period; its dual, solved here, has one for each asset, and its multipliers are the weights.
 */
export function minimumCvar(returns: Matrix, { level, ...constraints }: CvarChoice): Result<CvarWeights, QuantError> {
  const refusal = refuseMatrix('returns', returns, 2)
  if (refusal !== undefined) return refusal
  if (!(level > 0 && level < 1)) return refuse('bad-parameter', `level is expected to be between 0 and 1, not ${level}.`)
  const limits = limitsOf(returns.columns, constraints)
  if (!limits.ok) return limits
  const feasible = ensureFeasible(limits.value)
  if (!feasible.ok) return feasible
  const size = returns.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const answer = solveLinearProgram(dualProgram(scaleMatrix(returns, 1 / size), level, limits.value))
  // Without limits a position against another may grow for ever, and the loss with it below zero.
  if (answer.kind === 'infeasible') {
    return refuse('degenerate', 'The loss can be made as small as one likes: weights need bounds.')
  }
  if (answer.kind !== 'optimal') return refuse('not-converged', 'The linear program did not come to an end.')
  const weights = settled(answer.multipliers.slice(1).map((value) => -value), limits.value)
  const cvar = sampleCvar(returns, weights, level)
  // The value of the program and that of the weights are the same number by two ways.
  if (!(Math.abs(cvar / size + answer.value) <= 1e-7)) {
    return refuse('not-converged', 'The linear program lost its precision.')
  }
  return ok({ weights, cvar })
}

/** The mean of the worst losses, of which the last may count in part. */
export function sampleCvar(returns: Matrix, weights: Float64Array, level: number): number {
  const losses = multiplyVector(returns, weights).map((value) => -value).toSorted().toReversed()
  const tail = (1 - level) * losses.length
  let sum = 0
  for (let rank = 0; rank < tail && rank < losses.length; rank++) sum += Math.min(1, tail - rank) * at(losses, rank)
  return sum / tail
}

/** Which probabilities of the periods, none above its cap, make the best portfolio's loss largest. */
function dualProgram(returns: Matrix, level: number, { assets, lower, upper, rows }: WeightLimits): LinearProgram {
  const variables: Variable[] = []
  const cap = 1 / ((1 - level) * returns.rows)
  for (let period = 0; period < returns.rows; period++) {
    variables.push({ column: Float64Array.from([1, ...rowOf(returns, period)]), cost: 0, lower: 0, upper: cap })
  }
  variables.push(
    { column: Float64Array.from([0, ...new Float64Array(assets).fill(1)]), cost: -1, lower: -Infinity, upper: Infinity },
  )
  const price = (coefficients: Float64Array, bound: number, sign: 1 | -1): void => {
    if (!Number.isFinite(bound)) return
    variables.push(
      {
        column: Float64Array.from([0, ...coefficients.map((value) => sign * value)]),
        cost: -sign * bound,
        lower: 0,
        upper: Infinity,
      },
    )
  }
  for (let asset = 0; asset < assets; asset++) {
    const unit = new Float64Array(assets)
    unit[asset] = 1
    price(unit, at(lower, asset), 1)
    price(unit, at(upper, asset), -1)
  }
  for (const { coefficients, least, most } of rows) {
    price(coefficients, least, 1)
    price(coefficients, most, -1)
  }
  const totals = new Float64Array(assets + 1)
  totals[0] = 1
  return {
    columns: variables.map(({ column }) => column),
    costs: Float64Array.from(variables, ({ cost }) => cost),
    lower: Float64Array.from(variables, (variable) => variable.lower),
    upper: Float64Array.from(variables, (variable) => variable.upper),
    totals,
  }
}

interface Variable {
  readonly column: Float64Array
  readonly cost: number
  readonly lower: number
  readonly upper: number
}
