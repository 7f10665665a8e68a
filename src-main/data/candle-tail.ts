import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { decodeCandles, encodeCandles } from './candle-block.ts'
import { joinColumns } from './candle-columns.ts'
import { blockRows, hashBytes } from './candle-index.ts'
import { sha256 } from './sealed-bytes.ts'

/**
 * The rows that are not yet a block, and how far the blocks are known to be on the disk. A new tail takes the place of the
 * old one in one step, by its name, and only after its blocks are on the disk.
 */
export interface TailBase {
  readonly blocks: number
  /** Of the last block's entry, or of the header of the series. */
  readonly chain: Uint8Array
  readonly blockBytes: number
}

const tailMagic = 'BALTAIL1'
export const tailHeaderBytes = 96
const frameHeaderBytes = 64
const frameMagic = Buffer.from('\u0007TF1', 'latin1')

export function tailHeader({ blocks, chain, blockBytes }: TailBase): Buffer {
  const header = Buffer.alloc(tailHeaderBytes)
  header.write(tailMagic, 0, 'latin1')
  header.writeUInt32LE(blocks, 8)
  header.writeDoubleLE(blockBytes, 16)
  header.set(chain, 32)
  sha256(header.subarray(0, 64)).copy(header, 64)
  return header
}

function parseTailHeader(file: Buffer): TailBase | undefined {
  if (file.length < tailHeaderBytes || file.toString('latin1', 0, 8) !== tailMagic) return undefined
  if (!sha256(file.subarray(0, 64)).equals(file.subarray(64, tailHeaderBytes))) return undefined
  return { blocks: file.readUInt32LE(8), blockBytes: file.readDoubleLE(16), chain: Uint8Array.from(file.subarray(32, 64)) }
}

/** One appended batch. It belongs to one tail only, so what an older one left behind is never taken for its own. */
export function tailFrame(candles: CandleColumns, timeframe: Timeframe, base: TailBase, number: number): Buffer {
  const payload = encodeCandles(candles, timeframe)
  const frame = Buffer.alloc(frameHeaderBytes + payload.length)
  frameMagic.copy(frame, 0)
  frame.writeUInt32LE(number, 4)
  frame.writeUInt32LE(candles.time.length, 8)
  frame.writeUInt32LE(payload.length, 12)
  frame.writeDoubleLE(candles.time[0] ?? 0, 16)
  frame.set(base.chain.subarray(0, 8), 24)
  frame.set(payload, frameHeaderBytes)
  sha256(frame.subarray(0, 32), payload).copy(frame, 32)
  return frame
}

interface FoundFrame {
  readonly number: number
  readonly candles: CandleColumns
  readonly end: number
}

function frameAt(file: Buffer, at: number, base: TailBase, timeframe: Timeframe): FoundFrame | undefined {
  const head = file.subarray(at, at + frameHeaderBytes)
  if (head.length < frameHeaderBytes || !head.subarray(0, 4).equals(frameMagic)) return undefined
  const end = at + frameHeaderBytes + head.readUInt32LE(12)
  const rows = head.readUInt32LE(8)
  const payload = file.subarray(at + frameHeaderBytes, end)
  if (end > file.length || rows >= blockRows || !head.subarray(24, 32).equals(base.chain.subarray(0, 8))) return undefined
  if (!sha256(head.subarray(0, 32), payload).equals(head.subarray(32, 32 + hashBytes))) return undefined
  const candles = decodeCandles(payload, rows, head.readDoubleLE(16), timeframe)
  return candles === undefined ? undefined : { number: head.readUInt32LE(4), candles, end }
}

export interface ReadTail {
  readonly base: TailBase
  readonly candles: CandleColumns
  readonly frames: number
  /** Where the next frame goes. */
  readonly length: number
  /** Bytes behind it that never became a frame. */
  readonly tornBytes: number
  /** A frame is not as it was written although others follow it: nothing may be cut and nothing added. */
  readonly isDamaged: boolean
}

/** `undefined` for a file that is no tail. */
export function readTail(file: Buffer, timeframe: Timeframe): ReadTail | undefined {
  const base = parseTailHeader(file)
  if (base === undefined) return undefined
  const parts: CandleColumns[] = []
  let at = tailHeaderBytes
  for (;;) {
    const frame = frameAt(file, at, base, timeframe)
    if (frame === undefined || frame.number !== parts.length) break
    parts.push(frame.candles)
    at = frame.end
  }
  const isDamaged = hasFrameBehind(file, at, base, timeframe)
  return { base, candles: joinColumns(parts), frames: parts.length, length: at, tornBytes: file.length - at, isDamaged }
}

function hasFrameBehind(file: Buffer, from: number, base: TailBase, timeframe: Timeframe): boolean {
  for (let at = file.indexOf(frameMagic, from); at >= 0; at = file.indexOf(frameMagic, at + 1)) {
    if (frameAt(file, at, base, timeframe) !== undefined) return true
  }
  return false
}
