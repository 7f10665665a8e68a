import { scrypt } from 'node:crypto'
import type { Secret } from './secret.ts'
import { passphraseBytesMax, passphraseCharactersMin } from './vault-trouble.ts'
import type { PassphraseFault } from './vault-trouble.ts'

/** Some 0.3 s and 128 MB for each guess. */
export const scryptCost = 2 ** 17
/** A vault.json of another day may ask for more, but not for all of this computer's memory. */
export const scryptCostMax = 2 ** 20
const scryptBlock = 8
export const saltBytes = 16
const seedBytes = 32

export interface PassphraseKdf {
  readonly name: 'scrypt'
  readonly n: number
  readonly salt: Buffer
}

export function passphraseSeed(passphrase: Secret, { n, salt }: PassphraseKdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: n, r: scryptBlock, p: 1, maxmem: 256 * scryptBlock * n }
    // Lent, not copied: the secret outlives the call, because the caller waits.
    passphrase.withBytes((bytes) => scrypt(bytes, salt, seedBytes, options, (error, seed) => {
      if (error === null) resolve(seed)
      else reject(error)
    }))
  })
}

export function passphraseFault(passphrase: Secret): PassphraseFault | undefined {
  if (passphrase.byteLength > passphraseBytesMax) return 'too-long'
  const characters = passphrase.withBytes((bytes) => Array.from(bytes.toString('utf8')).length)
  return characters < passphraseCharactersMin ? 'too-short' : undefined
}
