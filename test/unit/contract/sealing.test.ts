import { describe, expect, it } from 'vitest'
import { createOneTimeReader } from '../../../src-main/bookkeeping/one-time-reader.ts'
import { nodeSealing } from '../../../src-main/bridge/index.ts'
import { createSealReader, sealFor, type SealedFor, type SealReader } from '../../../src-preload/contract/index.ts'

const { crypto, text } = nodeSealing
const make = (): Promise<SealReader> => createSealReader(crypto, text)
const seal = (reader: SealReader, field: SealedFor, plain = 'nine lives') => sealFor(reader.publicKey, field, plain, crypto, text)

describe('a sealed text', () => {
  it('is read by its reader, in the field that it was sealed for', async () => {
    const [reader, other] = [await make(), await make()]
    const sealed = await seal(reader, 'screen.unlock secret')
    expect(await reader.open(sealed, 'screen.unlock secret')).toBe('nine lives')
    expect(await reader.open(sealed, 'books.unlock secret')).toBeUndefined()
    expect(await reader.open(sealed, 'keys.passphrase old')).toBeUndefined()
    expect(await other.open(sealed, 'screen.unlock secret')).toBeUndefined()
  })

  it('of which any part was changed is not read', async () => {
    const reader = await make()
    const sealed = await seal(reader, 'keys.passphrase next')
    for (const part of ['key', 'nonce', 'text'] as const) {
      const changed = { ...sealed, [part]: `${sealed[part].startsWith('A') ? 'B' : 'A'}${sealed[part].slice(1)}` }
      expect(await reader.open(changed, 'keys.passphrase next'), part).toBeUndefined()
    }
  })
})

describe('a reader of each text once', () => {
  it('does not read it again, not even when both come at the same moment', async () => {
    const reader = await createOneTimeReader({ make })
    const sealed = await seal(reader, 'screen.unlock secret')
    const both = await Promise.all([reader.open(sealed, 'screen.unlock secret'), reader.open(sealed, 'screen.unlock secret')])
    expect(both.filter((plain) => plain !== undefined)).toEqual(['nine lives'])
    expect(await reader.open(sealed, 'screen.unlock secret')).toBeUndefined()
  })

  it('is not used up by what somebody sent to the wrong field', async () => {
    const reader = await createOneTimeReader({ make })
    const sealed = await seal(reader, 'screen.unlock secret')
    expect(await reader.open(sealed, 'books.unlock secret')).toBeUndefined()
    expect(await reader.open(sealed, 'screen.unlock secret')).toBe('nine lives')
  })

  it('has a new key when it remembers as many as it may, and what it read before stays unread', async () => {
    let news = 0
    const reader = await createOneTimeReader({ make, readingsMax: 3, onNewKey: () => void news++ })
    const first = reader.publicKey
    const all = await Promise.all([1, 2, 3].map((nth) => seal(reader, 'screen.unlock secret', `word ${nth}`)))
    for (const [index, sealed] of all.entries()) expect(await reader.open(sealed, 'screen.unlock secret')).toBe(`word ${index + 1}`)
    expect([reader.publicKey === first, news]).toEqual([false, 1])
    for (const sealed of all) expect(await reader.open(sealed, 'screen.unlock secret')).toBeUndefined()
    expect(await reader.open(await seal(reader, 'screen.unlock secret'), 'screen.unlock secret')).toBe('nine lives')
  })
})
