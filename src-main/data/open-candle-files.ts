import { mkdir, open, readFile, rename, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { CandleColumns } from '../domain/index.ts'
import { emptyColumns } from './candle-columns.ts'
import {
  entryBytes, hashOfEntry, hashOfHeader, parseEntries, readSeriesHeader, seriesHeader, seriesHeaderBytes, type BlockEntry, type Series,
} from './candle-index.ts'
import { readTail, tailFrame, tailHeader, tailHeaderBytes, type TailBase } from './candle-tail.ts'
import { dataTrouble, type DataTrouble } from './data-trouble.ts'
import { writeAll } from './recording-file.ts'

/** What opening had to do: nothing of it was ever told to be kept. */
export interface OpeningCut {
  readonly blocks: number
  readonly tailBytes: number
}

/** The files of one series while they are open. */
export interface CandleFiles {
  readonly folder: string
  readonly index: FileHandle
  readonly blocks: FileHandle
  readonly tail: FileHandle
  readonly entries: readonly (BlockEntry | undefined)[]
  readonly base: TailBase
  readonly tailCandles: CandleColumns
  readonly tailFrames: number
  readonly tailLength: number
  readonly cut: OpeningCut
  /** Why nothing may be added. */
  readonly trouble: DataTrouble | undefined
}

export const seriesFolder = (folder: string, { venue, instrument, timeframe }: Series): string =>
  // On a disk that does not tell m from M, a minute and a month would meet.
  join(folder, fileName(venue), fileName(instrument), timeframe === '1M' ? '1month' : timeframe)

/** A name as part of a path: what no file system minds, and never the same for two names. */
const fileName = (name: string): string => name.replaceAll(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`)

type Opening = { readonly ok: true; readonly files: CandleFiles } | { readonly ok: false; readonly trouble: DataTrouble }

/** Throws what the file system throws. */
export async function openCandleFiles(root: string, series: Series): Promise<Opening> {
  const folder = seriesFolder(root, series)
  const header = seriesHeader(series)
  if (header === undefined) return { ok: false, trouble: dataTrouble('other-series', { folder }) }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const present = await existing(join(folder, 'index'))
  const tailBytes = await existing(join(folder, 'tail'))
  // The tail comes last: without it, a header that is not whole is a beginning that was not finished.
  const isNew = tailBytes === undefined && (present === undefined || present.length <= seriesHeaderBytes)
  if (isNew) await beginSeries(folder, header)
  const file = isNew ? header : (present ?? Buffer.alloc(0))
  const written = readSeriesHeader(file)
  if (written === undefined) return { ok: false, trouble: dataTrouble('not-a-series', { folder }) }
  if (written !== readSeriesHeader(header)) return { ok: false, trouble: dataTrouble('other-series', { folder }) }
  return { ok: true, files: await openWhole(folder, series, file, isNew ? undefined : tailBytes) }
}

async function openWhole(folder: string, series: Series, file: Buffer, tailBytes: Buffer | undefined): Promise<CandleFiles> {
  const all = parseEntries(file)
  const known = tailBytes === undefined ? undefined : readTail(tailBytes, series.timeframe)
  const base = known?.base ?? baseOf(file, all)
  const entries = all.slice(0, base.blocks)
  if (known === undefined) await replaceTail(folder, base)
  const index = await open(join(folder, 'index'), 'r+')
  const blocks = await open(join(folder, 'blocks'), 'r+')
  const tail = await openTail(folder)
  const trouble = troubleOf(folder, base, entries.length, known?.isDamaged ?? false)
  const tornBytes = known === undefined || known.isDamaged ? 0 : known.tornBytes
  const wholeIndex = seriesHeaderBytes + base.blocks * entryBytes
  // What stands behind the last known block was never told to be kept: the tail still has its rows.
  if (trouble === undefined && file.length > wholeIndex) await index.truncate(wholeIndex)
  if (trouble === undefined && (await blocks.stat()).size > base.blockBytes) await blocks.truncate(base.blockBytes)
  if (tornBytes > 0) await tail.truncate(known?.length ?? tailHeaderBytes)
  return {
    folder, index, blocks, tail, entries, base, trouble,
    tailCandles: known?.candles ?? emptyColumns(0),
    tailFrames: known?.frames ?? 0,
    tailLength: known?.length ?? tailHeaderBytes,
    cut: { blocks: Math.max(0, all.length - base.blocks), tailBytes: tornBytes },
  }
}

function troubleOf(folder: string, base: TailBase, have: number, isTailDamaged: boolean): DataTrouble | undefined {
  if (have < base.blocks) return dataTrouble('blocks-missing', { folder, have, expected: base.blocks })
  return isTailDamaged ? dataTrouble('tail-damaged', { folder }) : undefined
}

/** Without a tail, the blocks count as far as the last one that can be believed. */
function baseOf(file: Buffer, entries: readonly (BlockEntry | undefined)[]): TailBase {
  const blocks = entries.findLastIndex((entry) => entry !== undefined) + 1
  const last = entries[blocks - 1]
  const end = seriesHeaderBytes + blocks * entryBytes
  const chain = last === undefined ? hashOfHeader(file) : hashOfEntry(file.subarray(end - entryBytes, end))
  return { blocks, chain: Uint8Array.from(chain), blockBytes: last === undefined ? 0 : last.offset + last.length }
}

async function beginSeries(folder: string, header: Buffer): Promise<void> {
  await writeWhole(join(folder, 'blocks'), Buffer.alloc(0))
  await writeWhole(join(folder, 'index'), header)
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await writeAll(handle, bytes, 0)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

export const openTail = (folder: string): Promise<FileHandle> => open(join(folder, 'tail'), 'r+')

export interface FirstFrame {
  readonly candles: CandleColumns
  readonly series: Series
}

/** A new tail, whole and by its name, or none. Answers with how long it is. */
export async function replaceTail(folder: string, base: TailBase, first?: FirstFrame): Promise<number> {
  const header = tailHeader(base)
  const bytes = first === undefined ? header : Buffer.concat([header, tailFrame(first.candles, first.series.timeframe, base, 0)])
  const temporary = join(folder, 'tail.new')
  try {
    await writeWhole(temporary, bytes)
    await rename(temporary, join(folder, 'tail'))
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
  return bytes.length
}

/** So that the new name outlives a loss of power; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function existing(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
