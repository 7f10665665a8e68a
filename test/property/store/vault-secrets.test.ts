import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeBox, openBox, openSealed, readRecoveryCode, sealFor, Secret } from '../../../src-main/store/vault/index.ts'
import { makeRecoveryCode, recoverySeed } from '../../../src-main/store/vault/recovery-code.ts'
import { publicKeyOf } from '../../../src-main/store/vault/sealing.ts'
import { parseVaultDocument } from '../../../src-main/store/vault/vault-file.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
const content = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
const label = fc.string({ maxLength: 20 })

test('a box opens under its key and label only, and not with a bit changed', () => {
  fc.assert(fc.property(key, content, label, fc.nat(), fc.integer({ min: 0, max: 7 }), (own, held, name, place, bit) => {
    const box = closeBox(own, held, name)
    expect(openBox(own, box, name)).toEqual(held)
    expect(openBox(own, box, `${name}.`)).toBeUndefined()
    const at = place % box.length
    const changed = Buffer.from(box)
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
    expect(openBox(own, changed, name)).toBeUndefined()
    expect(openBox(own, box.subarray(0, at), name)).toBeUndefined()
  }))
})

test('what is sealed for a public key opens with its seed only, and not with a bit changed', () => {
  fc.assert(fc.property(key, key, content, label, fc.nat(), fc.integer({ min: 0, max: 7 }), (seed, other, held, name, place, bit) => {
    fc.pre(!seed.equals(other))
    const sealed = sealFor(publicKeyOf(seed), held, name)
    expect(openSealed(seed, sealed, name)).toEqual(held)
    expect(openSealed(other, sealed, name)).toBeUndefined()
    const at = place % sealed.length
    // X25519 leaves the highest bit of a point out, but the key is made from all of its bytes.
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
    expect(openSealed(seed, changed, name)).toBeUndefined()
  }))
})

test('a recovery code is read back however it is written, and one wrong character is noticed', () => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let slipped = 0
  let tries = 0
  fc.assert(fc.property(fc.nat(27), fc.nat(30), (place, shift) => {
    const code = makeRecoveryCode()
    const reading = readRecoveryCode(code)
    if (reading.kind !== 'code') throw new Error('expected a code')
    expect(reading.canonical).toHaveLength(28)
    const sloppy = Secret.fromText(reading.canonical.toLowerCase().replaceAll('1', 'i').replaceAll('0', 'o'))
    expect(readRecoveryCode(sloppy)).toEqual(reading)
    const was = letters.indexOf(reading.canonical.charAt(place))
    const wrong = reading.canonical.slice(0, place) + letters.charAt((was + 1 + shift) % 32) + reading.canonical.slice(place + 1)
    const found = readRecoveryCode(Secret.fromText(wrong))
    tries += 1
    // The check has ten bits: one wrong code in a thousand passes it, and then opens nothing.
    if (found.kind === 'code') {
      slipped += 1
      expect(recoverySeed(found.canonical)).not.toEqual(recoverySeed(reading.canonical))
    } else expect(found.kind).toBe('mistyped')
  }))
  expect(slipped).toBeLessThanOrEqual(Math.max(3, tries / 100))
})

test('whatever stands in vault.json, reading it is an answer and never a throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.record({ vault: fc.anything(), mac: fc.anything() }).map((value) => {
    try {
      return JSON.stringify(value) ?? ''
    } catch {
      return ''
    }
  })), (text) => {
    expect(parseVaultDocument(text).ok).toBe(false)
  }))
})
