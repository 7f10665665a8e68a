import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, type CheckedCall } from '../entry-form/index.ts'
import { christoffersen, esBacktest, kupiec } from './backtest.ts'
import { gpdFit, gpdRisk, hill } from './extreme-value.ts'

const losses: QuantParameter = {
  name: 'losses', kind: 'text', preset: '-', meaning: 'begins with a minus when the series holds returns, whose losses are their negatives',
}
const alpha: QuantParameter = {
  name: 'alpha', kind: 'number', least: 0, most: 1, preset: 0.05, meaning: 'share of exceedances that the forecasts promise',
}
const threshold: QuantParameter = { name: 'threshold', kind: 'number', meaning: 'loss beyond which the tail begins' }
const tailInput = { name: 'series', meaning: 'losses, or returns: see the parameter losses' } as const
const forecastInputs = [
  { name: 'actual', meaning: 'returns that came' },
  { name: 'forecast', meaning: 'signed quantile of the return that was forecast for each' },
] as const

const lossesOf = (call: CheckedCall): Float64Array =>
  call.text('losses').startsWith('-') ? call.series(0).map((value) => -value) : call.series(0)

/** Extreme values and the tests of forecasts. */
export const tailEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'gpdFit', title: 'Generalised Pareto fit', category: 'risk',
    formula: 'F(y) = 1 - (1 + ξy/β)^(-1/ξ) for the excess y over the threshold, by maximum likelihood',
    convention: 'exceedances strictly above the threshold unless said otherwise; an optimum with ξ above -1 or not-converged',
    source: 'Grimshaw 1993; R evir gpd, ismev gpd.fit',
    parameters: [threshold, losses, { name: 'strict', kind: 'boolean', preset: true, meaning: 'a loss at the threshold does not count' }],
    inputs: [tailInput],
    outputs: [
      { name: 'xi', shape: 'number', meaning: 'shape: 0 is exponential, above 0 heavy' },
      { name: 'beta', shape: 'number', meaning: 'scale' },
      { name: 'nllh', shape: 'number', meaning: 'negative log-likelihood' },
      { name: 'exceedances', shape: 'number', meaning: 'losses over the threshold' },
      { name: 'n', shape: 'number', meaning: 'all losses' },
    ],
    run: (call) => mapValue(
      gpdFit(lossesOf(call), { threshold: call.number('threshold'), strict: call.flag('strict') }), (fit) => ({ ...fit }),
    ),
  }),
  createEntry({
    name: 'gpdRisk', title: 'Risk beyond a threshold', category: 'risk',
    formula: 'VaR = u + β/ξ ((n/Nᵤ (1 - p))^(-ξ) - 1); ES = (VaR + β - ξu)/(1 - ξ)',
    convention: 'null for a level below the threshold, ES null from ξ = 1', source: 'McNeil, Frey and Embrechts; R evir riskmeasures',
    parameters: [
      threshold,
      { name: 'xi', kind: 'number', meaning: 'shape' },
      { name: 'beta', kind: 'number', least: 0, meaning: 'scale' },
      { name: 'n', kind: 'integer', least: 1, meaning: 'all losses' },
      { name: 'exceedances', kind: 'integer', least: 1, meaning: 'losses over the threshold' },
      { name: 'levels', kind: 'numbers', least: 0, most: 1, meaning: 'levels of the risk figures' },
    ],
    inputs: [],
    outputs: [
      { name: 'var', shape: 'series', meaning: 'value at risk for each level' },
      { name: 'es', shape: 'series', meaning: 'expected shortfall for each level' },
    ],
    run: (call) => mapValue(
      gpdRisk({
        threshold: call.number('threshold'), xi: call.number('xi'), beta: call.number('beta'),
        n: call.number('n'), exceedances: call.number('exceedances'),
      }, call.numbers('levels')),
      (risk) => ({ ...risk }),
    ),
  }),
  createEntry({
    name: 'hill', title: 'Hill estimate', category: 'risk',
    formula: 'ξ = mean of ln(xᵢ/xₖ₊₁) over the k largest losses', convention: '1/α, relative to the (k+1)-th largest',
    source: 'Hill 1975; R evir hill',
    parameters: [{ name: 'k', kind: 'integer', least: 1, meaning: 'how many of the largest losses' }, losses],
    inputs: [tailInput], outputs: [{ name: 'tailIndexXi', shape: 'number', meaning: 'ξ = 1/α' }],
    run: (call) => mapValue(hill(lossesOf(call), { k: call.number('k') }), (tailIndexXi) => ({ tailIndexXi })),
  }),
  createEntry({
    name: 'kupiec', title: 'Kupiec coverage test', category: 'risk',
    formula: 'LR = 2 ln(L(x/n)/L(α)), χ² with 1 degree of freedom', convention: 'an exceedance is a return below its signed forecast',
    source: 'Kupiec 1995; R rugarch VaRTest', parameters: [alpha], inputs: forecastInputs,
    outputs: [
      { name: 'exceedances', shape: 'number', meaning: 'returns below their forecast' },
      { name: 'n', shape: 'number', meaning: 'forecasts' },
      { name: 'lr', shape: 'number', meaning: 'likelihood ratio' },
      { name: 'p', shape: 'number', meaning: 'chance of a ratio as large if the forecasts hold' },
    ],
    run: (call) => mapValue(
      kupiec({ actual: call.series(0), forecast: call.series(1) }, { alpha: call.number('alpha') }), (test) => ({ ...test }),
    ),
  }),
  createEntry({
    name: 'christoffersen', title: 'Christoffersen independence test', category: 'risk',
    formula: 'LRind from the transitions of the hits; LRcc = LRuc + LRind, χ² with 2 degrees of freedom',
    convention: 'transitions over n - 1 pairs, coverage over all n', source: 'Christoffersen 1998; R rugarch VaRTest',
    parameters: [alpha], inputs: forecastInputs,
    outputs: [
      { name: 'lrInd', shape: 'number', meaning: 'ratio for independence' },
      { name: 'lrCc', shape: 'number', meaning: 'ratio for coverage and independence' },
      { name: 'pInd', shape: 'number', meaning: 'p-value of the first' },
      { name: 'pCc', shape: 'number', meaning: 'p-value of the second' },
    ],
    run: (call) => mapValue(
      christoffersen({ actual: call.series(0), forecast: call.series(1) }, { alpha: call.number('alpha') }), (test) => ({ ...test }),
    ),
  }),
  createEntry({
    name: 'esBacktest', title: 'Expected shortfall test', category: 'risk',
    formula: 'Z₂ = Σ rₜIₜ/(nα·|ESₜ|) + 1; residuals (rₜ - ESₜ)/|ESₜ| over exceedances, one-sided t test of mean 0',
    convention: 'forecasts are signed returns; Z₂ below -0.7 is rare (about 5 %) when forecasts hold',
    source: 'Acerbi and Székely 2014; McNeil and Frey 2000', parameters: [alpha],
    inputs: [...forecastInputs, { name: 'shortfall', meaning: 'signed mean return beyond the quantile that was forecast' }],
    outputs: [
      { name: 'exceedances', shape: 'number', meaning: 'returns below their forecast' },
      { name: 'z2', shape: 'number', meaning: '0 when forecasts hold, negative when losses are larger' },
      { name: 'meanResidual', shape: 'number', meaning: 'mean relative excess over the forecast, negative when losses are larger' },
      { name: 'p', shape: 'number', meaning: 'chance of residuals as low if forecasts hold' },
    ],
    run: (call) => mapValue(
      esBacktest({ actual: call.series(0), forecast: call.series(1), shortfall: call.series(2) }, { alpha: call.number('alpha') }),
      (test) => ({ ...test }),
    ),
  }),
]
