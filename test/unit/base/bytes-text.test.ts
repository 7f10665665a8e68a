import { describe, expect, it } from 'vitest'
import {
  bytesFromCrockford, bytesFromHex, crockfordFromBytes, hexFromBytes, InvariantError, uuidFromBytes,
} from '../../../src-main/base/index.ts'

const counting = Uint8Array.from({ length: 16 }, (_, at) => at * 17)
const zeros = new Uint8Array(16)
const ones = new Uint8Array(16).fill(255)

describe('sixteen bytes', () => {
  it('are written as hex, as a UUID of version 8 and in base 32', () => {
    expect(hexFromBytes(counting)).toBe('00112233445566778899aabbccddeeff')
    expect(uuidFromBytes(counting)).toBe('00112233-4455-8677-8899-aabbccddeeff')
    expect(uuidFromBytes(zeros)).toBe('00000000-0000-8000-8000-000000000000')
    expect(uuidFromBytes(ones)).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff')
    expect(crockfordFromBytes(zeros)).toBe('0'.repeat(26))
    expect(crockfordFromBytes(ones)).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')
  })

  it('agree with the example of the ULID specification', () => {
    // 01ARZ3NDEKTSV4RRFFQ69G5FAV is 01563e3a b5d3d676 4c61efb9 9302bd5b.
    const bytes = bytesFromHex('01563e3ab5d3d6764c61efb99302bd5b')
    expect(bytes.ok && crockfordFromBytes(bytes.value)).toBe('01ARZ3NDEKTSV4RRFFQ69G5FAV')
  })

  it('leave the array they came from alone', () => {
    uuidFromBytes(counting)
    expect(counting[6]).toBe(6 * 17)
  })

  it('are read with the slips that Crockford forgives', () => {
    expect(bytesFromCrockford('oLi00000000000000000000000')).toEqual(bytesFromCrockford('01100000000000000000000000'))
  })

  const almost = '0'.repeat(25)
  it.each(['', '0', '8'.repeat(26), `U${almost}`, `${almost}U`, `${almost}00`, `${almost}-`])('%j is not base 32', (text) => {
    expect(bytesFromCrockford(text)).toEqual({ ok: false, error: 'notCrockford' })
  })

  it.each(['', '00', 'g'.repeat(32), '0'.repeat(31), '0'.repeat(33), `${'0'.repeat(32)}\n`])('%j is not hex', (text) => {
    expect(bytesFromHex(text)).toEqual({ ok: false, error: 'notHex' })
  })

  it.each([hexFromBytes, uuidFromBytes, crockfordFromBytes])('of any other number are a bug', (print) => {
    for (const length of [0, 15, 17]) expect(() => print(new Uint8Array(length))).toThrow(InvariantError)
  })
})
