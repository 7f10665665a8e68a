import { createHmac, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWebSigner } from '../../../../src-renderer/bridge/web-signer.ts'

const byNode = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url')

describe('the signer of the page', () => {
  it('signs as the other side of the line does, whatever key and text', async () => {
    const signer = createWebSigner(webcrypto.subtle as SubtleCrypto)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.string({ unit: 'grapheme' }), async (bytes, text) => {
        const key = Buffer.from(bytes).toString('base64url')
        expect(await signer.sign(key, text)).toBe(byNode(key, text))
      }),
      { numRuns: 60 },
    )
  })

  it('imports a key once for all that it signs', async () => {
    let imports = 0
    const counting = new Proxy(webcrypto.subtle, {
      get(subtle, name) {
        if (name === 'importKey') imports++
        const member: unknown = Reflect.get(subtle, name, subtle)
        return typeof member === 'function' ? member.bind(subtle) : member
      },
    })
    const signer = createWebSigner(counting as SubtleCrypto)
    for (const text of ['a', 'b', 'c']) await signer.sign('AAAA', text)
    expect(imports).toBe(1)
  })
})
