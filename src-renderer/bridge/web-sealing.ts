import { sealFor, type SealedText, type SealingCrypto, type SealingText } from '../../src-preload/contract/index.ts'
import { fromBase64Url, toBase64Url } from './base64-url.ts'

const text: SealingText = {
  toBytes: (plain) => Uint8Array.from(new TextEncoder().encode(plain)),
  fromBytes: (bytes) => new TextDecoder().decode(bytes),
  toBase64Url,
  fromBase64Url,
}

/** What is typed here goes to the engine sealed: no frame holds it in clear. */
export const sealHere = (readerKey: string, plain: string): Promise<SealedText> =>
  // The browser's own types name each algorithm; the contract's are the same functions, told more loosely.
  sealFor(readerKey, plain, globalThis.crypto as unknown as SealingCrypto, text)
