import type { SealedText } from './primitives.ts'

/**
 * Texts for the eyes of one end only: a passphrase on its way to the engine, a recovery code on its way to the screen.
 * The line to the browser is signed but not encrypted, and no frame may hold a secret in clear. Both ends have Web
 * Crypto: an ephemeral pair of keys on P-256, HKDF, AES-GCM. What is sealed names the one field that it is for, so that it
 * opens nothing else when somebody who listened sends it again.
 */
export type SealedFor =
  | 'books.unlock secret' | 'books.create passphrase' | 'screen.unlock secret'
  | 'keys.recovery-code secret' | 'keys.recovery-code code' | 'keys.confirm-recovery-code code'
  | 'keys.passphrase old' | 'keys.passphrase next' | 'keys.app-secret secret'

export interface SealingCrypto {
  readonly subtle: {
    generateKey(algorithm: object, isExtractable: boolean, usages: readonly string[]): Promise<unknown>
    importKey(format: 'raw', key: Uint8Array<ArrayBuffer>, algorithm: object | string, isExtractable: boolean, usages: readonly string[]): Promise<unknown>
    exportKey(format: 'raw', key: unknown): Promise<ArrayBuffer>
    deriveBits(algorithm: object, key: unknown, length: number): Promise<ArrayBuffer>
    encrypt(algorithm: object, key: unknown, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
    decrypt(algorithm: object, key: unknown, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  }
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): unknown
}

/** Bytes and text, which the contract's layer has no own means for. */
export interface SealingText {
  toBytes(text: string): Uint8Array<ArrayBuffer>
  fromBytes(bytes: Uint8Array<ArrayBuffer>): string
  toBase64Url(bytes: Uint8Array<ArrayBuffer>): string
  fromBase64Url(text: string): Uint8Array<ArrayBuffer>
}

export interface SealReader {
  /** To be given to whoever writes. */
  readonly publicKey: string
  /** `undefined` for what was not sealed for this reader and this field. */
  open(sealed: SealedText, field: SealedFor): Promise<string | undefined>
}

interface KeyPair {
  readonly publicKey: unknown
  readonly privateKey: unknown
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }
const purpose = 'ballast sealed text 2'
/** Authenticated with the text, and known to both ends. */
const labelOf = (field: SealedFor): string => `${purpose} for ${field}`

export async function createSealReader(crypto: SealingCrypto, text: SealingText): Promise<SealReader> {
  // generateKey answers with a pair for this algorithm.
  const pair = (await crypto.subtle.generateKey(curve, true, ['deriveBits'])) as KeyPair
  const publicKey = text.toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  return {
    publicKey,
    async open(sealed, field) {
      try {
        const cipherKey = await cipherKeyOf(crypto, text, pair.privateKey, sealed.key)
        const algorithm = { name: 'AES-GCM', iv: text.fromBase64Url(sealed.nonce), additionalData: text.toBytes(labelOf(field)) }
        return text.fromBytes(new Uint8Array(await crypto.subtle.decrypt(algorithm, cipherKey, text.fromBase64Url(sealed.text))))
      } catch {
        // Whatever is wrong with it, it was not sealed for this reader; saying more would help nobody honest.
        return undefined
      }
    },
  }
}

export async function sealFor(
  readerKey: string, field: SealedFor, plain: string, crypto: SealingCrypto, text: SealingText,
): Promise<SealedText> {
  const pair = (await crypto.subtle.generateKey(curve, true, ['deriveBits'])) as KeyPair
  const cipherKey = await cipherKeyOf(crypto, text, pair.privateKey, readerKey)
  const nonce = new Uint8Array(12)
  crypto.getRandomValues(nonce)
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: text.toBytes(labelOf(field)) }
  const cipher = await crypto.subtle.encrypt(algorithm, cipherKey, text.toBytes(plain))
  return {
    key: text.toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
    nonce: text.toBase64Url(nonce),
    text: text.toBase64Url(new Uint8Array(cipher)),
  }
}

async function cipherKeyOf(crypto: SealingCrypto, text: SealingText, ownKey: unknown, theirKey: string): Promise<unknown> {
  const theirs = await crypto.subtle.importKey('raw', text.fromBase64Url(theirKey), curve, false, [])
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ownKey, 256))
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: text.toBytes(purpose) }
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, material, 256))
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
