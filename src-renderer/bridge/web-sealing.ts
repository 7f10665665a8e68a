import { createSealReader, sealFor, type SealedFor, type SealedText, type SealingCrypto, type SealingText, type SealReader } from '../../src-preload/contract/index.ts'
import { fromBase64Url, toBase64Url } from './base64-url.ts'

const text: SealingText = {
  toBytes: (plain) => Uint8Array.from(new TextEncoder().encode(plain)),
  fromBytes: (bytes) => new TextDecoder().decode(bytes),
  toBase64Url,
  fromBase64Url,
}

/** The browser's own types name each algorithm; the contract's are the same functions, told more loosely. */
const webCrypto = (): SealingCrypto => globalThis.crypto as unknown as SealingCrypto

/** What is typed here goes to the engine sealed: no frame holds it in clear. */
export const sealHere = (readerKey: string, field: SealedFor, plain: string): Promise<SealedText> =>
  sealFor(readerKey, field, plain, webCrypto(), text)

/** For what the engine tells this screen alone; the key is made for one reading and goes with it. */
export const openReaderHere = (): Promise<SealReader> => createSealReader(webCrypto(), text)
