import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesFromCrockford, bytesFromHex, crockford16Pattern, crockfordFromBytes, hex16Pattern, hexFromBytes, uuidFromBytes,
  uuidPattern,
} from '../../../src-main/base/index.ts'

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('sixteen bytes as text', () => {
  it('come back whole from hex and from base 32, in either case', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const [hex, crockford] = [hexFromBytes(bytes), crockfordFromBytes(bytes)]
        expect(hex).toMatch(hex16Pattern)
        expect(crockford).toMatch(crockford16Pattern)
        expect(bytesFromHex(hex.toUpperCase())).toEqual({ ok: true, value: bytes })
        expect(bytesFromCrockford(crockford.toLowerCase())).toEqual({ ok: true, value: bytes })
      }),
    )
  })

  it('are the same number in base 32 as in hex, and sort alike', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    const valueOf = (text: string) => [...text].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n)
    fc.assert(
      fc.property(sixteen, sixteen, (left, right) => {
        expect(valueOf(crockfordFromBytes(left))).toBe(BigInt(`0x${hexFromBytes(left)}`))
        expect(crockfordFromBytes(left) < crockfordFromBytes(right)).toBe(hexFromBytes(left) < hexFromBytes(right))
      }),
    )
  })

  it('keep 122 of their bits in a UUID of version 8', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const uuid = uuidFromBytes(bytes)
        expect(uuid).toMatch(uuidPattern)
        expect([uuid.charAt(14), '89ab'.includes(uuid.charAt(19))]).toEqual(['8', true])
        const mask = ~((0xfn << 76n) | (0x3n << 62n))
        expect(BigInt(`0x${uuid.replaceAll('-', '')}`) & mask).toBe(BigInt(`0x${hexFromBytes(bytes)}`) & mask)
      }),
    )
  })

  it('are refused with a reason when the text is anything else, never with a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ minLength: 26, maxLength: 32 })), (text) => {
        expect(bytesFromHex(text).ok).toBe(/^[0-9a-f]{32}$/i.test(text))
        expect(bytesFromCrockford(text).ok).toBe(/^[0-7OIL][0-9A-TV-Z]{25}$/i.test(text))
      }),
      { numRuns: 2_000 },
    )
  })
})
