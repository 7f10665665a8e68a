import type { Row } from './operations.ts'
import { stepRareRow } from './step-rare-row.ts'
import { foldBlockBefore, foldDeviations } from './window-blocks.ts'

/**
 * Steps every node of one bar; from the bar `settled` on every node runs. The numbers of the cases are those of `operations`.
 *
 * Cells are read by a cast, not by a function that says so, and the function is long: V8 stops inlining in one of this size, and
 * what is called costs more than its arithmetic.
 *
 * What a row remembers lies in two banks: it is read from that of the bar before (`past`) and written to that of this bar
 * (`present`), so a bar that comes in place of itself finds what that found. A row that runs writes all of its scalars.
 */
export function stepRows(cells: Float64Array, rows: readonly Row[], settled: number, bank: number, bar: number): void {
  const past = (bar & 1) * bank
  const present = bank - past
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row
    if (bar < settled && bar < row.from) continue
    const out = row.out
    const a = row.a
    let value = Number.NaN
    switch (row.operation) {
      case 0: {
        row.step(bar)
        value = cells[out] as number
        break
      }
      case 1: value = (cells[a] as number) - (cells[row.b] as number); break
      case 2: value = (cells[a] as number) + (cells[row.b] as number); break
      case 3: value = (cells[a] as number) * (cells[row.b] as number); break
      case 5: value = (cells[a] as number) * (cells[row.numbers] as number); break
      case 6: value = (cells[a] as number) + (cells[row.numbers] as number) * (cells[row.b] as number); break
      case 7: {
        const divisor = cells[row.b] as number
        value = divisor === 0 ? (cells[row.numbers + 1] as number) : (
          (cells[row.numbers] as number) * (cells[a] as number)
        ) / divisor
        break
      }
      case 10: value = cells[a] as number; break
      case 11: value = cells[row.base + ((bar - row.length) & row.mask)] as number; break
      case 12: value = (cells[a] as number) - (cells[row.base + ((bar - row.length) & row.mask)] as number); break
      // Halves and no comparison: which way a price moves next is what a processor cannot guess.
      case 13: case 14: case 15: {
        const moved = (cells[a] as number) - (cells[row.base + ((bar - 1) & row.mask)] as number)
        value = Math.abs(moved)
        if (row.operation === 13) value = 0.5 * value + 0.5 * moved
        else if (row.operation === 14) value = 0.5 * value - 0.5 * moved
        break
      }
      case 16: {
        const start = row.start
        const state = row.state
        const before = cells[state + past] as number
        let next = cells[a] as number
        if (bar > start) next = before + (cells[row.numbers] as number) * (next - before)
        else {
          next += before
          if (bar === start) next /= cells[row.numbers + 1] as number
        }
        cells[state + present] = next
        if (bar >= start) value = next
        break
      }
      case 17: case 27: {
        const state = row.state
        const length = row.length
        const place = cells[state + past] as number
        let front = cells[a] as number
        if (place !== 0) front += cells[state + past + 1] as number
        else if (bar > row.start) foldBlockBefore(cells, row, bar)
        cells[state + present + 1] = front
        cells[state + present] = place === length - 1 ? 0 : place + 1
        if (bar >= row.start) {
          if (place !== length - 1) front += cells[row.table + place + 1] as number
          value = row.operation === 27 ? front / length : front
        }
        break
      }
      case 20: case 28: {
        const n = row.length
        const state = row.state
        const place = cells[state + past] as number
        let total = 0
        let squares = 0
        let rest = row.table
        if (place === n - 1) {
          foldDeviations(cells, row, bar)
          cells[state + present] = 0
          cells[state + present + 1] = 0
          cells[state + present + 2] = 0
        } else {
          const deviation = (cells[a] as number) - (cells[row.base + ((bar - place - 1) & row.mask)] as number)
          total = (cells[state + past + 1] as number) + deviation
          squares = (cells[state + past + 2] as number) + deviation * deviation
          cells[state + present] = place + 1
          cells[state + present + 1] = total
          cells[state + present + 2] = squares
          rest += 2 * place + 2
        }
        if (bar >= row.start) {
          total += cells[rest] as number
          squares += cells[rest + 1] as number
          const spread = squares - (total * total) * (cells[row.numbers + 1] as number)
          value = spread < 0 ? 0 : spread * (cells[row.numbers] as number)
          if (row.operation === 28) value = Math.sqrt(value)
        }
        break
      }
      case 22: {
        const top = cells[row.b] as number
        const bottom = cells[row.c] as number
        const before = bar === 0 ? top : (cells[row.base + ((bar - 1) & row.mask)] as number)
        value = (top > before ? top : before) - (bottom < before || bar === 0 ? bottom : before)
        break
      }
      case 29: {
        const start = row.start
        if (bar <= start - row.length) break
        const state = row.state
        const moved = (cells[a] as number) - (cells[row.base + ((bar - 1) & row.mask)] as number)
        const size = Math.abs(moved)
        const gained = 0.5 * size + 0.5 * moved
        const lost = 0.5 * size - 0.5 * moved
        let up = cells[state + past] as number
        let down = cells[state + past + 1] as number
        if (bar > start) {
          const pace = cells[row.numbers] as number
          up += pace * (gained - up)
          down += pace * (lost - down)
        } else {
          up += gained
          down += lost
          if (bar === start) {
            up /= row.length
            down /= row.length
          }
        }
        cells[state + present] = up
        cells[state + present + 1] = down
        if (bar >= start) value = up + down === 0 ? (cells[row.numbers + 1] as number) : (100 * up) / (up + down)
        break
      }
      default: {
        stepRareRow(cells, row, past, present, bar)
        value = cells[out] as number
      }
    }
    // What has overflowed is not available, nor is what is made from it.
    if (value - value !== 0) value = Number.NaN
    cells[out] = value
    if (row.ownBase !== 0) cells[row.ownBase + (bar & row.ownMask)] = value
  }
}
