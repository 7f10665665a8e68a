const rowsAtFirst = 256

/**
 * The orders of a book as rows of columns, each linked to who waits before and behind it at its price. A row is free again once its
 * order is gone. Nothing is allocated but for growth, after which the columns are other ones.
 */
export class OrderRows {
  /** The price; negative of who sells. */
  keys = new Float64Array(rowsAtFirst)
  shown = new Float64Array(rowsAtFirst)
  hidden = new Float64Array(rowsAtFirst)
  /** How much an iceberg shows at once; 0 of any other order. */
  peaks = new Float64Array(rowsAtFirst)
  /** -1 where nobody is. */
  next = new Int32Array(rowsAtFirst)
  previous = new Int32Array(rowsAtFirst)
  isBid = new Uint8Array(rowsAtFirst)
  #count = 0
  #free = -1

  leftOf(row: number): number {
    return (this.shown[row] as number) + (this.hidden[row] as number)
  }

  claim(isBuy: boolean, key: number, lots: number, peak: number): number {
    const row = this.#take()
    const shown = peak > 0 && peak < lots ? peak : lots
    this.keys[row] = key
    this.shown[row] = shown
    this.hidden[row] = lots - shown
    this.peaks[row] = peak
    this.isBid[row] = isBuy ? 1 : 0
    return row
  }

  release(row: number): void {
    this.shown[row] = 0
    this.hidden[row] = 0
    this.next[row] = this.#free
    this.#free = row
  }

  #take(): number {
    const row = this.#free
    if (row >= 0) {
      this.#free = this.next[row] as number
      return row
    }
    if (this.#count === this.keys.length) this.#grow()
    this.#count += 1
    return this.#count - 1
  }

  #grow(): void {
    const length = this.keys.length * 2
    this.keys = wider(this.keys, new Float64Array(length))
    this.shown = wider(this.shown, new Float64Array(length))
    this.hidden = wider(this.hidden, new Float64Array(length))
    this.peaks = wider(this.peaks, new Float64Array(length))
    this.next = wider(this.next, new Int32Array(length))
    this.previous = wider(this.previous, new Int32Array(length))
    this.isBid = wider(this.isBid, new Uint8Array(length))
  }
}

export function wider<Column extends Float64Array | Int32Array | Uint8Array>(column: Column, into: Column): Column {
  into.set(column)
  return into
}
