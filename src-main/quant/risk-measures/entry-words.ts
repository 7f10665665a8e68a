import type { QuantParameter } from '../catalogue-entry.ts'

/** Words that the entries of risk, performance and sizing share. */
export const returnsInput = { name: 'returns', meaning: 'simple returns, one for each period' } as const
export const annualisationParameter: QuantParameter = {
  name: 'annualisation', kind: 'number', least: 1e-9, preset: 365, meaning: 'periods in a year',
}
export const riskFreeParameter: QuantParameter = {
  name: 'rf', kind: 'number', preset: 0, meaning: 'risk-free rate of a year, divided by the annualisation for a period',
}
