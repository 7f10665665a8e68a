import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { countGaps, encodeCandles } from './candle-block.ts'
import { emptyColumns, joinColumns, sliceColumns, valueAt } from './candle-columns.ts'
import { blockRows, entryBytes, hashOfEntry, printEntry, seriesHeaderBytes, type BlockEntry, type Series } from './candle-index.ts'
import { tailFrame, type TailBase } from './candle-tail.ts'
import { openTail, replaceTail, type CandleFiles } from './open-candle-files.ts'
import { writeAll } from './recording-file.ts'
import { sha256 } from './sealed-bytes.ts'

/** Puts new rows behind those that are there; answers with the files as they are then. Throws what the file system throws. */
export const appendRows = (files: CandleFiles, series: Series, rows: CandleColumns): Promise<CandleFiles> =>
  files.tailCandles.time.length + rows.time.length < blockRows ? appendFrame(files, series, rows) : appendBlocks(files, series, rows)

async function appendFrame(files: CandleFiles, { timeframe }: Series, rows: CandleColumns): Promise<CandleFiles> {
  const frame = tailFrame(rows, timeframe, files.base, files.tailFrames)
  await writeAll(files.tail, frame, files.tailLength)
  await files.tail.datasync()
  return {
    ...files,
    tailCandles: joinColumns([files.tailCandles, rows]),
    tailFrames: files.tailFrames + 1,
    tailLength: files.tailLength + frame.length,
  }
}

/** Blocks first, then a tail that says so: until that has its name, the old tail still holds its rows and nothing has changed. */
async function appendBlocks(files: CandleFiles, series: Series, rows: CandleColumns): Promise<CandleFiles> {
  const all = joinColumns([files.tailCandles, rows])
  const sealed = sealBlocks(files.base, all, series.timeframe)
  await writeAll(files.blocks, sealed.payloads, files.base.blockBytes)
  await writeAll(files.index, sealed.entryTexts, seriesHeaderBytes + files.base.blocks * entryBytes)
  await files.blocks.datasync()
  await files.index.datasync()
  const tailCandles = sliceColumns(all, sealed.entries.length * blockRows, all.time.length)
  const hasTail = tailCandles.time.length > 0
  const tailLength = await replaceTail(files.folder, sealed.base, hasTail ? { candles: tailCandles, series } : undefined)
  const tail = await openTail(files.folder)
  await files.tail.close()
  return {
    ...files, tail, tailLength,
    entries: [...files.entries, ...sealed.entries],
    base: sealed.base,
    // A copy: a view would keep all rows of the batch in memory.
    tailCandles: hasTail ? joinColumns([tailCandles]) : emptyColumns(0),
    tailFrames: hasTail ? 1 : 0,
  }
}

interface SealedBlocks {
  readonly payloads: Uint8Array
  readonly entryTexts: Uint8Array
  readonly entries: readonly BlockEntry[]
  readonly base: TailBase
}

function sealBlocks(base: TailBase, all: CandleColumns, timeframe: Timeframe): SealedBlocks {
  const payloads: Uint8Array[] = []
  const texts: Buffer[] = []
  const entries: BlockEntry[] = []
  let { blocks, chain, blockBytes } = base
  for (let from = 0; from + blockRows <= all.time.length; from += blockRows) {
    const rows = sliceColumns(all, from, from + blockRows)
    const payload = encodeCandles(rows, timeframe)
    const entry: BlockEntry = {
      number: blocks, rows: blockRows, gaps: countGaps(rows, timeframe), offset: blockBytes, length: payload.length,
      firstTime: valueAt(rows.time, 0), lastTime: valueAt(rows.time, blockRows - 1), payloadHash: sha256(payload), previous: chain,
    }
    const text = printEntry(entry)
    payloads.push(payload)
    texts.push(text)
    entries.push(entry)
    chain = Uint8Array.from(hashOfEntry(text))
    blockBytes += payload.length
    blocks++
  }
  return { payloads: Buffer.concat(payloads), entryTexts: Buffer.concat(texts), entries, base: { blocks, chain, blockBytes } }
}
