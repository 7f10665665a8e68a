import { mapValue, ok, type Result } from '../../base/index.ts'
import type { QuantEntry, QuantError } from '../catalogue-entry.ts'
import { createEntry, refuse, type CheckedCall } from '../entry-form/index.ts'
import { choice, matrix, number, returnsMatrix, series, whole } from './entry-words.ts'
import { ewmaCovariance, type EwmaStart } from './ewma-covariance.ts'
import { principalComponents } from './principal-components.ts'
import { ledoitWolf, oracleApproximating, type ShrinkageTarget } from './shrinkage.ts'

const covOutput = matrix('cov', 'covariance, per period')
const shrinkageOutputs = [covOutput, number('shrinkage', 'weight of the target')]

function startOf(call: CheckedCall): Result<EwmaStart, QuantError> {
  if (call.flag('normalised')) return ok({ kind: 'normalised' })
  const text = call.text('init')
  if (text === 'first outer product') return ok({ kind: 'first-rows', rows: 1 })
  const rows = /^second moment of first (\d{1,9}) rows$/.exec(text)?.[1]
  if (rows === undefined) {
    return refuse('bad-parameter', 'Expected init to be "first outer product" or "second moment of first N rows".')
  }
  return ok({ kind: 'first-rows', rows: Number(rows) })
}

export const covarianceEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'ewmaCovariance', title: 'Exponentially weighted covariance', category: 'statistics', inputs: [returnsMatrix],
    parameters: [
      { name: 'lambda_', kind: 'number', least: 0, most: 1, preset: 0.94, meaning: 'what is kept of yesterday' },
      { name: 'mean', kind: 'object', preset: 0, meaning: 'a known mean, or ewm for the mean under the same weights' },
      {
        name: 'init', kind: 'text', preset: 'first outer product',
        meaning: 'start of the recursion: first outer product, or second moment of first N rows',
      },
      { name: 'normalised', kind: 'boolean', preset: false, meaning: 'weights that sum to 1 instead of a start' },
    ],
    formula: 'S = λS + (1 − λ)·rrᵀ', convention: 'RiskMetrics; the recursion runs over the rows after those of the start',
    source: 'RiskMetrics (1996); pandas ewm', outputs: [covOutput],
    run: (call) => {
      const start = startOf(call)
      if (!start.ok) return start
      const mean = call.value('mean')
      if (typeof mean !== 'number' && mean !== 'ewm') return refuse('bad-parameter', 'Expected mean to be a number or ewm.')
      const options = { decay: call.number('lambda_'), mean: mean === 'ewm' ? ('weighted' as const) : mean, start: start.value }
      return mapValue(ewmaCovariance(call.matrix(0), options), (cov) => ({ cov }))
    },
  }),
  createEntry({
    name: 'ledoitWolf', title: 'Ledoit–Wolf shrinkage', category: 'statistics', inputs: [returnsMatrix],
    parameters: [
      choice(
        'target', ['scaled identity', 'constant_correlation', 'single_factor', 'diagonal'], 'scaled identity',
        'what the sample covariance is drawn towards',
      ),
      whole('ddof', [0, 1], 0, 'of the sample covariance; its noise always divides by n'),
      choice('market', ['equal weight'], 'equal weight', 'the factor of single_factor: the mean of the columns'),
    ],
    formula: 'δ·F + (1 − δ)·S, δ = (π − ρ)/γ/n in [0, 1]',
    convention: 'target of equal variances μ = tr(S)/k, of the mean correlation, of one factor, or of no correlations',
    source: 'Ledoit and Wolf (2003, 2004); scikit-learn; PyPortfolioOpt', outputs: shrinkageOutputs,
    // The range of ddof is that of the type.
    run: (call) => mapValue(
      ledoitWolf(call.matrix(0), call.text<ShrinkageTarget>('target'), call.number('ddof') as 0 | 1), (found) => ({ ...found }),
    ),
  }),
  createEntry({
    name: 'oas', title: 'Oracle approximating shrinkage', category: 'statistics', inputs: [returnsMatrix], parameters: [],
    formula: 'δ·μI + (1 − δ)·S, δ = (ᾱ + μ²)/((n + 1)(ᾱ − μ²/k))',
    convention: 'ᾱ is the mean of the squared entries of S; ddof 0', source: 'Chen, Wiesel, Eldar and Hero (2010); scikit-learn',
    outputs: shrinkageOutputs, run: (call) => mapValue(oracleApproximating(call.matrix(0)), (found) => ({ ...found })),
  }),
  createEntry({
    name: 'pcaEigenvalues', title: 'Principal components', category: 'statistics', inputs: [returnsMatrix],
    parameters: [choice('matrix', ['correlation', 'covariance'], 'correlation', 'what is decomposed')],
    formula: 'C = V·diag(λ)·Vᵀ', convention: 'descending; covariance with ddof 1', source: 'numpy eigvalsh',
    outputs: [
      series('eigenvalues', 'descending'), series('shares', 'of their sum'), matrix('loadings', 'a column for each component'),
    ],
    run: (call) => mapValue(principalComponents(call.matrix(0), call.text('matrix')), (found) => ({ ...found })),
  }),
]
