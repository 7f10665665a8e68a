import type { DecimalStep } from '../base/index.ts'
import type { Timeframe } from '../domain/index.ts'
import { putNumbers, sha256 } from './sealed-bytes.ts'

/** Of what the candles are. The grid belongs to it: with another tick the same numbers are other prices. */
export interface Series {
  readonly venue: string
  readonly instrument: string
  readonly timeframe: Timeframe
  readonly tick: DecimalStep
  readonly lot: DecimalStep
}

/** Every block but the rows that are not yet a block has as many. */
export const blockRows = 4_096
export const seriesHeaderBytes = 512
export const entryBytes = 160
export const hashBytes = 32

const seriesMagic = 'BALCNDL1'
const entryMagic = 0x31_4b_4c_42
const textMax = seriesHeaderBytes - 16 - hashBytes

/** What is known of a block without reading it. */
export interface BlockEntry {
  readonly number: number
  readonly rows: number
  /** Candles of it that are not followed by the next one. */
  readonly gaps: number
  readonly offset: number
  readonly length: number
  readonly firstTime: number
  readonly lastTime: number
  readonly payloadHash: Uint8Array
  /** The hash of the entry before it, or of the header. */
  readonly previous: Uint8Array
}

const seriesText = ({ venue, instrument, timeframe, tick, lot }: Series): string =>
  JSON.stringify({ venue, instrument, timeframe, tick: [tick.units, tick.decimals], lot: [lot.units, lot.decimals] })

/** `undefined` when the names are too long to be names. */
export function seriesHeader(series: Series): Buffer | undefined {
  const text = Buffer.from(seriesText(series))
  if (text.length > textMax) return undefined
  const header = Buffer.alloc(seriesHeaderBytes)
  header.write(seriesMagic, 0, 'latin1')
  header.writeUInt32LE(1, 8)
  header.writeUInt32LE(text.length, 12)
  text.copy(header, 16)
  sha256(header.subarray(0, seriesHeaderBytes - hashBytes)).copy(header, seriesHeaderBytes - hashBytes)
  return header
}

/** The text of the series in a header that is as it was written. */
export function readSeriesHeader(header: Buffer): string | undefined {
  if (header.length < seriesHeaderBytes || header.toString('latin1', 0, 8) !== seriesMagic || header.readUInt32LE(8) !== 1) return undefined
  const hashed = header.subarray(0, seriesHeaderBytes - hashBytes)
  if (!sha256(hashed).equals(hashOfHeader(header))) return undefined
  return header.toString('utf8', 16, 16 + header.readUInt32LE(12))
}

export const hashOfHeader = (header: Buffer): Buffer => header.subarray(seriesHeaderBytes - hashBytes, seriesHeaderBytes)

export function printEntry(entry: BlockEntry): Buffer {
  const bytes = Buffer.alloc(entryBytes)
  putNumbers(bytes, {
    whole: [[0, entryMagic], [4, entry.number], [8, entry.rows], [12, entry.gaps], [24, entry.length]],
    double: [[16, entry.offset], [32, entry.firstTime], [40, entry.lastTime]],
  })
  bytes.set(entry.payloadHash, 64)
  bytes.set(entry.previous, 96)
  sha256(bytes.subarray(0, 128)).copy(bytes, 128)
  return bytes
}

export const hashOfEntry = (bytes: Buffer): Buffer => bytes.subarray(128, entryBytes)

/** `undefined` for an entry that is not as it was written. */
export function parseEntry(bytes: Buffer): BlockEntry | undefined {
  if (bytes.length < entryBytes || bytes.readUInt32LE(0) !== entryMagic) return undefined
  if (!sha256(bytes.subarray(0, 128)).equals(hashOfEntry(bytes))) return undefined
  return {
    number: bytes.readUInt32LE(4),
    rows: bytes.readUInt32LE(8),
    gaps: bytes.readUInt32LE(12),
    offset: bytes.readDoubleLE(16),
    length: bytes.readUInt32LE(24),
    firstTime: bytes.readDoubleLE(32),
    lastTime: bytes.readDoubleLE(40),
    payloadHash: Uint8Array.from(bytes.subarray(64, 96)),
    previous: Uint8Array.from(bytes.subarray(96, 128)),
  }
}

/** Entries as they stand in a file; one that cannot be believed, or does not continue the one before it, is `undefined`. */
export function parseEntries(file: Buffer): readonly (BlockEntry | undefined)[] {
  const count = Math.floor((file.length - seriesHeaderBytes) / entryBytes)
  let before: Buffer | undefined = hashOfHeader(file)
  return Array.from({ length: count }, (_, number) => {
    const bytes = file.subarray(seriesHeaderBytes + number * entryBytes, seriesHeaderBytes + (number + 1) * entryBytes)
    const entry = parseEntry(bytes)
    const isNext = entry?.number === number && (before === undefined || before.equals(entry.previous))
    // After one that is damaged, the next stands on its own hash.
    before = entry === undefined ? undefined : hashOfEntry(bytes)
    return isNext ? entry : undefined
  })
}
