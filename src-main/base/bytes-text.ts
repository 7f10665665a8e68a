import { assert } from './invariant.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/**
 * Sixteen bytes as text, in the three forms that venues take: hex (32 characters), UUID (36) and Crockford's base 32 (26, letters
 * and digits only). Each text has one canonical form, because ids are compared as text.
 */
const byteCount = 16

const ensureSixteen = (bytes: Uint8Array): void => assert(bytes.length === byteCount, 'expected 16 bytes')

export const hexFromBytes = (bytes: Uint8Array): string => {
  ensureSixteen(bytes)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const bytesFromHex = (text: string): Result<Uint8Array, 'notHex'> => {
  if (!/^[0-9a-fA-F]{32}$/.test(text)) return fail('notHex')
  return ok(Uint8Array.from({ length: byteCount }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16)))
}

/**
 * A UUID of version 8 (RFC 9562, "custom"): six of the 128 bits carry version and variant, so the bytes do not come back whole.
 * Venues check these bits, which is why the bytes are not printed as they are.
 */
export const uuidFromBytes = (bytes: Uint8Array): string => {
  ensureSixteen(bytes)
  const marked = bytes.map((byte, at) => {
    if (at === 6) return (byte & 0x0f) | 0x80
    return at === 8 ? (byte & 0x3f) | 0x80 : byte
  })
  const hex = hexFromBytes(marked)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const crockfordAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const crockfordLength = 26

export const crockfordFromBytes = (bytes: Uint8Array): string => {
  ensureSixteen(bytes)
  // 26 digits hold 130 bits; the two spare ones lead, as zeros, so that texts sort like their bytes.
  let held = 0
  let heldBits = 2
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    heldBits += 8
    while (heldBits >= 5) {
      heldBits -= 5
      text += crockfordAlphabet.charAt((held >> heldBits) & 31)
    }
    held &= (1 << heldBits) - 1
  }
  return text
}

/** Crockford's reading rules: either case, O for 0, I and L for 1. U is no digit. */
export const bytesFromCrockford = (text: string): Result<Uint8Array, 'notCrockford'> => {
  const canonical = text.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  if (canonical.length !== crockfordLength || canonical > '7ZZZZZZZZZZZZZZZZZZZZZZZZZ') return fail('notCrockford')
  const bytes = new Uint8Array(byteCount)
  let held = 0
  let heldBits = -2
  let at = 0
  for (const digit of canonical) {
    const value = crockfordAlphabet.indexOf(digit)
    if (value < 0) return fail('notCrockford')
    held = (held << 5) | value
    heldBits += 5
    if (heldBits >= 8) {
      heldBits -= 8
      bytes[at] = held >> heldBits
      at += 1
      held &= (1 << heldBits) - 1
    }
  }
  return ok(bytes)
}
