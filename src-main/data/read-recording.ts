import { open, type FileHandle } from 'node:fs/promises'
import type { MarketEvent } from '../domain/index.ts'
import { dataTrouble, diskTrouble, type DataTrouble } from './data-trouble.ts'
import { EventTracks, readEvent } from './event-codec.ts'
import {
  blockHeaderBytes, blockMagic, claimedFacts, fileHeaderBytes, hashIn, isAuthentic, isFileHeader, previousIn, type BlockFacts,
} from './recording-block.ts'
import { VarintReader } from './varint.ts'

/** What a recording says, block by block and in its order. */
export type RecordingPart =
  | { readonly kind: 'events'; readonly events: readonly MarketEvent[]; readonly lostBefore: number }
  /** A block, or more of them, that is not as it was written; what comes after it is read on. */
  | { readonly kind: 'damaged'; readonly trouble: DataTrouble }
  /** The end of a recording that was not ended: bytes that never became a block. */
  | { readonly kind: 'torn'; readonly bytes: number }
  | { readonly kind: 'trouble'; readonly trouble: DataTrouble }

/** Reads one block at a time and never writes. Two unequal readings of a file that is still written differ only in their end. */
export async function* readRecording(file: string): AsyncGenerator<RecordingPart, void, undefined> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    return yield { kind: 'trouble', trouble: diskTrouble(error, file) }
  }
  try {
    yield* readBlocks(handle, file)
  } catch (error) {
    yield { kind: 'trouble', trouble: diskTrouble(error, file) }
  } finally {
    await handle.close()
  }
}

async function* readBlocks(handle: FileHandle, file: string): AsyncGenerator<RecordingPart, void, undefined> {
  const header = await readAt(handle, 0, fileHeaderBytes)
  if (!isFileHeader(header)) return yield { kind: 'trouble', trouble: dataTrouble('not-a-recording', { file }) }
  const { size } = await handle.stat()
  let previous = Buffer.from(hashIn(header))
  let expected = 0
  for (let at = fileHeaderBytes; at < size; ) {
    const block = await blockAt(handle, at)
    if (block !== undefined && block.facts.number === expected && previousIn(block.header).equals(previous)) {
      yield eventsOf(block, file)
      previous = Buffer.from(hashIn(block.header))
      expected++
      at = block.end
      continue
    }
    const next = await nextBlock(handle, block === undefined ? at + 1 : at, size)
    if (next === undefined) return yield { kind: 'torn', bytes: size - at }
    yield { kind: 'damaged', trouble: dataTrouble('recording-damaged', { file, number: expected }) }
    previous = Buffer.from(previousIn(next.block.header))
    expected = next.block.facts.number
    at = next.at
  }
}

interface FoundBlock {
  readonly facts: BlockFacts
  readonly header: Buffer
  readonly payload: Buffer
  readonly end: number
}

async function blockAt(handle: FileHandle, at: number): Promise<FoundBlock | undefined> {
  const header = await readAt(handle, at, blockHeaderBytes)
  const facts = claimedFacts(header)
  if (facts === undefined) return undefined
  const payload = await readAt(handle, at + blockHeaderBytes, facts.length)
  if (payload.length < facts.length || !isAuthentic(header, payload)) return undefined
  return { facts, header, payload, end: at + blockHeaderBytes + facts.length }
}

const windowBytes = 2 ** 20

/** The next block that can be believed, wherever it begins. */
async function nextBlock(handle: FileHandle, from: number, size: number): Promise<{ readonly at: number; readonly block: FoundBlock } | undefined> {
  for (let start = from; start < size; start += windowBytes - blockMagic.length) {
    const window = await readAt(handle, start, windowBytes)
    for (let found = window.indexOf(blockMagic); found >= 0; found = window.indexOf(blockMagic, found + 1)) {
      const block = await blockAt(handle, start + found)
      if (block !== undefined) return { at: start + found, block }
    }
  }
  return undefined
}

function eventsOf({ facts, payload }: FoundBlock, file: string): RecordingPart {
  const reader = new VarintReader(payload)
  const tracks = new EventTracks()
  const events: MarketEvent[] = []
  for (let index = 0; index < facts.events; index++) {
    const event = readEvent(reader, tracks)
    if (event === undefined) return { kind: 'damaged', trouble: dataTrouble('recording-damaged', { file, number: facts.number }) }
    events.push(event)
  }
  return { kind: 'events', events, lostBefore: facts.lostBefore }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return buffer.subarray(0, done)
}
