import type { Row } from './operations.ts'
import { foldBlockBefore, higher, lower } from './window-blocks.ts'

/** Written and not returned, for a number that is returned would be boxed. */
function stepWeighed(cells: Float64Array, row: Row, bar: number): void {
  const { length, table, base, mask } = row
  let total = 0
  for (let back = 0; back < length; back++) total += (cells[table + back] as number) * (
    cells[base + ((bar - back) & mask)] as number
  )
  cells[row.out] = total
}

/**
 * The operations that are not worth their place in the loop of `stepRows`: each there costs all the others. The numbers of the
 * cases are those of `operations`.
 */
export function stepRareRow(cells: Float64Array, row: Row, past: number, present: number, bar: number): void {
  const a = row.a
  let value = Number.NaN
  switch (row.operation) {
    case 4: value = ((cells[a] as number) + (cells[row.b] as number)) / 2; break
    case 8: {
      const low = cells[row.b] as number
      const width = (cells[row.c] as number) - low
      value = width === 0 ? (cells[row.numbers + 1] as number) : (
        (cells[row.numbers] as number) * ((cells[a] as number) - low)
      ) / width
      break
    }
    case 9: value = Math.abs(cells[a] as number); break
    case 18: case 19: {
      const isHighest = row.operation === 18
      const state = row.state
      const place = cells[state + past] as number
      let front = cells[a] as number
      if (place !== 0) {
        const before = cells[state + past + 1] as number
        front = isHighest ? higher(before, front) : lower(before, front)
      } else if (bar > row.start) foldBlockBefore(cells, row, bar)
      cells[state + present + 1] = front
      cells[state + present] = place === row.length - 1 ? 0 : place + 1
      if (bar >= row.start) {
        value = front
        if (place !== row.length - 1) {
          const rest = cells[row.table + place + 1] as number
          value = isHighest ? higher(front, rest) : lower(front, rest)
        }
      }
      break
    }
    case 21: {
      stepWeighed(cells, row, bar)
      value = cells[row.out] as number
      break
    }
    case 23: value = ((cells[a] as number) + (cells[row.b] as number) + (cells[row.c] as number)) / 3; break
    case 24: {
      const whole = (cells[a] as number) + (cells[row.b] as number)
      value = whole === 0 ? (cells[row.numbers + 1] as number) : (
        (cells[row.numbers] as number) * (cells[a] as number)
      ) / whole
      break
    }
    case 25: {
      const whole = (cells[a] as number) + (cells[row.b] as number)
      value = whole === 0 ? (cells[row.numbers + 1] as number) : (
        (cells[row.numbers] as number) * ((cells[a] as number) - (cells[row.b] as number))
      ) / whole
      break
    }
    default: {
      value = (cells[row.state + past] as number) + (cells[a] as number)
      cells[row.state + present] = value
    }
  }
  cells[row.out] = value
}
