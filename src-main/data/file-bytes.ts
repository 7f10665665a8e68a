import { ByteWriter } from 'hyparquet-writer'
import type { FileHandle } from 'node:fs/promises'
import { writeAll } from './recording-file.ts'

/** The library writes into memory; after each group this goes to the disk. */
export class FileBytes extends ByteWriter {
  readonly #handle: FileHandle
  #written = 0

  constructor(handle: FileHandle) {
    super(2 ** 20)
    this.#handle = handle
  }

  async flush(): Promise<void> {
    const bytes = this.getBytes()
    await writeAll(this.#handle, bytes, this.#written)
    this.#written += bytes.length
    this.index = 0
  }

  override finish(): Promise<void> {
    return this.flush()
  }
}
