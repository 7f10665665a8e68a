import { andThen, mapValue, ok, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError } from '../catalogue-entry.ts'
import { createEntry, readNumbers, readRows, type CheckedCall, type EntryForm } from '../entry-form/index.ts'
import { matrixOf, type Matrix } from '../numeric/index.ts'
import { blackLitterman, type BlackLittermanViews } from './black-litterman.ts'
import { returnsInput, weightsOutput } from './entry-words.ts'
import { linkages, type Linkage } from './hierarchical-clustering.ts'
import { hierarchicalRiskParity, hierarchyDistances, type HierarchyDistance } from './hierarchical-risk-parity.ts'
import { sampleMoments } from './moments.ts'
import { inverseVolatility } from './optimal-weights.ts'
import { riskParity } from './risk-parity.ts'

const entryOf = (form: Omit<EntryForm, 'category' | 'inputs'>): QuantEntry =>
  createEntry({ ...form, category: 'portfolio', inputs: [returnsInput] })

const sampleMomentsEntry = entryOf({
  name: 'sampleMoments',
  title: 'Sample means and covariances',
  formula: 'mean_i = Σ r_ti / T;  cov_ij = Σ (r_ti − mean_i)(r_tj − mean_j) / (T − 1)',
  convention: 'One degree of freedom is lost; per period, not annualised.',
  source: 'numpy.cov, pandas DataFrame.cov',
  parameters: [],
  outputs: [
    { name: 'mean', meaning: 'of each asset', shape: 'series' },
    { name: 'cov', meaning: 'between the assets', shape: 'matrix' },
  ],
  run: (call) => mapValue(sampleMoments(call.matrix(0)), ({ means, covariance }) => ({ mean: means, cov: covariance })),
})

const hrpEntry = entryOf({
  name: 'hrp',
  title: 'Hierarchical risk parity',
  formula: 'd_ij = √((1 − ρ_ij)/2); cluster; order the leaves; halve the list again and again, each half weighted by the '
    + 'inverse of its variance',
  convention:
    'distance "correlation" clusters d itself (PyPortfolioOpt), "euclidean-of-distance" the Euclidean distance '
      + 'between the columns of d (the paper). The older branch stands on the left, as in scipy; a list of n is cut '
      + 'after its first ⌊n/2⌋; covariances with one degree of freedom lost.',
  source: 'López de Prado 2016, Building diversified portfolios that outperform out of sample; PyPortfolioOpt; R HierPortfolios',
  parameters: [
    { name: 'linkage', kind: 'text', preset: 'single', choices: linkages, meaning: 'how far two clusters are from each other' },
    { name: 'distance', kind: 'text', preset: 'correlation', choices: hierarchyDistances, meaning: 'what is clustered' },
  ],
  outputs: [weightsOutput, { name: 'order', meaning: 'the assets as they stand below the tree, counted from 0', shape: 'series' }],
  run: (call) => {
    const choice = { linkage: call.text<Linkage>('linkage'), distance: call.text<HierarchyDistance>('distance') }
    const found = andThen(sampleMoments(call.matrix(0)), ({ covariance }) => hierarchicalRiskParity(covariance, choice))
    return mapValue(found, ({ weights, order }) => ({ weights, order }))
  },
})

const riskParityEntry = entryOf({
  name: 'riskParity',
  title: 'Risk parity and risk budgets',
  formula: 'w_i (S w)_i / w\'Sw = b_i for every asset i, with w > 0',
  convention: 'Long only. Budgets are taken relative to their sum. Solved as the least of ½ y\'Cy − Σ b ln y on correlations, scaled back.',
  source: 'Spinu 2013, An algorithm for computing risk parity weights; R riskParityPortfolio',
  readByFunction: ['budget'],
  parameters: [{ name: 'budget', kind: 'numbers', preset: 'equal', meaning: '"equal", or one positive number for each asset' }],
  outputs: [
    weightsOutput, { name: 'riskContribution', meaning: 'the share of each asset in the variance; they sum to one', shape: 'series' },
  ],
  run: (call) => {
    const given = call.value('budget')
    const budgets: Result<'equal' | readonly number[], QuantError> = given === 'equal' ? ok(given) : readNumbers('budget', given)
    if (!budgets.ok) return budgets
    const found = andThen(sampleMoments(call.matrix(0)), ({ covariance }) => riskParity(covariance, budgets.value))
    return mapValue(found, ({ weights, riskContribution }) => ({ weights, riskContribution }))
  },
})

const inverseVolatilityEntry = entryOf({
  name: 'inverseVolatility',
  title: 'Inverse volatility',
  formula: 'w_i = (1/σ_i) / Σ (1/σ_j)',
  convention: 'Correlations are not looked at. Standard deviations with one degree of freedom lost.',
  source: 'Closed form',
  parameters: [],
  outputs: [weightsOutput],
  run: (call) => mapValue(
    andThen(sampleMoments(call.matrix(0)), ({ covariance }) => inverseVolatility(covariance)), (weights) => ({ weights }),
  ),
})

const proportionalUncertainty = "diag(tau P S P')"

const blackLittermanEntry = entryOf({
  name: 'blackLitterman',
  title: 'Black-Litterman means',
  formula: 'π = δ S w;  K = τSP\'(P τSP\' + Ω)⁻¹;  posterior = π + K(Q − Pπ);  posteriorCov = S + τS − K P τS',
  convention: 'Ω = diag(τ P S P\') unless it is given. The posterior covariance is that of returns: S plus what is left '
    + 'uncertain about the means.',
  source: 'Black and Litterman 1992; He and Litterman 1999; PyPortfolioOpt BlackLittermanModel',
  parameters: [
    { name: 'marketWeights', kind: 'numbers', meaning: 'what the market holds: one number for each asset' },
    { name: 'delta', kind: 'number', least: 0, meaning: 'risk aversion of the market' },
    { name: 'tau', kind: 'number', least: 0, meaning: 'uncertainty of the prior means, as a share of the covariance' },
    { name: 'P', kind: 'object', meaning: 'one row for each view: how much of each asset it speaks of' },
    { name: 'Q', kind: 'numbers', meaning: 'what each view expects, per period' },
    {
      name: 'omega',
      kind: 'object',
      preset: proportionalUncertainty,
      meaning: 'uncertainty of the views: that text, a list of variances, or a matrix as rows',
    },
  ],
  outputs: [
    { name: 'pi', meaning: 'means that the market weights imply', shape: 'series' },
    { name: 'posterior', meaning: 'means after the views', shape: 'series' },
    { name: 'posteriorCov', meaning: 'covariance of returns after the views', shape: 'matrix' },
  ],
  run: (call) => {
    const views = readViews(call)
    if (!views.ok) return views
    const found = andThen(sampleMoments(call.matrix(0)), ({ covariance }) => blackLitterman(covariance, views.value))
    return mapValue(found, ({ prior, posterior, posteriorCovariance }) => ({
      pi: prior, posterior, posteriorCov: posteriorCovariance,
    }))
  },
})

function readViews(call: CheckedCall): Result<BlackLittermanViews, QuantError> {
  const picks = readRows('P', call.value('P') ?? null, 'bad-parameter')
  if (!picks.ok) return picks
  const uncertainty = readUncertainty(call)
  if (!uncertainty.ok) return uncertainty
  return ok({
    marketWeights: call.numbers('marketWeights'),
    delta: call.number('delta'),
    tau: call.number('tau'),
    picks: picks.value,
    expected: call.numbers('Q'),
    ...(uncertainty.value === undefined ? {} : { uncertainty: uncertainty.value }),
  })
}

function readUncertainty(call: CheckedCall): Result<Matrix | undefined, QuantError> {
  const given = call.value('omega')
  if (given === proportionalUncertainty) return ok(undefined)
  if (Array.isArray(given) && Array.isArray(given[0])) return readRows('omega', given, 'bad-parameter')
  return mapValue(readNumbers('omega', given), (variances) =>
    matrixOf(variances.length, variances.length, (row, column) => (row === column ? (variances[row] ?? 0) : 0)),
  )
}

export const formulaEntries: readonly QuantEntry[] = [
  sampleMomentsEntry, hrpEntry, riskParityEntry, inverseVolatilityEntry, blackLittermanEntry,
]
