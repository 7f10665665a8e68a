import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { available, firstRefusal, refuseOutside, refuseSeriesOf } from '../entry-form/index.ts'
import { deviationOf, momentsOf } from '../numeric/index.ts'
import { refuseCompounding } from '../risk-measures/index.ts'
import { annualReturn } from './growth.ts'
import type { RiskFree } from './ratios.ts'
import { olsSimple } from './regression.ts'

export interface Capm {
  readonly beta: number
  readonly alphaPerPeriod: number
  readonly trackingErrorAnn: number | null
  /** Null when the returns never leave those of the benchmark. */
  readonly informationRatio: number | null
}

/** The capital asset pricing regression of excess returns on a benchmark, and how closely it was followed. */
export function capm(returns: Float64Array, benchmark: Float64Array, { rf, annualisation }: RiskFree): Result<Capm, QuantError> {
  const refusal = firstRefusal(
    refuseOutside('annualisation', annualisation, 0, Infinity),
    refuseOutside('rf', rf, -Infinity, Infinity),
    refuseSeriesOf({ returns, benchmark }, 3),
  ) ?? refuseCompounding(returns) ?? refuseCompounding(benchmark)
  if (refusal !== undefined) return refusal
  const free = rf / annualisation
  const line = olsSimple(returns.map((value) => value - free), benchmark.map((value) => value - free))
  if (!line.ok) return line
  const gaps = momentsOf(returns.map((value, at) => value - (benchmark[at] as number)))
  const trackingError = deviationOf(gaps, 1) * Math.sqrt(annualisation)
  const gained = annualReturn(returns, annualisation) - annualReturn(benchmark, annualisation)
  return ok({
    beta: line.value.slope,
    alphaPerPeriod: line.value.intercept,
    trackingErrorAnn: available(trackingError),
    informationRatio: trackingError > 0 ? available(gained / trackingError) : null,
  })
}
