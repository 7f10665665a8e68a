import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantOutput, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, type CheckedCall } from '../entry-form/index.ts'
import { almgrenChriss } from './almgren-chriss.ts'
import { avellanedaStoikovGrid } from './avellaneda-stoikov.ts'
import { glftAsymptotic, glftStationary } from './gueant-lehalle.ts'
import type { FillModel } from './gueant-lehalle.ts'

const number = (name: string, meaning: string, least?: number): QuantParameter =>
  ({ name, kind: 'number', meaning, ...(least === undefined ? {} : { least }) })

const quoting: readonly QuantParameter[] = [
  number('gamma', 'risk aversion', 0),
  number('kappa', 'decay of the intensity of fills with the distance from mid', 0),
  number('sigma', 'absolute volatility of the price for the square root of one unit of time', 0),
]
const fills = number('A', 'fills for one unit of time at mid', 0)
const inventory: QuantParameter = { name: 'inventory', kind: 'numbers', meaning: 'units held, negative when short' }
const offsets: readonly QuantOutput[] = [
  { name: 'bidOffset', shape: 'series', meaning: 'mid less bid for each inventory' },
  { name: 'askOffset', shape: 'series', meaning: 'ask less mid for each inventory' },
]

const fillModelOf = (call: CheckedCall): FillModel => ({
  gamma: call.number('gamma'), kappa: call.number('kappa'), sigma: call.number('sigma'), intensity: call.number('A'),
})

/** How to quote and how to trade out. */
export const executionEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'avellanedaStoikov', title: 'Avellaneda-Stoikov quotes', category: 'microstructure',
    formula: 'reservation = mid - qγσ²(T - t); spread = γσ²(T - t) + (2/γ) ln(1 + γ/κ); bid and ask half a spread from the '
      + 'reservation price',
    convention: 'rows are inventories, columns are times; σ is absolute', source: 'Avellaneda and Stoikov 2008',
    parameters: [
      ...quoting, number('T', 'end of the session', 0), number('mid', 'mid price'), inventory,
      { name: 't', kind: 'numbers', least: 0, meaning: 'times within the session' },
    ],
    inputs: [],
    outputs: [
      { name: 'reservation', shape: 'matrix', meaning: 'price at which more or less inventory is all the same' },
      { name: 'spread', shape: 'series', meaning: 'bid to ask for each time' },
      { name: 'bid', shape: 'matrix', meaning: 'price to buy at' },
      { name: 'ask', shape: 'matrix', meaning: 'price to sell at' },
    ],
    run: (call) => mapValue(
      avellanedaStoikovGrid({
        gamma: call.number('gamma'), kappa: call.number('kappa'), sigma: call.number('sigma'),
        mid: call.number('mid'), horizon: call.number('T'),
      }, call.numbers('inventory'), call.numbers('t')),
      (grid) => ({ ...grid }),
    ),
  }),
  createEntry({
    name: 'glftAsymptotic', title: 'Guéant-Lehalle-Fernandez-Tapia quotes, closed form', category: 'microstructure',
    formula: 'offset = (1/γ) ln(1 + γ/κ) ± (2q ± 1)/2 √(σ²γ/(2κA) (1 + γ/κ)^(1 + κ/γ))',
    convention: 'far from the end of the session; + for the bid, - for the ask', source: 'Guéant, Lehalle and Fernandez-Tapia 2013',
    parameters: [...quoting, fills, inventory], inputs: [], outputs: offsets,
    run: (call) => mapValue(glftAsymptotic(fillModelOf(call), call.numbers('inventory')), (value) => ({ ...value })),
  }),
  createEntry({
    name: 'glftStationary', title: 'Guéant-Lehalle-Fernandez-Tapia quotes, exact', category: 'microstructure',
    formula: 'bid = (1/κ) ln(f_q/f_{q+1}) + (1/γ) ln(1 + γ/κ), f the lowest eigenvector of diag(κγσ²q²/2) with -A(1 + '
      + 'γ/κ)^-(1 + κ/γ) beside it',
    convention: 'whole inventories; null where the limit forbids to buy or to sell', source: 'Guéant, Lehalle and Fernandez-Tapia 2013',
    parameters: [
      ...quoting, fills, inventory, { name: 'maxInventory', kind: 'integer', least: 1, meaning: 'largest inventory on either side' },
    ],
    inputs: [], outputs: offsets,
    run: (call) => mapValue(
      glftStationary(fillModelOf(call), call.number('maxInventory'), call.numbers('inventory')), (value) => ({ ...value }),
    ),
  }),
  createEntry({
    name: 'almgrenChriss', title: 'Almgren-Chriss liquidation', category: 'microstructure',
    formula: 'xⱼ = X sinh(κ(T - tⱼ))/sinh(κT); cosh(κτ) = 1 + λσ²τ²/(2η̃); η̃ = η - γτ/2; cost = γX²/2 + εX + η̃/τ Σn²; variance = σ²τ Σx²',
    convention: 'σ is absolute; x₀ = X stands first; the variance counts from x₁', source: 'Almgren and Chriss 2000',
    parameters: [
      number('X', 'units to sell'), { name: 'N', kind: 'integer', least: 1, meaning: 'steps' }, number('tau', 'time of a step', 0),
      number('sigma', 'absolute volatility of the price', 0), number('eta', 'temporary impact', 0),
      number('epsilon', 'fixed cost of a unit', 0), number('gamma', 'permanent impact', 0), number('lambda_', 'risk aversion', 0),
    ],
    inputs: [],
    outputs: [
      { name: 'kappa', shape: 'number', meaning: 'urgency' },
      { name: 'etaTilde', shape: 'number', meaning: 'temporary impact less half of the permanent one' },
      { name: 'holdings', shape: 'series', meaning: 'units left after each step, the start first' },
      { name: 'trades', shape: 'series', meaning: 'units sold in each step' },
      { name: 'expectedCost', shape: 'number', meaning: 'expected shortfall of the proceeds' },
      { name: 'variance', shape: 'number', meaning: 'variance of the proceeds' },
    ],
    run: (call) => mapValue(
      almgrenChriss({
        size: call.number('X'), steps: call.number('N'), tau: call.number('tau'), sigma: call.number('sigma'), eta: call.number('eta'),
        epsilon: call.number('epsilon'), gamma: call.number('gamma'), lambda: call.number('lambda_'),
      }),
      (plan) => ({ ...plan }),
    ),
  }),
]
