/**
 * While a pointer is over a table its rows keep their places: each is shown as it is now, those that are gone as they were last,
 * and those that have come wait.
 */
export function steadyRows<Row>(held: readonly Row[], now: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const latest = new Map(now.map((row) => [keyOf(row), row]))
  let isSame = true
  const rows = held.map((row) => {
    const fresh = latest.get(keyOf(row)) ?? row
    if (fresh !== row) isSame = false
    return fresh
  })
  return isSame ? held : rows
}

/** Those that keep their place and are no longer there: they must not look as if they were. */
export function goneRows<Row>(held: readonly Row[], now: readonly Row[], keyOf: (row: Row) => string): ReadonlySet<string> {
  const there = new Set(now.map(keyOf))
  return new Set(held.map(keyOf).filter((key) => !there.has(key)))
}

export function waitingRows<Row>(held: readonly Row[], wanted: readonly Row[], keyOf: (row: Row) => string): number {
  const known = new Set(held.map(keyOf))
  return wanted.reduce((count, row) => (known.has(keyOf(row)) ? count : count + 1), 0)
}
