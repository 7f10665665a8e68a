import { at, createMatrix, type Matrix } from './matrix.ts'
import type { Objective } from './minimum.ts'

/** Second derivatives by central differences, with a step for each variable. */
export function centralHessian(of: Objective, point: Float64Array, stepOf: (value: number) => number = presetStep): Matrix {
  const size = point.length
  const hessian = createMatrix(size, size)
  const steps = point.map((value) => stepOf(value))
  const moved = (first: number, firstSign: number, second: number, secondSign: number): number => {
    const probe = point.slice()
    probe[first] = at(probe, first) + firstSign * at(steps, first)
    probe[second] = at(probe, second) + secondSign * at(steps, second)
    return of(probe)
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const rise = moved(row, 1, column, 1) - moved(row, 1, column, -1) - moved(row, -1, column, 1) + moved(row, -1, column, -1)
      const value = rise / (4 * at(steps, row) * at(steps, column))
      hessian.values[row * size + column] = hessian.values[column * size + row] = value
    }
  }
  return hessian
}

const presetStep = (value: number): number => 2e-4 * Math.max(1, Math.abs(value))
