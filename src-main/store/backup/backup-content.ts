import { z } from 'zod'
import { damagedBackup } from './backup-trouble.ts'
import type { ChunkWriter } from './chunk-stream.ts'

/**
 * What is in the chunks: items, each a length, JSON that names it, and its bytes. First the data keys, then the files, at the
 * end the manifest, which says what there had to be.
 */
const fileName = z.string().regex(/^(journal\/\d{8,15}\.seg|settings\.yaml|risk_policy\.yaml)$/)
const count = z.int().min(0)
const headSchema = z.strictObject({ sequence: count, mac: z.string().regex(/^[0-9a-f]{64}$/) })

const itemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('data-keys'), bytes: z.int().min(32).max(32_000).multipleOf(32) }),
  /** A file of `size` bytes, of which the first `bytes` are here; the rest are zeros, as a segment has that is not full yet. */
  z.strictObject({ kind: z.literal('file'), name: fileName, size: count, bytes: count }),
  z.strictObject({ kind: z.literal('manifest'), bytes: z.int().min(2).max(16 * 1024 * 1024) }),
])
export type BackupItem = z.infer<typeof itemSchema>

export const manifestSchema = z.strictObject({
  createdAt: count,
  records: count,
  /** The journal's, with the last record in this backup. */
  head: headSchema,
  files: z.array(z.strictObject({ name: fileName, size: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})
export type BackupManifest = z.infer<typeof manifestSchema>

const itemTextMax = 4_096

export async function putItem(writer: ChunkWriter, item: BackupItem): Promise<void> {
  const text = Buffer.from(JSON.stringify(item))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  await writer.put(Buffer.concat([length, text]))
}

/** Takes items and their bytes from chunks of any cut. Throws `BackupUnreadable`. */
export class ContentReader {
  readonly #chunks: AsyncIterator<Buffer, void>
  #held: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  async nextItem(): Promise<BackupItem> {
    const length = (await this.take(4)).readUInt32BE()
    if (length > itemTextMax) throw damagedBackup('content')
    const parsed = itemSchema.safeParse(parseJson(await this.take(length)))
    if (!parsed.success) throw damagedBackup('content')
    return parsed.data
  }

  /** Exactly so many bytes at once: for what is small. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.pass(length)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** So many bytes as they come. */
  async *pass(length: number): AsyncGenerator<Buffer, void> {
    for (let left = length; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#fill())) throw damagedBackup('content')
      const part = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  /** That nothing is left; also makes sure that the last chunk was seen. */
  async expectEnd(): Promise<void> {
    if (this.#held.length > 0 || (await this.#fill())) throw damagedBackup('content')
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const step = await this.#chunks.next()
      if (step.done === true) return false
      if (step.value.length === 0) continue
      this.#held = step.value
      return true
    }
  }
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw damagedBackup('content')
  }
}
