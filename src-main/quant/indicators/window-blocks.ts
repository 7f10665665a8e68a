import type { Row } from './operations.ts'

export const higher = (x: number, y: number): number => (y > x || Number.isNaN(y) ? y : x)
export const lower = (x: number, y: number): number => (y < x || Number.isNaN(y) ? y : x)

/**
 * Sum (17), highest (18), lowest (19) or mean (27) of the last n values, in constant time and without ever subtracting: time is
 * cut into blocks of n bars; the window is an end of the block before (folded from behind once for each block, into the table)
 * and a beginning of this one (a scalar). So each result depends on the values in the window only: nothing drifts, and what has
 * left leaves no trace. A window in which something is not available has no extreme and no sum.
 */
export function foldBlockBefore(cells: Float64Array, row: Row, bar: number): void {
  const { operation, length, table, base, mask } = row
  let folded = cells[base + ((bar - 1) & mask)] as number
  cells[table + length - 1] = folded
  for (let index = length - 2; index > 0; index--) {
    const value = cells[base + ((bar - length + index) & mask)] as number
    if (operation === 17 || operation === 27) folded += value
    else folded = operation === 18 ? higher(folded, value) : lower(folded, value)
    cells[table + index] = folded
  }
}

/**
 * Variance (20) and deviation (28) go by the same blocks, with two sums for each end: of the deviations from the last value of
 * the block before, and of their squares. That value is in the window, which bounds the loss of digits, and a constant has
 * exactly none. When a block is complete its window is the block itself; then it is folded here, from its own last value.
 *
 * Written and not returned, for a number that is returned would be boxed; so is the sum below.
 */
export function foldDeviations(cells: Float64Array, row: Row, bar: number): void {
  const { length, table, base, mask } = row
  const newest = cells[base + (bar & mask)] as number
  let total = 0
  let squares = 0
  for (let back = 0; back < length; back++) {
    const deviation = (cells[base + ((bar - back) & mask)] as number) - newest
    total += deviation
    squares += deviation * deviation
    const place = table + 2 * (length - 1 - back)
    cells[place] = total
    cells[place + 1] = squares
  }
}
