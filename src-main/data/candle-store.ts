/**
 * Candles of one series on the disk. It must never lose a row that was told to be kept, nor give out one that is not as it was written:
 * 1. What a crash leaves behind the last known block or frame is cut at opening and told; nothing else is ever cut.
 * 2. A block that is not as it was written is named and left out; all others are served.
 * 3. Candles that are given again change nothing; one that contradicts what is kept is refused with its place, and nothing of its batch is kept.
 * 4. A refused append leaves rows, files and facts as they were.
 * 5. Reading holds one block at a time, however long the range.
 */
import { fail, ok, type Result } from '../base/index.ts'
import type { CandleColumns } from '../domain/index.ts'
import { appendRows } from './append-candles.ts'
import { emptyColumns, joinColumns, rowAtOrAfter, rowsBetween, sliceColumns, valueAt } from './candle-columns.ts'
import { blockRows, entryBytes, seriesHeaderBytes, type Series } from './candle-index.ts'
import { diskTrouble, type DataTrouble } from './data-trouble.ts'
import { compareRows, reviewCandles } from './judge-candles.ts'
import { openCandleFiles, type CandleFiles, type OpeningCut } from './open-candle-files.ts'
import {
  blockTimes, damagedPart, firstBlockOf, readBlock, readGaps, readRange, type CandleGap, type CandlePart,
} from './read-candles.ts'

export interface CandleStoreFacts {
  readonly series: Series
  readonly rows: number
  readonly blocks: number
  readonly bytes: number
  /** None while there is no row, or while its block is damaged. */
  readonly firstTime: number | undefined
  readonly lastTime: number | undefined
  /** What opening cut away; none of it was ever told to be kept. */
  readonly cut: OpeningCut
  /** Blocks that are known to be damaged by now: reading finds more. */
  readonly damaged: readonly DataTrouble[]
  /** Why nothing can be added. */
  readonly trouble: DataTrouble | undefined
}

export interface Appended {
  readonly appended: number
  /** Were there already, and said the same. */
  readonly repeated: number
}

/** The newest candles before a time, oldest first. */
export interface CandleWindowRead {
  readonly candles: CandleColumns
  readonly hasOlder: boolean
  readonly damaged: readonly DataTrouble[]
}

export async function openCandleStore(folder: string, series: Series): Promise<Result<CandleStore, DataTrouble>> {
  try {
    const opened = await openCandleFiles(folder, series)
    return opened.ok ? ok(new CandleStore(series, opened.files)) : fail(opened.trouble)
  } catch (error) {
    return fail(diskTrouble(error, folder))
  }
}

/** The one writer of its files: two of the same series must not be open at a time. */
export class CandleStore {
  readonly #series: Series
  readonly #damaged = new Map<number, DataTrouble>()
  #files: CandleFiles
  #work: Promise<unknown> = Promise.resolve()

  constructor(series: Series, files: CandleFiles) {
    this.#series = series
    this.#files = files
    const times = blockTimes(files)
    files.entries.forEach((entry, number) => {
      if (entry === undefined) this.#damaged.set(number, damagedPart(files, times, number).trouble)
    })
  }

  facts(): CandleStoreFacts {
    const { entries, tailCandles, tailLength, base, cut, trouble } = this.#files
    return {
      series: this.#series,
      rows: entries.length * blockRows + tailCandles.time.length,
      blocks: entries.length,
      bytes: seriesHeaderBytes + base.blocks * entryBytes + base.blockBytes + tailLength,
      firstTime: entries.length > 0 ? entries[0]?.firstTime : tailCandles.time[0],
      lastTime: this.#lastTime(),
      cut,
      damaged: [...this.#damaged.values()],
      trouble,
    }
  }

  /** All or nothing, one after the other; kept when it answers so. */
  append(candles: CandleColumns): Promise<Result<Appended, DataTrouble>> {
    const done = this.#work.then(() => this.#append(candles))
    this.#work = done.catch(() => undefined)
    return done
  }

  /** Candles with `from <= time < to`, oldest first, in pieces of at most one block. */
  async *read(from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<CandlePart, void, undefined> {
    const files = this.#files
    for await (const part of readRange(files, this.#series.timeframe, from, to)) {
      if (part.kind === 'damaged') this.#damaged.set(firstBlockOf(blockTimes(files), part.from), part.trouble)
      yield part
    }
  }

  /** Where candles are missing between `from` and `to`. */
  gaps(from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<CandleGap, void, undefined> {
    return readGaps(this.#files, this.#series.timeframe, from, to)
  }

  /** At most `limit` candles that opened before a time, the newest of them. */
  async window(before: number, limit: number): Promise<CandleWindowRead> {
    const files = this.#files
    const times = blockTimes(files)
    const tail = newest(rowsBetween(files.tailCandles, 0, before), limit)
    const parts = [tail]
    const damaged: DataTrouble[] = []
    let missing = limit - tail.time.length
    let number = Math.min(files.entries.length, firstBlockOf(times, before) + 1) - 1
    for (; number >= 0 && missing > 0; number--) {
      const part = await readBlock(files, times, number, this.#series.timeframe)
      if (part.kind === 'damaged') {
        this.#damaged.set(number, part.trouble)
        damaged.push(part.trouble)
        continue
      }
      const rows = newest(rowsBetween(part.candles, 0, before), missing)
      parts.unshift(rows)
      missing -= rows.time.length
    }
    const candles = joinColumns(parts)
    const first = candles.time[0]
    return { candles, hasOlder: first !== undefined && first > (this.facts().firstTime ?? -1), damaged }
  }

  async dispose(): Promise<void> {
    await this.#work
    const { index, blocks, tail } = this.#files
    await Promise.all([index.close(), blocks.close(), tail.close()])
  }

  #lastTime(): number | undefined {
    const { entries, tailCandles } = this.#files
    return tailCandles.time.at(-1) ?? entries.at(-1)?.lastTime
  }

  async #append(candles: CandleColumns): Promise<Result<Appended, DataTrouble>> {
    const { entries, trouble, folder } = this.#files
    if (trouble !== undefined) return fail(trouble)
    const malformed = reviewCandles(candles, this.#series.timeframe)
    if (malformed !== undefined) return fail(malformed)
    const last = this.#lastTime()
    // With nothing to tell where the last block ends, nothing can be put behind it.
    if (last === undefined && entries.length > 0) return fail(damagedPart(this.#files, blockTimes(this.#files), entries.length - 1).trouble)
    const isNewFrom = last === undefined ? 0 : rowAtOrAfter(candles.time, last + 1)
    const contradiction = await this.#compare(sliceColumns(candles, 0, isNewFrom))
    if (contradiction !== undefined) return fail(contradiction)
    const rows = sliceColumns(candles, isNewFrom, candles.time.length)
    if (rows.time.length === 0) return ok({ appended: 0, repeated: isNewFrom })
    try {
      this.#files = await appendRows(this.#files, this.#series, rows)
    } catch (error) {
      return fail(diskTrouble(error, folder))
    }
    return ok({ appended: rows.time.length, repeated: isNewFrom })
  }

  async #compare(given: CandleColumns): Promise<DataTrouble | undefined> {
    if (given.time.length === 0) return undefined
    let done = 0
    for await (const part of this.read(valueAt(given.time, 0), valueAt(given.time, given.time.length - 1) + 1)) {
      if (part.kind === 'damaged') return part.trouble
      const end = rowAtOrAfter(given.time, valueAt(part.candles.time, part.candles.time.length - 1) + 1)
      const trouble = compareRows(part.candles, sliceColumns(given, done, end))
      if (trouble !== undefined) return trouble
      done = end
    }
    return compareRows(emptyColumns(0), sliceColumns(given, done, given.time.length))
  }
}

const newest = (candles: CandleColumns, limit: number): CandleColumns =>
  sliceColumns(candles, Math.max(0, candles.time.length - limit), candles.time.length)
