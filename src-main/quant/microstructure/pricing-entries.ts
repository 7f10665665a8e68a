import { collect, mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantOutput, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, type CheckedCall } from '../entry-form/index.ts'
import { binaryProbAboveGrid, touchProbability } from './binary-market.ts'
import type { Diffusion } from './binary-market.ts'
import { blackScholes } from './black-scholes.ts'
import type { OptionValues } from './black-scholes.ts'
import { lmsr } from './lmsr.ts'

const spot: QuantParameter = { name: 'spot', kind: 'number', least: 0, meaning: 'price now' }
const sigma: QuantParameter = { name: 'sigma', kind: 'number', least: 0, meaning: 'volatility of a year, 0.55 is 55 %' }
const mu: QuantParameter = { name: 'mu', kind: 'number', preset: 0, meaning: 'growth of a year' }
const strikes: QuantParameter = { name: 'strikes', kind: 'numbers', least: 0, meaning: 'strike prices' }
const tau: QuantParameter = { name: 'tau', kind: 'number', least: 0, meaning: 'years left' }

const diffusionOf = (call: CheckedCall): Diffusion => ({ spot: call.number('spot'), sigma: call.number('sigma'), mu: call.number('mu') })

const optionOutputs: Readonly<Record<keyof OptionValues, string>> = {
  call: 'value of the call',
  put: 'value of the put', deltaCall: 'slope of the call in the price', deltaPut: 'slope of the put in the price',
  gamma: 'curvature in the price', vega: 'slope in the volatility, for 1.00', thetaCall: 'change of the call in a year',
  digitalCall: 'value of 1 paid above the strike', digitalPut: 'value of 1 paid below the strike',
}
const optionNames = Object.keys(optionOutputs) as readonly (keyof OptionValues)[]

/** What contracts are worth. */
export const pricingEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'binaryProbAbove', title: 'Probability above a strike', category: 'microstructure',
    formula: 'P(S_T > K), ln S_T with mean ln S + (μ - σ²/2)τ and variance σ²τ',
    convention: 'undiscounted; rows are times left, columns strikes; a t law is scaled to the same variance',
    source: 'Black and Scholes 1973',
    parameters: [
      spot, sigma, mu, strikes, { name: 'tau', kind: 'numbers', least: 0, meaning: 'years left' },
      { name: 'dist', kind: 'text', choices: ['normal', 't'], preset: 'normal', meaning: 'law of ln S' },
      { name: 'nu', kind: 'number', meaning: 'degrees of freedom of the t law, above 2' },
    ],
    optional: ['nu'], inputs: [], outputs: [{ name: 'probAbove', shape: 'matrix', meaning: 'probability for each time and strike' }],
    run: (call) => mapValue(
      binaryProbAboveGrid(
        { ...diffusionOf(call), ...(call.text('dist') === 't' ? { freedom: call.has('nu') ? call.number('nu') : Number.NaN } : {}) },
        call.numbers('strikes'), call.numbers('tau'),
      ),
      (probAbove) => ({ probAbove }),
    ),
  }),
  createEntry({
    name: 'touchProbability', title: 'Probability of a touch', category: 'microstructure',
    formula: 'Φ((ντ - m)/(σ√τ)) + exp(2νm/σ²) Φ((-m - ντ)/(σ√τ)), m = ln(B/S), ν = μ - σ²/2',
    convention: 'watched without a break; 1 for a barrier that is reached already', source: 'reflection principle',
    parameters: [
      spot, sigma, mu, tau, { name: 'barriers', kind: 'numbers', least: 0, meaning: 'barriers' },
      { name: 'side', kind: 'text', choices: ['upper', 'lower'], preset: 'upper', meaning: 'from which side a barrier is touched' },
    ],
    inputs: [], outputs: [{ name: 'prob', shape: 'series', meaning: 'probability for each barrier' }],
    run: (call) => mapValue(
      collect(Array.from(call.numbers('barriers'), (barrier) => touchProbability(
        diffusionOf(call), barrier, { tau: call.number('tau'), side: call.text('side') === 'lower' ? 'lower' : 'upper' },
      ))),
      (prob) => ({ prob }),
    ),
  }),
  createEntry({
    name: 'blackScholes', title: 'Black-Scholes', category: 'microstructure',
    formula: 'call = S e^(-qτ) Φ(d₁) - K e^(-rτ) Φ(d₂); digital = e^(-rτ) Φ(d₂); d₁,₂ = ln(S e^(-qτ)/(K e^(-rτ)))/(σ√τ) ± σ√τ/2',
    convention: 'European; vega for 1.00 of volatility; the digital pays 1, discounted', source: 'Black and Scholes 1973; Merton 1973',
    parameters: [
      spot, strikes, { name: 'rate', kind: 'number', preset: 0, meaning: 'interest of a year, continuous' }, sigma, tau,
      { name: 'dividend', kind: 'number', preset: 0, meaning: 'yield of a year, continuous' },
    ],
    inputs: [], outputs: optionNames.map(
      (name): QuantOutput => ({ name, shape: 'series', meaning: `${optionOutputs[name]}, for each strike` }),
    ),
    run: (call) => mapValue(
      collect(Array.from(call.numbers('strikes'), (strike) => blackScholes({
        spot: call.number('spot'), rate: call.number('rate'), sigma: call.number('sigma'), tau: call.number('tau'),
        dividend: call.number('dividend'),
      }, strike))),
      (values) => Object.fromEntries(optionNames.map((name) => [name, values.map((value) => value[name])])),
    ),
  }),
  createEntry({
    name: 'lmsr', title: 'Logarithmic market scoring rule', category: 'microstructure',
    formula: 'C(q) = b ln Σ exp(qᵢ/b); priceᵢ = exp(qᵢ/b)/Σ',
    convention: 'the cost of a trade is C(q + trade) - C(q)', source: 'Hanson 2003',
    parameters: [
      { name: 'b', kind: 'number', least: 0, meaning: 'liquidity' },
      { name: 'q', kind: 'numbers', meaning: 'shares outstanding of each outcome' },
      { name: 'trade', kind: 'numbers', meaning: 'shares to buy of each outcome, negative to sell' },
    ],
    optional: ['trade'], inputs: [],
    outputs: [
      { name: 'cost', shape: 'number', meaning: 'cost function' },
      { name: 'prices', shape: 'series', meaning: 'price of each outcome' },
      { name: 'tradeCost', shape: 'number', meaning: 'what the trade costs' },
    ],
    run: (call) => {
      const shares = call.numbers('q')
      const trade = call.has('trade') ? call.numbers('trade') : new Float64Array(shares.length)
      return mapValue(lmsr({ b: call.number('b'), shares }, trade), (quote) => ({ ...quote }))
    },
  }),
]
