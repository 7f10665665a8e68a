/**
 * One side of a book as sorted columns, the best price last. Prices are kept as keys that rise towards the best: the price itself
 * for bids, its negative for asks, so that both sides are one code. The columns are open to the matching core, which would pay
 * for every call between them.
 */
export class PriceLadder {
  count = 0
  keys = new Float64Array(64)
  heads = new Int32Array(64)
  tails = new Int32Array(64)
  /** All lots of the level, hidden ones included. */
  totals = new Float64Array(64)

  /** The level of this key, or -1 - the place where it would be. Near the best price is where most of it happens. */
  find(key: number): number {
    const { keys } = this
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const at = keys[middle] as number
      if (at === key) return middle
      if (at < key) low = middle + 1
      else high = middle - 1
    }
    return -1 - low
  }

  /** Makes an empty level. */
  insert(at: number, key: number): void {
    if (this.count === this.keys.length) this.#grow()
    const { count, keys, heads, tails, totals } = this
    // A loop, because the moves are short and a call of copyWithin costs more than they do.
    for (let to = count; to > at; to -= 1) {
      keys[to] = keys[to - 1] as number
      heads[to] = heads[to - 1] as number
      tails[to] = tails[to - 1] as number
      totals[to] = totals[to - 1] as number
    }
    keys[at] = key
    heads[at] = -1
    tails[at] = -1
    totals[at] = 0
    this.count = count + 1
  }

  remove(at: number): void {
    const { count, keys, heads, tails, totals } = this
    for (let to = at; to < count - 1; to += 1) {
      keys[to] = keys[to + 1] as number
      heads[to] = heads[to + 1] as number
      tails[to] = tails[to + 1] as number
      totals[to] = totals[to + 1] as number
    }
    this.count = count - 1
  }

  #grow(): void {
    const wider = <Column extends Float64Array | Int32Array>(column: Column, into: Column): Column => {
      into.set(column)
      return into
    }
    const length = this.keys.length * 2
    this.keys = wider(this.keys, new Float64Array(length))
    this.heads = wider(this.heads, new Int32Array(length))
    this.tails = wider(this.tails, new Int32Array(length))
    this.totals = wider(this.totals, new Float64Array(length))
  }
}
