import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BackupHead } from '../../../../src-main/store/backup/backup-header.ts'
import { chunkBytes, ChunkWriter, readChunks } from '../../../../src-main/store/backup/chunk-stream.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-chunks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const headBytes = Buffer.from('a head')
const backupKey = randomBytes(32)
/** Of the head only its length and hash go into the chunks. */
const headWith = (hash: Buffer): BackupHead => ({ header: {} as BackupHead['header'], length: headBytes.length, hash })
const head = headWith(Buffer.alloc(32, 1))

let files = 0
async function written(content: Buffer, of: BackupHead = head): Promise<Buffer> {
  const path = join(folder, `${++files}`)
  writeFileSync(path, headBytes)
  const file = await open(path, 'r+')
  const writer = new ChunkWriter(file, backupKey, of, headBytes)
  await writer.put(content)
  await writer.end()
  writer.wipe()
  await file.close()
  return readFileSync(path)
}

/** What is handed out before it ends or is refused. */
async function readBack(bytes: Buffer): Promise<{ readonly plain: Buffer; readonly isRefused: boolean }> {
  const path = join(folder, `${++files}`)
  writeFileSync(path, bytes)
  const file = await open(path, 'r')
  const parts: Buffer[] = []
  try {
    for await (const part of readChunks(file, head, backupKey)) parts.push(part)
    return { plain: Buffer.concat(parts), isRefused: false }
  } catch {
    return { plain: Buffer.concat(parts), isRefused: true }
  } finally {
    await file.close()
  }
}

function chunksOf(bytes: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = []
  for (let at = headBytes.length; at < bytes.length; ) {
    const end = at + 4 + (bytes.readUInt32BE(at) & 0x7fff_ffff) + 16
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}

const content = Buffer.concat([Buffer.alloc(chunkBytes, 'a'), Buffer.alloc(chunkBytes, 'b'), Buffer.alloc(chunkBytes, 'c'), Buffer.from('the end')])

describe('the chunks of a backup', () => {
  it('come back as they were written', async () => {
    const bytes = await written(content)
    expect(chunksOf(bytes)).toHaveLength(4)
    const { plain, isRefused } = await readBack(bytes)
    expect([plain.equals(content), isRefused]).toEqual([true, false])
  })

  it.each([
    ['two in each other’s place', [1, 0, 2, 3], 0],
    ['later ones in each other’s place', [0, 2, 1, 3], 1],
    ['the first left out', [1, 2, 3], 0],
    ['one left out of the middle', [0, 2, 3], 1],
    ['one doubled', [0, 0, 1, 2, 3], 1],
    ['the last one first', [3, 0, 1, 2], 0],
  ] as const)('with %s are refused, and nothing behind that place is handed out', async (_what, order, good) => {
    const chunks = chunksOf(await written(content))
    const { plain, isRefused } = await readBack(Buffer.concat([headBytes, ...order.map((index) => chunks[index] ?? Buffer.alloc(0))]))
    expect([plain.equals(content.subarray(0, good * chunkBytes)), isRefused]).toEqual([true, true])
  })

  it('never use a key and a nonce twice: equal chunks look different everywhere, in one file and in two', async () => {
    const same = Buffer.alloc(3 * chunkBytes + 1, 7)
    const first = chunksOf(await written(same))
    const second = chunksOf(await written(same, headWith(Buffer.alloc(32, 2))))
    // In counter mode the same key and nonce would give the same bytes for the same plain text.
    const beginnings = [...first.slice(0, 3), ...second.slice(0, 3)].map((chunk) => chunk.subarray(4, 36).toString('hex'))
    expect(new Set(beginnings).size).toBe(6)
    expect((await readBack(Buffer.concat([headBytes, ...second]))).isRefused).toBe(true)
  })
})
