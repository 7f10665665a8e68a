import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHaltLatchFile } from '../../../src-main/store/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-latch-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

const never = (error: unknown): never => {
  throw error
}
const state = { mode: 'halted', since: 42, reason: 'looked wrong', actor: 'hand' } as const
const file = (): string => join(folder, 'halt.latch')

describe('the halt latch', () => {
  it('is read back as it was kept, by another engine', async () => {
    const latch = createHaltLatchFile(folder, never)
    latch.keep(state)
    await latch.settled()
    expect(createHaltLatchFile(folder, never).read()).toEqual(state)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['halt.latch'])
  })

  it('is not there before, nor after it was dropped', async () => {
    const latch = createHaltLatchFile(folder, never)
    expect(latch.read()).toBeUndefined()
    latch.keep(state)
    latch.drop()
    await latch.settled()
    expect(existsSync(file())).toBe(false)
    expect(latch.read()).toBeUndefined()
  })

  it('writes in the order it was asked, whatever the disk does in between', async () => {
    const latch = createHaltLatchFile(folder, never)
    for (let round = 0; round < 20; round++) {
      latch.keep({ ...state, since: round })
      latch.drop()
    }
    latch.keep({ ...state, since: 99 })
    await latch.settled()
    expect(latch.read()?.since).toBe(99)
  })

  it.each([
    ['torn', '{"mode":"hal'],
    ['empty', ''],
    ['of another shape', '{"mode":"active","since":1,"reason":"x","actor":"hand"}'],
    ['not an object', 'null'],
    ['without a reason', '{"mode":"halted","since":1,"actor":"hand"}'],
  ])('counts as halted when it is %s', (_what, text) => {
    writeFileSync(file(), text)
    expect(createHaltLatchFile(folder, never).read()).toMatchObject({ mode: 'halted', reason: 'the halt latch could not be read' })
  })

  it('counts as halted when it cannot be read at all', () => {
    mkdirSync(file())
    expect(createHaltLatchFile(folder, never).read()?.mode).toBe('halted')
  })

  it('tells of a write that failed, and goes on', async () => {
    const trouble: unknown[] = []
    const latch = createHaltLatchFile(join(folder, 'missing'), (error) => trouble.push(error))
    latch.keep(state)
    await latch.settled()
    expect(trouble).toHaveLength(1)
    mkdirSync(join(folder, 'missing'))
    latch.keep(state)
    await latch.settled()
    expect(readFileSync(join(folder, 'missing/halt.latch'), 'utf8')).toBe(JSON.stringify(state))
  })
})

describe('a latch on a disk that refuses for a while', () => {
  it('ends as it was wanted last, however the tries fall', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-latch-'))
    const blocked = join(folder, 'gone')
    const troubles: unknown[] = []
    const latch = createHaltLatchFile(blocked, (error) => troubles.push(error))
    latch.keep({ mode: 'halted', since: 1, reason: 'an older one', actor: 'hand' })
    latch.drop()
    latch.keep({ mode: 'halted', since: 2, reason: 'the last word', actor: 'hand' })
    await latch.settled()
    expect(troubles.length).toBeGreaterThan(0)
    mkdirSync(blocked)
    await vi.waitFor(() => expect(latch.read()).toMatchObject({ reason: 'the last word' }), 4_000)
    latch.drop()
    await latch.settled()
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    expect(latch.read()).toBeUndefined()
    rmSync(folder, { recursive: true })
  }, 10_000)
})
