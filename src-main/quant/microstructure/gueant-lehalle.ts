import { ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { refuse, refuseSeries } from '../entry-form/index.ts'
import { refuseNotPositive } from './conditions.ts'
import type { QuotingModel } from './avellaneda-stoikov.ts'

export interface FillModel extends QuotingModel {
  /** Fills for one unit of time at the mid itself. */
  readonly intensity: number
}

export interface QuoteOffsets {
  /** Mid less the bid; null where the inventory is at its limit and nothing more is bought. */
  readonly bidOffset: readonly (number | null)[]
  /** The ask less mid. */
  readonly askOffset: readonly (number | null)[]
}

/** The closed approximation far from the horizon of Guéant, Lehalle and Fernandez-Tapia (2013), section 4. */
export function glftAsymptotic(model: FillModel, inventory: Float64Array): Result<QuoteOffsets, QuantError> {
  const refusal = refuseModel(model) ?? refuseSeries('inventory', inventory, 1)
  if (refusal !== undefined) return refusal
  const { gamma, kappa, sigma, intensity } = model
  const half = Math.log1p(gamma / kappa) / gamma
  const tilt = Math.sqrt(((sigma * sigma * gamma) / (2 * kappa * intensity)) * (1 + gamma / kappa) ** (1 + kappa / gamma))
  return ok({
    bidOffset: Array.from(inventory, (held) => half + ((2 * held + 1) / 2) * tilt),
    askOffset: Array.from(inventory, (held) => half - ((2 * held - 1) / 2) * tilt),
  })
}

/**
 * The exact stationary quotes with the inventory limited on both sides: the lowest eigenvector f of the tridiagonal matrix with
 * κγσ²q²/2 on the diagonal and -η beside it; bid offset = ln(f_q / f_{q+1}) / κ + ln(1 + γ/κ) / γ.
 */
export function glftStationary(model: FillModel, limit: number, inventory: Float64Array): Result<QuoteOffsets, QuantError> {
  const refusal = refuseModel(model) ?? refuseSeries('inventory', inventory, 1)
  if (refusal !== undefined) return refusal
  if (!Number.isInteger(limit) || limit < 1 || limit > limitMost) {
    return refuse('bad-parameter', `The largest inventory is expected to be a whole number from 1 to ${limitMost}, but it was ${limit}.`)
  }
  const strange = inventory.find((held) => !Number.isInteger(held) || Math.abs(held) > limit)
  if (strange !== undefined) return refuse(
    'bad-parameter', `An inventory is expected to be a whole number within ${limit}, but one was ${strange}.`,
  )
  const { gamma, kappa } = model
  const half = Math.log1p(gamma / kappa) / gamma
  const falls = logFalls(model, limit)
  // The matrix is symmetric in the sign of the inventory, so the ask at q is the bid at -q.
  const offset = (held: number): number | null => {
    if (held >= limit) return null
    const logRatio = held >= 0 ? (falls[held] as number) : -(falls[-held - 1] as number)
    return half + logRatio / kappa
  }
  return ok({ bidOffset: Array.from(inventory, offset), askOffset: Array.from(inventory, (held) => offset(-held)) })
}

/** More is never held in whole lots, and the work is linear in it. */
const limitMost = 100_000

const refuseModel = ({ gamma, kappa, sigma, intensity }: FillModel) => refuseNotPositive({ gamma, kappa, sigma, intensity })

/**
 * ln(f_q / f_{q+1}) for q = 0, 1, ... limit - 1. From the edge inwards f_{q+1} / f_q = η / (d_{q+1} - λ - η f_{q+2} / f_{q+1}): all
 * positive for the lowest eigenvalue λ, so that each ratio keeps its digits although f itself falls by hundreds of decades.
 */
function logFalls(model: FillModel, limit: number): Float64Array {
  const { gamma, kappa, sigma, intensity } = model
  // In units of η, which drops out of the ratios.
  const eta = intensity * (1 + gamma / kappa) ** -(1 + kappa / gamma)
  const curve = (kappa * gamma * sigma * sigma) / 2 / eta
  const ratios = new Float64Array(limit + 1)
  const isBelowLowest = (lambda: number): boolean => {
    ratios[limit] = 0
    for (let q = limit; q >= 1; q -= 1) {
      const pivot = curve * q * q - lambda - (ratios[q] as number)
      if (!(pivot > 0)) return false
      ratios[q - 1] = 1 / pivot
    }
    return -lambda - 2 * (ratios[0] as number) > 0
  }
  let low = -2
  let high = 0
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (isBelowLowest(middle)) low = middle
    else high = middle
  }
  isBelowLowest(low)
  return ratios.subarray(0, limit).map((ratio) => -Math.log(ratio))
}
