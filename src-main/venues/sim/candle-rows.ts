import type { CandleColumns } from '../../domain/index.ts'

/** Columns of candles that grow: each finer candle is folded into the last row or begins the next. */
export class CandleRows {
  readonly #time: number[] = []
  readonly #open: number[] = []
  readonly #high: number[] = []
  readonly #low: number[] = []
  readonly #close: number[] = []
  readonly #volume: number[] = []

  get length(): number {
    return this.#time.length
  }

  fold(time: number, open: number, high: number, low: number, close: number, volume: number): void {
    const last = this.#time.length - 1
    if (last < 0 || this.#time[last] !== time) {
      this.#time.push(time)
      this.#open.push(open)
      this.#high.push(high)
      this.#low.push(low)
      this.#close.push(close)
      this.#volume.push(volume)
      return
    }
    this.#high[last] = Math.max(this.#high[last] as number, high)
    this.#low[last] = Math.min(this.#low[last] as number, low)
    this.#close[last] = close
    this.#volume[last] = (this.#volume[last] as number) + volume
  }

  /** The newest rows that opened before a time and not before another, oldest first. */
  newest(before: number, limit: number, since: number): CandleColumns {
    let end = this.#time.length
    while (end > 0 && (this.#time[end - 1] as number) >= before) end -= 1
    let begin = Math.max(0, end - limit)
    while (begin < end && (this.#time[begin] as number) < since) begin += 1
    const column = (values: readonly number[]) => Float64Array.from(values.slice(begin, end))
    return {
      time: column(this.#time), open: column(this.#open), high: column(this.#high),
      low: column(this.#low), close: column(this.#close), volume: column(this.#volume),
    }
  }
}
