import { mapValue } from '../../base/index.ts'
import type { QuantEntry, QuantOutput, QuantParameter } from '../catalogue-entry.ts'
import { createEntry, type CheckedCall } from '../entry-form/index.ts'
import { returnsInput } from './entry-words.ts'
import { componentRisk, componentShortfall } from './component-risk.ts'
import { drawdown } from './drawdown.ts'
import { esCornishFisher, esHistorical, esParametric } from './expected-shortfall.ts'
import type { ModifiedForm, TailForm } from './expected-shortfall.ts'
import { tailEntries } from './tail-entries.ts'
import { varCornishFisher, varHistorical, varParametric } from './value-at-risk.ts'
import type { ParametricRisk } from './value-at-risk.ts'

const level: QuantParameter = {
  name: 'level', kind: 'number', least: 0, most: 1, preset: 0.95, meaning: 'share of periods in which the loss is not exceeded',
}
const ddof: QuantParameter = {
  name: 'ddof', kind: 'integer', least: 0, preset: 0, meaning: 'subtracted from n in the denominator of the variance',
}
const law: readonly QuantParameter[] = [
  { name: 'dist', kind: 'text', choices: ['normal', 't'], preset: 'normal', meaning: 'the law of the returns' },
  { name: 'nu', kind: 'number', meaning: 'degrees of freedom of the t law, above 2' },
]
const varOutput: readonly QuantOutput[] = [{ name: 'var', shape: 'number', meaning: 'value at risk as a positive loss' }]
const esOutput: readonly QuantOutput[] = [{ name: 'es', shape: 'number', meaning: 'expected shortfall as a positive loss' }]

const parametricOf = (call: CheckedCall): ParametricRisk => ({
  level: call.number('level'),
  ddof: call.number('ddof'),
  ...(call.has('dist') && call.text('dist') === 't' ? { freedom: call.has('nu') ? call.number('nu') : Number.NaN } : {}),
})

const valueAtRiskEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'varHistorical', title: 'Historical value at risk', category: 'risk',
    formula: 'VaR = -Q(1 - level) of the returns', convention: 'type-7 (linear) quantile; a loss is positive',
    source: 'PerformanceAnalytics VaR(method = "historical")', parameters: [level], inputs: [returnsInput], outputs: varOutput,
    run: (call) => mapValue(varHistorical(call.series(0), { level: call.number('level') }), (value) => ({ var: value })),
  }),
  createEntry({
    name: 'varParametric', title: 'Parametric value at risk', category: 'risk',
    formula: 'VaR = -(mean + z sd), z the (1 - level) quantile of the law with variance 1',
    convention: 'sd with ddof 0 unless said otherwise; a t law is scaled to the variance of the sample',
    source: 'PerformanceAnalytics VaR(method = "gaussian")', parameters: [level, ddof, ...law], optional: ['nu'],
    inputs: [returnsInput], outputs: varOutput,
    run: (call) => mapValue(varParametric(call.series(0), parametricOf(call)), (value) => ({ var: value })),
  }),
  createEntry({
    name: 'varCornishFisher', title: 'Cornish-Fisher value at risk', category: 'risk',
    formula: 'VaR = -(mean + z* sd), z* = z + (z² - 1)S/6 + (z³ - 3z)K/24 - (2z³ - 5z)S²/36',
    convention: 'biased skewness S and excess kurtosis K, sd with ddof 0 unless said otherwise',
    source: 'PerformanceAnalytics VaR(method = "modified")', parameters: [level, ddof], inputs: [returnsInput], outputs: varOutput,
    run: (call) => mapValue(varCornishFisher(call.series(0), parametricOf(call)), (value) => ({ var: value })),
  }),
]

const shortfallEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'esHistorical', title: 'Historical expected shortfall', category: 'risk',
    formula: 'strict: ES = -mean of the returns below Q(1 - level); rockafellar-uryasev: the worst n(1 - level) returns, the '
      + 'last by its fraction',
    convention: 'strict: below the type-7 quantile, null when there is none; a loss is positive',
    source: 'PerformanceAnalytics ES(method = "historical"); Rockafellar and Uryasev 2002',
    parameters: [level, {
      name: 'tail',
      kind: 'text', choices: ['strict', 'rockafellar-uryasev'], preset: 'rockafellar-uryasev', meaning: 'which returns are the tail',
    }],
    inputs: [returnsInput], outputs: esOutput,
    run: (call) => mapValue(
      esHistorical(call.series(0), { level: call.number('level'), tail: call.text('tail') as TailForm }),
      (value) => ({ es: value }),
    ),
  }),
  createEntry({
    name: 'esParametric', title: 'Parametric expected shortfall', category: 'risk',
    formula: 'ES = -mean + sd φ(z)/a, a = 1 - level; for t with the density and (ν + t²)/(ν - 1)',
    convention: 'sd with ddof 0 unless said otherwise; a t law is scaled to the variance of the sample',
    source: 'PerformanceAnalytics ES(method = "gaussian")', parameters: [level, ddof, ...law], optional: ['nu'],
    inputs: [returnsInput], outputs: esOutput,
    run: (call) => mapValue(esParametric(call.series(0), parametricOf(call)), (value) => ({ es: value })),
  }),
  createEntry({
    name: 'esCornishFisher', title: 'Modified expected shortfall', category: 'risk',
    formula: 'boudt-edgeworth: Edgeworth expansion below the Cornish-Fisher quantile; integral: ES = -mean - sd/a ∫ z* φ dz below z',
    convention: 'biased skewness and excess kurtosis, sd with ddof 0 unless said otherwise; without the operational cap',
    source: 'Boudt, Peterson and Croux 2008; PerformanceAnalytics ES(method = "modified", operational = FALSE)',
    parameters: [level, ddof, {
      name: 'variant',
      kind: 'text', choices: ['boudt-edgeworth', 'integral'], preset: 'boudt-edgeworth', meaning: 'which of the two expansions',
    }],
    inputs: [returnsInput], outputs: esOutput,
    run: (call) => mapValue(
      esCornishFisher(call.series(0), { ...parametricOf(call), variant: call.text('variant') as ModifiedForm }),
      (value) => ({ es: value }),
    ),
  }),
]

const drawdownEntry = createEntry({
  name: 'drawdown', title: 'Drawdown', category: 'risk',
  formula: 'D = 1 - equity / highest equity so far; ulcer = √mean(D²); pain = mean(D)',
  convention: 'compounded equity that starts at 1, and the start counts as a peak; indices count the returns from 0, -1 is the start',
  source: 'PerformanceAnalytics maxDrawdown, UlcerIndex, PainIndex, findDrawdowns', parameters: [], inputs: [returnsInput],
  outputs: [
    { name: 'maxDrawdown', shape: 'number', meaning: 'the largest fall from a peak, as a positive fraction' },
    { name: 'ulcer', shape: 'number', meaning: 'root mean square of the drawdowns' },
    { name: 'pain', shape: 'number', meaning: 'mean of the drawdowns' },
    { name: 'troughIndex', shape: 'number', meaning: 'where the largest fall ended' },
    { name: 'peakIndex', shape: 'number', meaning: 'where it began' },
    { name: 'recoveryIndex', shape: 'number', meaning: 'where its peak was reached again; null while it is not' },
    { name: 'longestUnderWater', shape: 'number', meaning: 'most periods in a row below a peak' },
    { name: 'current', shape: 'number', meaning: 'drawdown at the end' },
  ],
  run: (call) => mapValue(drawdown(call.series(0)), (value) => ({ ...value })),
})

const weights: QuantParameter = { name: 'weights', kind: 'numbers', meaning: 'value of each position over the value of the portfolio' }
const assets = {
  name: 'assets', shape: 'matrix', meaning: 'simple returns: one row for each period, one column for each position'
} as const

const portfolioEntries: readonly QuantEntry[] = [
  createEntry({
    name: 'componentRisk', title: 'Component value at risk', category: 'risk',
    formula: 'marginalᵢ = k Cov(rᵢ, rₚ)/sdₚ - meanᵢ; componentᵢ = wᵢ marginalᵢ; Σ component = total',
    convention: 'parametric; k = -z for VaR and φ(z)/a for ES, of the law with variance 1',
    source: 'Euler decomposition; PerformanceAnalytics VaR(portfolio_method = "component")',
    parameters: [weights, level, ddof, ...law], optional: ['nu'], inputs: [assets],
    outputs: [
      { name: 'var', shape: 'number', meaning: 'value at risk of the portfolio' },
      { name: 'varMarginal', shape: 'series', meaning: 'growth of the VaR for one more unit of weight' },
      { name: 'varComponent', shape: 'series', meaning: 'part of the VaR that is due to each position' },
      { name: 'es', shape: 'number', meaning: 'expected shortfall of the portfolio' },
      { name: 'esMarginal', shape: 'series', meaning: 'growth of the ES for one more unit of weight' },
      { name: 'esComponent', shape: 'series', meaning: 'part of the ES that is due to each position' },
    ],
    run: (call) => mapValue(
      componentRisk(call.numbers('weights'), call.columns(0), parametricOf(call)),
      ({ valueAtRisk, expectedShortfall }) => ({
        var: valueAtRisk.total, varMarginal: valueAtRisk.marginal, varComponent: valueAtRisk.component,
        es: expectedShortfall.total, esMarginal: expectedShortfall.marginal, esComponent: expectedShortfall.component,
      }),
    ),
  }),
  createEntry({
    name: 'componentShortfall', title: 'Historical component shortfall', category: 'risk',
    formula: 'marginalᵢ = -mean of rᵢ over the n(1 - level) worst periods of the portfolio; componentᵢ = wᵢ marginalᵢ',
    convention: 'the last of the worst periods counts by its fraction', source: 'Tasche 2000; Rockafellar and Uryasev 2002',
    parameters: [weights, level], inputs: [assets],
    outputs: [
      { name: 'es', shape: 'number', meaning: 'expected shortfall of the portfolio' },
      { name: 'esMarginal', shape: 'series', meaning: 'growth of the ES for one more unit of weight' },
      { name: 'esComponent', shape: 'series', meaning: 'part of the ES that is due to each position' },
    ],
    run: (call) => mapValue(
      componentShortfall(call.numbers('weights'), call.columns(0), { level: call.number('level') }),
      ({ total, marginal, component }) => ({ es: total, esMarginal: marginal, esComponent: component }),
    ),
  }),
]

export const riskEntries: readonly QuantEntry[] = [
  ...valueAtRiskEntries, ...shortfallEntries, drawdownEntry, ...portfolioEntries, ...tailEntries,
]
