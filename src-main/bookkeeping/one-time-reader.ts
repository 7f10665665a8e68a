import { createHash } from 'node:crypto'
import type { SealReader } from '../../src-preload/contract/index.ts'

/**
 * Reads what was sealed for this engine, each of it once: the line to a browser is not encrypted, and who listened there
 * must not be able to send it again. What was read is remembered as long as the key lives, and with a new key nothing of
 * before can be read at all, so the memory has an end.
 */
export interface OneTimeReaderParts {
  readonly make: () => Promise<SealReader>
  /** After so many readings there is a new key. */
  readonly readingsMax?: number
  readonly onNewKey?: () => void
}

/** 32 bytes each; a person does not come near it, a program that floods costs everybody else one more try. */
const readingsMaxDefault = 4_096

export async function createOneTimeReader({ make, readingsMax = readingsMaxDefault, onNewKey }: OneTimeReaderParts): Promise<SealReader> {
  let reader = await make()
  let read = new Set<string>()
  return {
    get publicKey() {
      return reader.publicKey
    },
    async open(sealed, field) {
      const [asked, memory] = [reader, read]
      const plain = await asked.open(sealed, field)
      const mark = markOf(sealed.text)
      // Looked at after the opening, so that two of the same moment are not both read.
      if (plain === undefined || memory.has(mark) || asked !== reader) return undefined
      memory.add(mark)
      if (memory.size < readingsMax) return plain
      const next = await make()
      if (asked === reader) {
        reader = next
        read = new Set()
        onNewKey?.()
      }
      return plain
    },
  }
}

/** Of the ciphertext's bytes: they are authentic, while one key can be written down in several ways. */
const markOf = (text: string): string => createHash('sha256').update(Buffer.from(text, 'base64url')).digest('base64url')
