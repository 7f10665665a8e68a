import { fail, ok } from '../../base/index.ts'
import { at, dot, identityMatrix, isFiniteSeries, multiplyVector, scaleMatrix, type Matrix } from './matrix.ts'
import { centralGradient, type Gradient, type Minimum, type MinimumResult, type Objective } from './minimum.ts'

export interface BfgsOptions {
  /** Central differences when absent. */
  readonly gradient?: Gradient
  /**
   * On the largest part of the gradient, times its variable and over the value where those are above 1 (Dennis and Schnabel
   * 1983).
   */
  readonly gradientTolerance?: number
  readonly iterationsMost?: number
}

interface Place {
  readonly point: Float64Array
  readonly value: number
  readonly gradient: Float64Array
}

/** Differences of a function that is rounded cannot show a smaller slope; where no step helps any more, this is flat enough. */
const slopeOfRounding = 1e-5
const enough = 1e-4
const halvingsMost = 60

/** Broyden, Fletcher, Goldfarb and Shanno with a line search that asks for a sufficient decrease. */
export function bfgs(of: Objective, start: Float64Array, options: BfgsOptions = {}): MinimumResult {
  const { gradientTolerance = 1e-8, iterationsMost = 500 } = options
  let evaluations = 0
  const measured = (point: Float64Array): number => {
    evaluations++
    return of(point)
  }
  const slope = options.gradient ?? ((point: Float64Array) => centralGradient(measured, point))
  let place: Place = { point: start.slice(), value: measured(start), gradient: slope(start) }
  if (!Number.isFinite(place.value) || !isFiniteSeries(place.gradient)) {
    return fail({ code: 'degenerate', message: 'The function to minimise is not finite at the start.' })
  }
  let curvature: Matrix | undefined
  for (let iterations = 0; ; iterations++) {
    const reached: Minimum = { point: place.point, value: place.value, iterations, evaluations }
    const scale = 1 + Math.abs(place.value)
    const steepness = largest(
      place.gradient.map((part, index) => part * Math.max(1, Math.abs(at(place.point, index)))),
    ) / Math.max(1, Math.abs(place.value))
    if (steepness <= gradientTolerance) return ok(reached)
    if (iterations === iterationsMost) {
      return fail({ code: 'not-converged', message: `The minimum was not found in ${iterationsMost} iterations.`, best: reached })
    }
    const next = step(measured, slope, place, curvature)
    if (next === undefined || (place.value - next.value <= 1e-15 * scale && steepness <= slopeOfRounding)) {
      // The remembered curvature may be what is wrong: once more straight down.
      if (curvature !== undefined && steepness > slopeOfRounding) {
        curvature = undefined
        continue
      }
      if (steepness <= slopeOfRounding) return ok(reached)
      return fail({ code: 'not-converged', message: 'No step lowers the function, yet it is not flat.', best: reached })
    }
    curvature = updated(curvature, place, next)
    place = next
  }
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

function step(of: Objective, slope: Gradient, place: Place, curvature: Matrix | undefined): Place | undefined {
  const length = Math.sqrt(dot(place.gradient, place.gradient))
  const steepest = place.gradient.map((part) => -part / Math.max(1, length))
  const wanted = curvature === undefined ? steepest : multiplyVector(curvature, place.gradient).map((part) => -part)
  const direction = dot(wanted, place.gradient) < 0 ? wanted : steepest
  const descent = dot(direction, place.gradient)
  let share = 1
  for (let halving = 0; halving < halvingsMost; halving++) {
    const point = place.point.map((value, index) => value + share * at(direction, index))
    const value = of(point)
    if (value <= place.value + enough * share * descent && Number.isFinite(value)) {
      if (value === place.value) return undefined
      const gradient = slope(point)
      if (isFiniteSeries(gradient)) return { point, value, gradient }
    }
    // The vertex of the parabola through what is known, kept between a tenth and a half.
    const vertex = (-descent * share * share) / (2 * (value - place.value - descent * share))
    share = Number.isFinite(vertex) ? Math.min(share / 2, Math.max(share / 10, vertex)) : share / 10
  }
  return undefined
}

/** Of the inverse Hessian. Left alone where the slope did not rise along the step, which would make it indefinite. */
function updated(curvature: Matrix | undefined, from: Place, to: Place): Matrix | undefined {
  const moved = to.point.map((value, index) => value - at(from.point, index))
  const rise = to.gradient.map((value, index) => value - at(from.gradient, index))
  const along = dot(moved, rise)
  if (along <= 1e-12 * Math.sqrt(dot(moved, moved) * dot(rise, rise))) return curvature
  const size = moved.length
  const inverse = curvature ?? scaleMatrix(identityMatrix(size), along / dot(rise, rise))
  const turned = multiplyVector(inverse, rise)
  const factor = (1 + dot(rise, turned) / along) / along
  const values = inverse.values.map((value, index) => {
    const row = Math.floor(index / size)
    const column = index % size
    const cross = at(moved, row) * at(turned, column) + at(turned, row) * at(moved, column)
    return value + factor * at(moved, row) * at(moved, column) - cross / along
  })
  return { ...inverse, values }
}
