import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { decodeCandles } from './candle-block.ts'
import { rowsBetween, valueAt } from './candle-columns.ts'
import type { BlockEntry } from './candle-index.ts'
import { dataTrouble, diskTrouble, timeText, type DataTrouble } from './data-trouble.ts'
import type { CandleFiles } from './open-candle-files.ts'
import { sha256 } from './sealed-bytes.ts'
import { nextOpening } from './timeframe-step.ts'

/** A piece of a range, oldest first. */
export type CandlePart =
  | { readonly kind: 'candles'; readonly candles: CandleColumns }
  /** A block that cannot be given out; its candles opened between these times. */
  | { readonly kind: 'damaged'; readonly trouble: DataTrouble; readonly from: number; readonly to: number }

/** Two neighbours that the timeframe does not make neighbours, or a block that cannot be read. */
export interface CandleGap {
  readonly after: number
  readonly before: number
  readonly reason: 'missing' | 'damaged'
}

/** When the blocks begin and end; of one whose entry is damaged, as much as its neighbours tell. */
export interface BlockTimes {
  readonly first: Float64Array
  readonly last: Float64Array
}

export function blockTimes({ entries, tailCandles }: CandleFiles): BlockTimes {
  const first = new Float64Array(entries.length)
  const last = new Float64Array(entries.length)
  for (let number = 0; number < entries.length; number++) {
    first[number] = entries[number]?.firstTime ?? (last[number - 1] ?? -1) + 1
    last[number] = entries[number]?.lastTime ?? valueAt(first, number)
  }
  let next = tailCandles.time[0] ?? Number.POSITIVE_INFINITY
  for (let number = entries.length - 1; number >= 0; number--) {
    if (entries[number] === undefined) last[number] = next - 1
    next = valueAt(first, number)
  }
  return { first, last }
}

export const damagedPart = (files: CandleFiles, times: BlockTimes, number: number): Extract<CandlePart, { kind: 'damaged' }> => {
  const [from, to] = [valueAt(times.first, number), valueAt(times.last, number)]
  const details = { folder: files.folder, number, from: timeText(from), to: timeText(to) }
  return { kind: 'damaged', trouble: dataTrouble('block-damaged', details), from, to }
}

/** One block from the disk, believed only by its hash. */
export async function readBlock(files: CandleFiles, times: BlockTimes, number: number, timeframe: Timeframe): Promise<CandlePart> {
  const entry = files.entries[number]
  if (entry === undefined) return damagedPart(files, times, number)
  try {
    const candles = await decodedBlock(files, entry, timeframe)
    return candles === undefined ? damagedPart(files, times, number) : { kind: 'candles', candles }
  } catch (error) {
    return { kind: 'damaged', trouble: diskTrouble(error, files.folder), from: entry.firstTime, to: entry.lastTime }
  }
}

async function decodedBlock({ blocks }: CandleFiles, entry: BlockEntry, timeframe: Timeframe): Promise<CandleColumns | undefined> {
  const payload = Buffer.allocUnsafe(entry.length)
  const { bytesRead } = await blocks.read(payload, 0, entry.length, entry.offset)
  if (bytesRead < entry.length || !sha256(payload).equals(entry.payloadHash)) return undefined
  return decodeCandles(payload, entry.rows, entry.firstTime, timeframe)
}

/** The first block that ends at or after a time. */
export function firstBlockOf({ last }: BlockTimes, time: number): number {
  let low = 0
  let high = last.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(last, middle) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** All that opened with `from <= time < to`, block by block: as it was when the reading began. */
export async function* readRange(files: CandleFiles, timeframe: Timeframe, from: number, to: number): AsyncGenerator<CandlePart, void, undefined> {
  const times = blockTimes(files)
  for (let number = firstBlockOf(times, from); number < files.entries.length && valueAt(times.first, number) < to; number++) {
    const part = await readBlock(files, times, number, timeframe)
    if (part.kind === 'damaged') yield part
    else {
      const candles = rowsBetween(part.candles, from, to)
      if (candles.time.length > 0) yield { kind: 'candles', candles }
    }
  }
  const candles = rowsBetween(files.tailCandles, from, to)
  if (candles.time.length > 0) yield { kind: 'candles', candles }
}

/** Where candles are missing, oldest first. Only blocks that have gaps are read. */
export async function* readGaps(files: CandleFiles, timeframe: Timeframe, from: number, to: number): AsyncGenerator<CandleGap, void, undefined> {
  const times = blockTimes(files)
  const start = Math.max(0, firstBlockOf(times, from) - 1)
  let before: number | undefined
  for (let number = start; number < files.entries.length && valueAt(times.first, number) < to; number++) {
    yield* within(gapBetween(before, valueAt(times.first, number), timeframe), from, to)
    const entry = files.entries[number]
    const part = entry === undefined || entry.gaps > 0 ? await readBlock(files, times, number, timeframe) : undefined
    if (part?.kind === 'damaged') yield { after: part.from, before: part.to, reason: 'damaged' }
    if (part?.kind === 'candles') yield* within(gapsOf(part.candles, timeframe), from, to)
    before = entry === undefined ? undefined : valueAt(times.last, number)
  }
  const tail = files.tailCandles
  if (tail.time.length === 0) return
  yield* within(gapBetween(before, valueAt(tail.time, 0), timeframe), from, to)
  yield* within(gapsOf(tail, timeframe), from, to)
}

const within = (gaps: readonly CandleGap[], from: number, to: number): readonly CandleGap[] =>
  gaps.filter(({ after, before }) => before > from && after < to)

const gapBetween = (after: number | undefined, before: number, timeframe: Timeframe): readonly CandleGap[] =>
  after === undefined || nextOpening(timeframe, after) === before ? [] : [{ after, before, reason: 'missing' }]

function gapsOf({ time }: CandleColumns, timeframe: Timeframe): readonly CandleGap[] {
  const gaps: CandleGap[] = []
  for (let row = 1; row < time.length; row++) gaps.push(...gapBetween(time[row - 1], valueAt(time, row), timeframe))
  return gaps
}
