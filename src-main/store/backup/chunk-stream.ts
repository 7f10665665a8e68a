import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { deriveKey } from '../vault/index.ts'
import { readExactly } from './backup-header.ts'
import type { BackupHead } from './backup-header.ts'
import { damagedBackup } from './backup-trouble.ts'

/**
 * Everything after the head, in chunks: length, ciphertext, tag. What it must never do: hand out a byte that is not authentic,
 * or end without a word when the end is missing. Invariants:
 * 1. A chunk is opened only under its own number, so none can be left out, doubled or moved.
 * 2. The last one says that it is the last, and nothing may follow it: a file that was cut off is found.
 * 3. No nonce is used twice: the key is this file's alone, and the nonce is the chunk's number.
 */
export const chunkBytes = 1024 * 1024
const lengthBytes = 4
const tagBytes = 16
const lastMark = 0x8000_0000

const streamKey = (backupKey: Buffer, { hash }: BackupHead): Buffer => deriveKey(backupKey, 'backup chunks', hash)

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index), 4)
  return nonce
}

/** Gathers bytes into chunks and writes them one after the other; holds one chunk at a time. */
export class ChunkWriter {
  readonly #file: FileHandle
  readonly #key: Buffer
  readonly #hash = createHash('sha256')
  readonly #held = Buffer.alloc(chunkBytes)
  #heldBytes = 0
  #index = 0
  #written: number

  constructor(file: FileHandle, backupKey: Buffer, head: BackupHead, headBytes: Buffer) {
    this.#file = file
    this.#key = streamKey(backupKey, head)
    this.#hash.update(headBytes)
    this.#written = headBytes.length
  }

  get bytesWritten(): number {
    return this.#written
  }

  async put(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      // Only when more comes: the last chunk must be known as the last.
      if (this.#heldBytes === chunkBytes) await this.#close(false)
      const copied = bytes.copy(this.#held, this.#heldBytes, done)
      this.#heldBytes += copied
      done += copied
    }
  }

  /** SHA-256 of the whole file. */
  async end(): Promise<string> {
    await this.#close(true)
    return this.#hash.digest('hex')
  }

  wipe(): void {
    this.#key.fill(0)
    this.#held.fill(0)
  }

  async #close(isLast: boolean): Promise<void> {
    const length = Buffer.alloc(lengthBytes)
    length.writeUInt32BE((isLast ? lastMark : 0) + this.#heldBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#index)).setAAD(length)
    const sealed = Buffer.concat([length, cipher.update(this.#held.subarray(0, this.#heldBytes)), cipher.final(), cipher.getAuthTag()])
    for (let done = 0; done < sealed.length; ) {
      done += (await this.#file.write(sealed, done, sealed.length - done, this.#written + done)).bytesWritten
    }
    this.#hash.update(sealed)
    this.#written += sealed.length
    this.#index += 1
    this.#heldBytes = 0
  }
}

/** The plain bytes, chunk by chunk. Throws `BackupUnreadable`. */
export async function* readChunks(file: FileHandle, head: BackupHead, backupKey: Buffer): AsyncGenerator<Buffer, void> {
  const key = streamKey(backupKey, head)
  try {
    let at = head.length
    for (let index = 0; ; index += 1) {
      const length = await readExactly(file, at, lengthBytes)
      if (length === undefined) throw damagedBackup('cut-short')
      const word = length.readUInt32BE()
      const isLast = word >= lastMark
      const bytes = isLast ? word - lastMark : word
      if (bytes > chunkBytes) throw damagedBackup('changed')
      const sealed = await readExactly(file, at + lengthBytes, bytes + tagBytes)
      if (sealed === undefined) throw damagedBackup('cut-short')
      yield openChunk(key, index, length, sealed)
      at += lengthBytes + sealed.length
      if (!isLast) continue
      if ((await file.stat()).size !== at) throw damagedBackup('bytes-after-end')
      return
    }
  } finally {
    key.fill(0)
  }
}

function openChunk(key: Buffer, index: number, length: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: tagBytes })
  decipher.setAAD(length).setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    throw damagedBackup('changed')
  }
}
