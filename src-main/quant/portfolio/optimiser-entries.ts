import { andThen, mapValue, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError, QuantOutput, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, type EntryForm } from '../entry-form/index.ts'
import type { Matrix } from '../numeric/index.ts'
import type { PortfolioConstraints } from './constraints.ts'
import { returnsInput, weightsOutput } from './entry-words.ts'
import { minimumCvar } from './minimum-cvar.ts'
import { sampleMoments } from './moments.ts'
import { maximumDiversification, maximumSharpe, meanVarianceTarget, minimumVariance } from './optimal-weights.ts'
import { bounds, constraintParameters, readConstraints } from './read-constraints.ts'

interface Optimiser extends Omit<EntryForm, 'category' | 'inputs' | 'parameters' | 'run'> {
  /** A number that it needs beside the constraints; NaN is handed on where there is none. */
  readonly number?: QuantParameter
  readonly optimise: (returns: Matrix, constraints: PortfolioConstraints, number: number) => Result<Found, QuantError>
}

interface Found {
  readonly weights: Float64Array
  readonly [figure: string]: number | Float64Array
}

/** What all of them share: constraints, and weights among the outputs. */
const optimiserEntry = ({ number, optimise, ...description }: Optimiser): QuantEntry => createEntry({
  ...description,
  category: 'portfolio',
  inputs: [returnsInput],
  parameters: [...(number === undefined ? [] : [number]), ...constraintParameters],
  readByFunction: bounds,
  run: (call) => andThen(readConstraints(call), (constraints) =>
    optimise(call.matrix(0), constraints, number === undefined ? Number.NaN : call.number(number.name))),
})

const variance: QuantOutput = { name: 'variance', meaning: 'of the portfolio, per period', shape: 'number' }
const limits = 'Fully invested, long only unless longOnly is false; limits that exclude each other are an error that names them.'

const minVariance = optimiserEntry({
  name: 'minVariance',
  title: 'Least variance',
  formula: 'min w\'Sw with Σw = 1; without limits w = S⁻¹1 / 1\'S⁻¹1',
  convention: `${limits} Covariances with one degree of freedom lost.`,
  source: 'Markowitz 1952; Goldfarb and Idnani 1983; R quadprog',
  outputs: [weightsOutput, variance],
  optimise: (returns, constraints) => andThen(
    sampleMoments(returns), ({ covariance }) => record(minimumVariance(covariance, constraints)),
  ),
})

const maxSharpe = optimiserEntry({
  name: 'maxSharpe',
  title: 'Highest Sharpe ratio',
  formula: 'max (w\'μ − rf) / √(w\'Sw) with Σw = 1; without limits w ∝ S⁻¹(μ − rf)',
  convention: `${limits} rf and the ratio are per period. Without limits the weights are scaled to a sum of one even where that sum was `
    + 'negative: the ratio is negative then.',
  source: 'Sharpe 1966, Tobin 1958; R quadprog',
  number: { name: 'rf', kind: 'number', preset: 0, meaning: 'risk-free return per period' },
  outputs: [weightsOutput, { name: 'sharpe', meaning: 'of the portfolio, per period', shape: 'number' }],
  optimise: (returns, constraints, riskFree) => andThen(
    sampleMoments(returns), (moments) => record(maximumSharpe(moments, { ...constraints, riskFree })),
  ),
})

const meanVariance = optimiserEntry({
  name: 'meanVarianceTarget',
  title: 'Least variance for a mean return',
  formula: 'min w\'Sw with Σw = 1 and w\'μ = target',
  convention: `${limits} Means and target per period.`,
  source: 'Markowitz 1952; R quadprog; cvxopt',
  number: { name: 'targetReturn', kind: 'number', meaning: 'mean return per period that the portfolio has to have' },
  outputs: [weightsOutput, variance],
  optimise: (returns, constraints, targetReturn) =>
    andThen(sampleMoments(returns), (moments) => record(meanVarianceTarget(moments, { ...constraints, targetReturn }))),
})

const maxDiversification = optimiserEntry({
  name: 'maxDiversification',
  title: 'Most diversified',
  formula: 'max w\'σ / √(w\'Sw) with Σw = 1',
  convention: limits,
  source: 'Choueifaty and Coignard 2008, Toward maximum diversification',
  outputs: [
    weightsOutput,
    { name: 'diversificationRatio', meaning: 'weighted mean of the deviations over the deviation of the whole', shape: 'number' },
  ],
  optimise: (returns, constraints) => andThen(
    sampleMoments(returns), ({ covariance }) => record(maximumDiversification(covariance, constraints)),
  ),
})

const minCVaR = optimiserEntry({
  name: 'minCVaR',
  title: 'Least conditional value at risk',
  formula: 'min over w and a of a + Σ max(0, −r_t·w − a) / ((1 − level) T) with Σw = 1',
  convention: `${limits} Of the sample itself, as a linear program; a loss is positive, per period. `
    + 'Several portfolios may be equally good.',
  source: 'Rockafellar and Uryasev 2000, Optimization of conditional value-at-risk; scipy linprog (HiGHS)',
  number: {
    name: 'level',
    kind: 'number',
    preset: 0.95,
    least: 0,
    most: 1,
    meaning: 'share of the periods that are not in the tail; between 0 and 1',
  },
  outputs: [weightsOutput, { name: 'cvar', meaning: 'mean of the losses in the tail', shape: 'number' }],
  optimise: (returns, constraints, level) => record(minimumCvar(returns, { ...constraints, level })),
})

/** An interface has no index, and what is read here by name is the same. */
const record = <Value extends { readonly weights: Float64Array }>(result: Result<Value, QuantError>): Result<Found, QuantError> =>
  mapValue(result, (value) => ({ ...value }))

export const optimiserEntries: readonly QuantEntry[] = [minVariance, maxSharpe, meanVariance, maxDiversification, minCVaR]
