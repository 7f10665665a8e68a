/**
 * Runs the operations of one bar. Cells are read by a cast, not by a function that says so: V8 stops inlining in a function of
 * this size. The numbers of the cases are those of `operations`.
 */
const higher = (x: number, y: number): number => (y > x || Number.isNaN(y) ? y : x)
const lower = (x: number, y: number): number => (y < x || Number.isNaN(y) ? y : x)

/**
 * Sum (17), highest (18), lowest (19) or mean (27) of the last n values, in constant time and without ever subtracting: time is
 * cut into blocks of n bars; the window is an end of the block before (folded from behind once for each block, into the table)
 * and a beginning of this one (a scalar). So each result depends on the values in the window only: nothing drifts, and what has
 * left leaves no trace. A window in which something is not available has no extreme and no sum.
 */
function foldBlockBefore(
  cells: Float64Array, kind: number, bar: number, n: number, table: number, base: number, mask: number,
): void {
  let folded = cells[base + ((bar - 1) & mask)] as number
  cells[table + n - 1] = folded
  for (let index = n - 2; index > 0; index--) {
    const value = cells[base + ((bar - n + index) & mask)] as number
    if (kind === 17 || kind === 27) folded += value
    else folded = kind === 18 ? higher(folded, value) : lower(folded, value)
    cells[table + index] = folded
  }
}

/**
 * Deviations are taken from the newest value, which is in the window: that bounds the loss of digits, and a constant has
 * exactly none. Written and not returned, for a number that is returned would be boxed; so are the sums below.
 */
function stepVariance(cells: Float64Array, rows: Int32Array, numbers: Float64Array, row: number, bar: number): void {
  const n = rows[row + 8] as number
  const base = rows[row + 9] as number
  const mask = rows[row + 10] as number
  const newest = cells[base + (bar & mask)] as number
  let total = 0
  let squares = 0
  // Two sums each, for the processor adds faster when it need not wait for the last sum.
  let otherTotal = 0
  let otherSquares = 0
  let back = n - 1
  for (; back > 1; back -= 2) {
    const deviation = (cells[base + ((bar - back) & mask)] as number) - newest
    const other = (cells[base + ((bar - back + 1) & mask)] as number) - newest
    total += deviation
    squares += deviation * deviation
    otherTotal += other
    otherSquares += other * other
  }
  if (back === 1) {
    const deviation = (cells[base + ((bar - 1) & mask)] as number) - newest
    total += deviation
    squares += deviation * deviation
  }
  total += otherTotal
  squares += otherSquares
  const spread = squares - (total * total) / n
  const variance = spread < 0 ? 0 : spread / (numbers[row >> 3] as number)
  cells[rows[row + 2] as number] = rows[row] === 28 ? Math.sqrt(variance) : variance
}

function stepWeighed(cells: Float64Array, rows: Int32Array, row: number, bar: number): void {
  const n = rows[row + 8] as number
  const weights = rows[row + 7] as number
  const base = rows[row + 9] as number
  const mask = rows[row + 10] as number
  let total = 0
  for (let back = 0; back < n; back++) total += (cells[weights + back] as number) * (
    cells[base + ((bar - back) & mask)] as number
  )
  cells[rows[row + 2] as number] = total
}

/** Wilder's relative strength: his averages of gains and losses (two scalars), seeded with the means of the first n changes. */
function stepStrength(cells: Float64Array, rows: Int32Array, numbers: Float64Array, row: number, bar: number): void {
  const n = rows[row + 8] as number
  const start = rows[row + 13] as number
  if (bar <= start - n) return
  const state = rows[row + 6] as number
  const moved = (cells[rows[row + 3] as number] as number) - (
    cells[(rows[row + 9] as number) + ((bar - 1) & (rows[row + 10] as number))] as number
  )
  const gained = moved > 0 ? moved : 0
  const lost = moved < 0 ? 0 - moved : 0
  let up = cells[state] as number
  let down = cells[state + 1] as number
  const pace = numbers[row >> 3] as number
  up += bar > start ? pace * (gained - up) : gained
  down += bar > start ? pace * (lost - down) : lost
  if (bar === start) {
    up /= n
    down /= n
  }
  cells[state] = up
  cells[state + 1] = down
  if (bar >= start) cells[rows[row + 2] as number] = up + down === 0 ? (
    numbers[(row >> 3) + 1] as number
  ) : (100 * up) / (up + down)
}

type Customs = readonly ((bar: number) => void)[]

/**
 * Steps every node of one bar. `numbers` holds two constants for each row; `customs` the nodes that are functions; from the bar
 * `settled` on every node runs. Long for the reason above.
 */
export function stepRows(
  cells: Float64Array, rows: Int32Array, numbers: Float64Array, customs: Customs, settled: number, bar: number,
): void {
  for (let row = 0; row < rows.length; row += 16) {
    if (bar < settled && bar < (rows[row + 1] as number)) continue
    const out = rows[row + 2] as number
    const a = rows[row + 3] as number
    const b = rows[row + 4] as number
    switch (rows[row]) {
      case 0: (customs[a] as (bar: number) => void)(bar); break
      case 1: cells[out] = (cells[a] as number) - (cells[b] as number); break
      case 2: cells[out] = (cells[a] as number) + (cells[b] as number); break
      case 3: cells[out] = (cells[a] as number) * (cells[b] as number); break
      case 4: cells[out] = ((cells[a] as number) + (cells[b] as number)) / 2; break
      case 5: cells[out] = (cells[a] as number) * (numbers[row >> 3] as number); break
      case 6: cells[out] = (cells[a] as number) + (numbers[row >> 3] as number) * (cells[b] as number); break
      case 7: {
        const divisor = cells[b] as number
        cells[out] = divisor === 0 ? (numbers[(row >> 3) + 1] as number) : (
          (numbers[row >> 3] as number) * (cells[a] as number)
        ) / divisor
        break
      }
      case 8: {
        const low = cells[b] as number
        const width = (cells[(rows[row + 5] as number)] as number) - low
        cells[out] = width === 0 ? (numbers[(row >> 3) + 1] as number) : (
          (numbers[row >> 3] as number) * ((cells[a] as number) - low)
        ) / width
        break
      }
      case 9: cells[out] = Math.abs((cells[a] as number)); break
      case 10: cells[out] = (cells[a] as number); break
      case 11: cells[out] = (
        cells[(rows[row + 9] as number) + ((bar - (rows[row + 8] as number)) & (rows[row + 10] as number))] as number
      ); break
      case 12: cells[out] = (cells[a] as number) - (
        cells[(rows[row + 9] as number) + ((bar - (rows[row + 8] as number)) & (rows[row + 10] as number))] as number
      ); break
      case 13: case 14: case 15: {
        const moved = (cells[a] as number) - (
          cells[(rows[row + 9] as number) + ((bar - 1) & (rows[row + 10] as number))] as number
        )
        if (rows[row] === 13) cells[out] = moved < 0 ? 0 : moved
        else if (rows[row] === 14) cells[out] = moved > 0 ? 0 : 0 - moved
        else cells[out] = Math.abs(moved)
        break
      }
      case 16: {
        const start = rows[row + 13] as number
        const state = rows[row + 6] as number
        const before = cells[state] as number
        let value = cells[a] as number
        if (bar > start) value = before + (numbers[row >> 3] as number) * (value - before)
        else {
          value += before
          if (bar === start) value /= numbers[(row >> 3) + 1] as number
        }
        cells[state] = value
        if (bar >= start) cells[out] = value
        break
      }
      case 17: case 18: case 19: case 27: {
        const kind = rows[row] as number
        const state = rows[row + 6] as number
        const table = rows[row + 7] as number
        const n = rows[row + 8] as number
        const place = cells[state] as number
        const value = cells[a] as number
        let front = value
        if (place !== 0) {
          front = cells[state + 1] as number
          if (kind === 17 || kind === 27) front += value
          else front = kind === 18 ? higher(front, value) : lower(front, value)
        } else if (bar > (rows[row + 13] as number)) {
          foldBlockBefore(cells, kind, bar, n, table, rows[row + 9] as number, rows[row + 10] as number)
        }
        cells[state + 1] = front
        cells[state] = place === n - 1 ? 0 : place + 1
        if (bar >= (rows[row + 13] as number)) {
          if (place !== n - 1) {
            const rest = cells[table + place + 1] as number
            if (kind === 17 || kind === 27) front += rest
            else front = kind === 18 ? higher(front, rest) : lower(front, rest)
          }
          cells[out] = kind === 27 ? front / n : front
        }
        break
      }
      case 20: case 28: stepVariance(cells, rows, numbers, row, bar); break
      case 21: stepWeighed(cells, rows, row, bar); break
      case 22: {
        const before = bar === 0 ? (cells[b] as number) : (
          cells[(rows[row + 9] as number) + ((bar - 1) & (rows[row + 10] as number))] as number
        )
        const top = cells[b] as number
        const bottom = (cells[(rows[row + 5] as number)] as number)
        cells[out] = (top > before ? top : before) - (bottom < before || bar === 0 ? bottom : before)
        break
      }
      case 23: cells[out] = (
        (cells[a] as number) + (cells[b] as number) + (cells[(rows[row + 5] as number)] as number)
      ) / 3; break
      case 24: {
        const whole = (cells[a] as number) + (cells[b] as number)
        cells[out] = whole === 0 ? (numbers[(row >> 3) + 1] as number) : (
          (numbers[row >> 3] as number) * (cells[a] as number)
        ) / whole
        break
      }
      case 25: {
        const whole = (cells[a] as number) + (cells[b] as number)
        cells[out] = whole === 0 ? (numbers[(row >> 3) + 1] as number) : (
          (numbers[row >> 3] as number) * ((cells[a] as number) - (cells[b] as number))
        ) / whole
        break
      }
      case 29: stepStrength(cells, rows, numbers, row, bar); break
      default: {
        const total = (cells[rows[row + 6] as number] as number) + (cells[a] as number)
        cells[rows[row + 6] as number] = total
        cells[out] = total
      }
    }
    const value = cells[out] as number
    // What has overflowed is not available, nor is what is made from it.
    if (value - value !== 0) cells[out] = Number.NaN
    const ring = rows[row + 11] as number
    if (ring !== 0) cells[ring + (bar & (rows[row + 12] as number))] = cells[out] as number
  }
}
