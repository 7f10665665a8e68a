import { mapValue } from '../../base/index.ts'
import type { QuantEntry } from '../catalogue-entry.ts'
import { createEntry } from '../entry-form/index.ts'
import { returnsInput } from '../risk-measures/index.ts'
import { executionEntries } from './execution-entries.ts'
import { kyleLambda, varianceRatio } from './price-process.ts'
import { pricingEntries } from './pricing-entries.ts'
import { amihud, corwinSchultz, rollSpread } from './spread-estimators.ts'
import type { NegativeEstimate } from './spread-estimators.ts'

const price = { name: 'price', meaning: 'price of each trade' } as const

const liquidityEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'rollSpread', title: 'Roll spread', category: 'microstructure', formula: '2 √(-Cov(Δpₜ, Δpₜ₋₁))',
    convention: 'sample covariance with ddof 1 and separate means; null when it is positive', source: 'Roll 1984',
    parameters: [], inputs: [price],
    outputs: [
      { name: 'autocov', shape: 'number', meaning: 'covariance of successive changes' },
      { name: 'spread', shape: 'number', meaning: 'effective spread in the unit of the price' },
    ],
    run: (call) => mapValue(rollSpread(call.series(0)), (value) => ({ ...value })),
  }),
  createEntry({
    name: 'corwinSchultz', title: 'Corwin-Schultz spread', category: 'microstructure',
    formula: 'S = 2(e^α - 1)/(1 + e^α), α = (√(2β) - √β)/(3 - 2√2) - √(γ/(3 - 2√2)), β and γ from the ranges of one and of two bars',
    convention: 'mean over the pairs of bars; negative estimates count as 0 unless said otherwise; no correction for gaps',
    source: 'Corwin and Schultz 2012',
    parameters: [{
      name: 'negative', kind: 'text', choices: ['zero', 'drop', 'keep'], preset: 'zero', meaning: 'what a negative estimate becomes',
    }],
    inputs: [{ name: 'high', meaning: 'high of each bar' }, { name: 'low', meaning: 'low of each bar' }],
    outputs: [
      { name: 'spread', shape: 'number', meaning: 'mean spread as a share of the price' },
      { name: 'series', shape: 'series', meaning: 'estimate of each bar with the one before' },
    ],
    run: (call) => mapValue(
      corwinSchultz(call.series(0), call.series(1), call.text('negative') as NegativeEstimate), (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'amihud', title: 'Amihud illiquidity', category: 'microstructure', formula: 'mean of |r|/traded value',
    convention: 'periods without trading are left out', source: 'Amihud 2002', parameters: [],
    inputs: [returnsInput, { name: 'value', meaning: 'traded value of each period in the quote currency' }],
    outputs: [{ name: 'illiquidity', shape: 'number', meaning: 'price move for one unit of traded value' }],
    run: (call) => mapValue(amihud(call.series(0), call.series(1)), (illiquidity) => ({ illiquidity })),
  }),
  createEntry({
    name: 'kyleLambda', title: 'Kyle\'s lambda', category: 'microstructure', formula: 'Δpₜ = a + λ sideₜ sizeₜ by least squares',
    convention: 'the change and the trade have the same index, from the second trade', source: 'Kyle 1985', parameters: [],
    inputs: [price, { name: 'side', meaning: '1 for a buy, -1 for a sell' }, { name: 'size', meaning: 'units of each trade' }],
    outputs: [
      { name: 'lambda_', shape: 'number', meaning: 'price change for one unit of signed size' },
      { name: 'intercept', shape: 'number', meaning: 'price change without a trade' },
      { name: 'r2', shape: 'number', meaning: 'share of the variance that is explained' },
    ],
    run: (call) => mapValue(
      kyleLambda({ price: call.series(0), side: call.series(1), size: call.series(2) }),
      ({ lambda, intercept, r2 }) => ({ lambda_: lambda, intercept, r2 }),
    ),
  }),
  createEntry({
    name: 'varianceRatio', title: 'Variance ratio', category: 'microstructure', formula: 'Var(sum of k returns)/(k Var(one return))',
    convention: 'overlapping sums, unbiased variances; z for constant volatility, zHetero robust', source: 'Lo and MacKinlay 1988',
    parameters: [{ name: 'k', kind: 'integer', least: 2, preset: 2, meaning: 'returns in a sum' }], inputs: [returnsInput],
    outputs: [
      { name: 'vr', shape: 'number', meaning: 'the ratio, 1 for a random walk' },
      { name: 'z', shape: 'number', meaning: 'its distance from 1 in standard errors' },
      { name: 'zHetero', shape: 'number', meaning: 'the same, robust to changing volatility' },
      { name: 'p', shape: 'number', meaning: 'two-sided p-value of z' },
      { name: 'pHetero', shape: 'number', meaning: 'two-sided p-value of zHetero' },
    ],
    run: (call) => mapValue(varianceRatio(call.series(0), { k: call.number('k') }), (value) => ({ ...value })),
  }),
]

export const microstructureEntries: readonly QuantEntry[] = [...executionEntries, ...pricingEntries, ...liquidityEntries]
