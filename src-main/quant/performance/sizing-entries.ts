import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantParameter } from '../catalogue-entry.ts'
import { createEntry } from '../entry-form/index.ts'
import { annualisationParameter, returnsInput, riskFreeParameter } from '../risk-measures/index.ts'
import { kellyBinary, kellyBinaryMarket, kellyContinuous, kellyEmpirical } from './kelly.ts'

const chance: QuantParameter = { name: 'p', kind: 'numbers', least: 0, most: 1, meaning: 'probability of each win' }

export const sizingEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'kellyBinary', title: 'Kelly stake of a bet', category: 'sizing', formula: 'f = max(0, p - (1 - p)/b)',
    convention: 'b is net odds: what is won for a stake of 1', source: 'Kelly 1956',
    parameters: [chance, { name: 'b', kind: 'numbers', least: 0, meaning: 'net odds of each bet' }], inputs: [],
    outputs: [{ name: 'f', shape: 'series', meaning: 'share of wealth to stake' }],
    run: (call) => mapValue(kellyBinary(call.numbers('p'), call.numbers('b')), (f) => ({ f })),
  }),
  createEntry({
    name: 'kellyBinaryMarket', title: 'Kelly stake in a binary market', category: 'sizing',
    formula: 'fYes = (p - c)/(1 - c) when p > c; fNo = (c - p)/c when p < c',
    convention: 'a contract pays 1 and costs c; NO is bought at 1 - c',
    source: 'Kelly 1956',
    parameters: [chance, { name: 'price', kind: 'numbers', least: 0, most: 1, meaning: 'price c of each YES contract' }],
    inputs: [],
    outputs: [
      { name: 'fYes', shape: 'series', meaning: 'share of wealth for YES' },
      { name: 'fNo', shape: 'series', meaning: 'share of wealth for NO' },
    ],
    run: (call) => mapValue(kellyBinaryMarket(call.numbers('p'), call.numbers('price')), (stakes) => ({ ...stakes })),
  }),
  createEntry({
    name: 'kellyContinuous', title: 'Kelly leverage, continuous', category: 'sizing', formula: 'f = (mean - rf)/variance',
    convention: 'variance with ddof 1; null for constant returns', source: 'Merton 1969; Thorp 2006',
    parameters: [riskFreeParameter, annualisationParameter], inputs: [returnsInput],
    outputs: [{ name: 'f', shape: 'number', meaning: 'leverage, 1 is all of the wealth' }],
    run: (call) => mapValue(
      kellyContinuous(call.series(0), { rf: call.number('rf'), annualisation: call.number('annualisation') }), (f) => ({ f }),
    ),
  }),
  createEntry({
    name: 'kellyEmpirical', title: 'Kelly leverage, empirical', category: 'sizing', formula: 'f = argmax of mean ln(1 + f r)',
    convention: 'no risk-free rate; negative when a short position is best', source: 'Kelly 1956', parameters: [], inputs: [returnsInput],
    outputs: [{ name: 'f', shape: 'number', meaning: 'leverage, 1 is all of the wealth' }],
    run: (call) => mapValue(kellyEmpirical(call.series(0)), (f) => ({ f })),
  }),
]
