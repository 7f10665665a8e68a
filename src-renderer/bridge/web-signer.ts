import type { Signer } from '../../src-preload/contract/index.ts'
import { fromBase64Url, toBase64Url } from './base64-url.ts'

/** HMAC-SHA-256 by Web Crypto. A key is imported once: a line signs every frame with the same two. */
export function createWebSigner(crypto: SubtleCrypto): Signer {
  const keys = new Map<string, Promise<CryptoKey>>()
  const encoder = new TextEncoder()

  const keyOf = (key: string): Promise<CryptoKey> => {
    const known = keys.get(key)
    if (known !== undefined) return known
    const imported = crypto.importKey('raw', fromBase64Url(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    // One token and two frame keys a line; older lines' keys are of no use to anyone.
    if (keys.size >= 8) keys.clear()
    keys.set(key, imported)
    return imported
  }

  return {
    async sign(key, text) {
      return toBase64Url(await crypto.sign('HMAC', await keyOf(key), encoder.encode(text)))
    },
  }
}
