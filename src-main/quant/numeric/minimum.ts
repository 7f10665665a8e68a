import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'

/** A function of several variables. Where it is not defined it gives Infinity or NaN, and the search keeps away. */
export type Objective = (point: Float64Array) => number
export type Gradient = (point: Float64Array) => Float64Array

export interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly iterations: number
  readonly evaluations: number
}

/** Where a search stopped that did not converge: a start for another search, never a result. */
export interface MinimumFailure extends QuantError {
  readonly best?: Minimum
}

/** `ok` means converged. */
export type MinimumResult = Result<Minimum, MinimumFailure>

/** By central differences, as exact as the function allows: to about the cube root of the rounding, squared. */
export function centralGradient(of: Objective, point: Float64Array): Float64Array {
  const probe = point.slice()
  return point.map((value, index) => {
    const step = Math.cbrt(Number.EPSILON) * Math.max(1, Math.abs(value))
    probe[index] = value + step
    const above = of(probe)
    probe[index] = value - step
    const below = of(probe)
    probe[index] = value
    return (above - below) / (2 * step)
  })
}
