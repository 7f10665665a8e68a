import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fileHeader, hashIn, sealBlock, type BlockFacts } from './recording-block.ts'

/** One file of a recording as long as it is written. */
export interface OpenRecording {
  readonly file: string
  readonly handle: FileHandle
  readonly day: number
  readonly previous: Uint8Array
  readonly blocks: number
  readonly bytes: number
}

const dayMs = 86_400_000
/** A day in which the program was started more often than this has another trouble. */
const filesMax = 10_000

export const dayOf = (timeMs: number): number => Math.floor(timeMs / dayMs)

/** A new file of that day: earlier ones, torn or whole, are never touched. */
export async function openRecording(folder: string, day: number, startedAt: number): Promise<OpenRecording> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = new Date(day * dayMs).toISOString().slice(0, 10)
  for (let number = 1; ; number++) {
    const file = join(folder, `${name}${number === 1 ? '' : `-${number}`}.recording`)
    const handle = await openNew(file, number < filesMax)
    if (handle === undefined) continue
    const header = fileHeader(startedAt)
    try {
      await writeAll(handle, header, 0)
    } catch (error) {
      await handle.close()
      throw error
    }
    return { file, handle, day, previous: hashIn(header), blocks: 0, bytes: header.length }
  }
}

async function openNew(file: string, mayExist: boolean): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'wx', 0o600)
  } catch (error) {
    if (mayExist && error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
}

export async function appendBlock(
  recording: OpenRecording,
  facts: Omit<BlockFacts, 'number' | 'length'>,
  payload: Uint8Array,
): Promise<OpenRecording> {
  const block = sealBlock({ ...facts, number: recording.blocks, length: payload.length }, recording.previous, payload)
  await writeAll(recording.handle, block, recording.bytes)
  const previous = Uint8Array.from(hashIn(block.subarray(0, block.length - payload.length)))
  return { ...recording, previous, blocks: recording.blocks + 1, bytes: recording.bytes + block.length }
}

/** The system may take less than it was given, and refuses only the next time. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
