import { webcrypto } from 'node:crypto'
import type { SealingCrypto, SealingText } from '../../src-preload/contract/index.ts'

const text: SealingText = {
  toBytes: (plain) => Uint8Array.from(Buffer.from(plain, 'utf8')),
  fromBytes: (bytes) => Buffer.from(bytes).toString('utf8'),
  toBase64Url: (bytes) => Buffer.from(bytes).toString('base64url'),
  fromBase64Url: (encoded) => Uint8Array.from(Buffer.from(encoded, 'base64url')),
}

/** The engine's and the command line's end of what is sealed. */
export const nodeSealing = {
  // Node's own types name each algorithm; the contract's are the same functions, told more loosely.
  crypto: webcrypto as unknown as SealingCrypto,
  text,
}
