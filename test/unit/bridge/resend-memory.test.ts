import { describe, expect, it } from 'vitest'
import { succeed } from '../../../src-preload/contract/index.ts'
import { ResendMemory } from '../../../src-main/bridge/resend-memory.ts'

const counting = () => {
  let times = 0
  return { execute: async () => succeed(++times), times: () => times }
}

describe('the memory for resends', () => {
  it('executes a key once, even while the first is still under way', async () => {
    const memory = new ResendMemory()
    const work = counting()
    const replies = [memory.once('key', 'a', 0, work.execute), memory.once('key', 'a', 1, work.execute)]
    expect(await Promise.all(replies)).toEqual([succeed(1), succeed(1)])
    expect(work.times()).toBe(1)
  })

  it('does not take one content for another', () => {
    const memory = new ResendMemory()
    void memory.once('key', 'a', 0, counting().execute)
    expect(memory.once('key', 'b', 0, counting().execute)).toBe('reused')
  })

  it('answers whoever asks for a key, and spends a key whose command never came', async () => {
    const memory = new ResendMemory()
    const work = counting()
    await memory.once('done', 'a', 0, work.execute)
    expect(await memory.recall('done', 1)).toEqual(succeed(1))
    expect(memory.recall('never came', 1)).toBeUndefined()
    expect(memory.once('never came', 'a', 2, work.execute)).toBe('spent')
    expect(memory.recall('never came', 3)).toBeUndefined()
    expect(work.times()).toBe(1)
  })

  it('is bounded by number, the oldest going first', async () => {
    const memory = new ResendMemory({ keysMax: 10, ageMaxMs: 1_000_000 })
    for (let key = 0; key < 25; key++) await memory.once(`key ${key}`, 'a', key, counting().execute)
    expect(memory.size).toBe(10)
    const work = counting()
    await memory.once('key 24', 'a', 30, work.execute)
    expect(work.times()).toBe(0)
    await memory.once('key 0', 'a', 30, work.execute)
    expect(work.times()).toBe(1)
  })

  it('forgets after a day', async () => {
    const memory = new ResendMemory()
    const work = counting()
    await memory.once('key', 'a', 0, work.execute)
    await memory.once('key', 'a', 24 * 3_600_000, work.execute)
    expect(work.times()).toBe(1)
    await memory.once('key', 'a', 24 * 3_600_000 + 1, work.execute)
    expect(work.times()).toBe(2)
  })
})
