import { describe, expect, it } from 'vitest'
import { marketHash } from '../../../../src-main/venues/sim/index.ts'

describe('the hash of a demo market', () => {
  it('is the one that was written down: whoever changes the market of a seed has to say so here', () => {
    expect(marketHash(7, 20_000)).toBe('e71bf91fa4c259c3')
  })

  it('is the same for the same seed and another for each other seed', () => {
    const hashes = [1, 2, 3, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map((seed) => marketHash(seed, 500))
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(marketHash(2, 500)).toBe(hashes[1])
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/)
  })

  it('changes with each further event', () => {
    const hashes = [0, 1, 2, 9, 10, 500].map((events) => marketHash(3, events))
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('refuses a number of events that is none', () => {
    expect(() => marketHash(1, -1)).toThrow('a number of events')
    expect(() => marketHash(1, 1.5)).toThrow('a number of events')
    expect(() => marketHash(-1, 1)).toThrow('a seed')
  })
})
