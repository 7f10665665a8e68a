import { describe, expect, it } from 'vitest'
import { takePageToken, tokenKey, tokenOfHash } from '../../../../src-renderer/bridge/page-token.ts'

const secret = 'A'.repeat(43)
const other = 'b'.repeat(43)

function placeWith(hash: string, kept?: string) {
  const texts = new Map(kept === undefined ? [] : [[tokenKey, kept]])
  let isDropped = false
  return {
    hash,
    storage: {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
    },
    dropHash: () => void (isDropped = true),
    kept: () => texts.get(tokenKey),
    wasDropped: () => isDropped,
  }
}

describe('the token of the page', () => {
  it('is taken out of the address and kept for the tab', () => {
    const place = placeWith(`#t=trade.${secret}`)
    expect(takePageToken(place)).toEqual({ access: 'trade', secret })
    expect(place.kept()).toBe(`trade.${secret}`)
    expect(place.wasDropped()).toBe(true)
  })

  it('is the kept one when the address brings none', () => {
    const place = placeWith('', `read.${secret}`)
    expect(takePageToken(place)).toEqual({ access: 'read', secret })
    expect(place.wasDropped()).toBe(false)
  })

  it('is the new one when the address brings one and another was kept', () => {
    const place = placeWith(`#t=admin.${other}`, `read.${secret}`)
    expect(takePageToken(place)).toEqual({ access: 'admin', secret: other })
    expect(place.kept()).toBe(`admin.${other}`)
  })

  it('is none, and not the old one, when the address brings a broken one', () => {
    const place = placeWith('#t=trade.short', `read.${secret}`)
    expect(takePageToken(place)).toBeUndefined()
    expect(place.wasDropped()).toBe(true)
  })

  it('is none without address and memory, and none when what was kept is broken', () => {
    expect(takePageToken(placeWith(''))).toBeUndefined()
    expect(takePageToken(placeWith('', 'nonsense'))).toBeUndefined()
  })

  it.each(['', '#', '#x=1', '#t=', `#t=owner.${secret}`, `#t=read.${secret}.more`])('is not found in %j', (hash) => {
    expect(tokenOfHash(hash)).toBeUndefined()
  })
})
