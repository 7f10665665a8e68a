import { createHash, randomBytes } from 'node:crypto'
import { deriveKey } from './sealing.ts'
import { Secret } from './secret.ts'

/**
 * 26 characters of 5 random bits each and 2 that check them, in Crockford's alphabet, which has no I, L, O and U:
 * seven groups of four, to be written on paper and read back by a tired person.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomCharacters = 26
const checkCharacters = 2
const groupCharacters = 4

export function makeRecoveryCode(): Secret {
  const bytes = randomBytes(randomCharacters)
  // 256 is a multiple of 32, so each character is equally likely.
  const body = Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join('')
  bytes.fill(0)
  return Secret.fromText(inGroups(body + checkOf(body)))
}

export type CodeReading =
  | { readonly kind: 'code'; readonly canonical: string }
  /** As long as a code and of its letters, but the check characters do not fit: something was read or typed wrongly. */
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'no-code' }

/** Either case, O for 0, I and L for 1, any spaces and dashes: Crockford's rules for reading. */
export function readRecoveryCode(secret: Secret): CodeReading {
  const text = secret.withBytes((bytes) => bytes.toString('utf8'))
  const canonical = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (canonical.length !== randomCharacters + checkCharacters) return { kind: 'no-code' }
  if (Array.from(canonical).some((character) => !alphabet.includes(character))) return { kind: 'no-code' }
  const body = canonical.slice(0, randomCharacters)
  return checkOf(body) === canonical.slice(randomCharacters) ? { kind: 'code', canonical } : { kind: 'mistyped' }
}

/** 130 random bits need no slow function: nobody counts through them. */
export function recoverySeed(canonical: string): Buffer {
  const bytes = Buffer.from(canonical.slice(0, randomCharacters), 'latin1')
  try {
    return deriveKey(bytes, 'recovery seed')
  } finally {
    bytes.fill(0)
  }
}

function checkOf(body: string): string {
  const digest = createHash('sha256').update('ballast recovery code ').update(body).digest()
  return alphabet.charAt(digest.readUInt8(0) & 31) + alphabet.charAt(digest.readUInt8(1) & 31)
}

const inGroups = (text: string): string =>
  Array.from({ length: text.length / groupCharacters }, (_each, group) =>
    text.slice(group * groupCharacters, (group + 1) * groupCharacters)).join('-')
