import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journalKeysOf, openTruth } from '../../../src-main/venue-host/index.ts'
import type { OpenTruthParts } from '../../../src-main/venue-host/index.ts'
import type { TruthLine } from '../../../src-main/venues/paper/index.ts'

let home: string
let failures: string[]
const key = new Uint8Array(32).fill(7)

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-venue-'))
  failures = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const parts = (given: Partial<OpenTruthParts> = {}): OpenTruthParts => ({
  folder: join(home, 'venue'), keys: journalKeysOf([key]), areOldBooksKept: true, now: () => 1_700_000_000_000,
  journalThread: new URL('../../../src-main/journal-thread.ts', import.meta.url), failed: (detail) => failures.push(detail), ...given,
})
async function open(given: Partial<OpenTruthParts> = {}) {
  const opened = await openTruth(parts(given))
  if (!opened.ok) throw new Error(opened.trouble.kind)
  return opened
}
const purse = (amount: number): TruthLine => ({ kind: 'purse', purse: 'paper', asset: 'USD', amount })
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 2))
}
const amountOf = (kept: { readonly books: { readonly purses: ReadonlyMap<string, { readonly amount: number }> } } | undefined) => kept?.books.purses.get('paper USD')?.amount

describe('the books of the venue on the disk', { timeout: 60_000 }, () => {
  it('begin with nothing, and bring back what was durable when the process is gone without a word', async () => {
    const first = await open()
    expect(first.kept).toBeUndefined()
    first.log.append([purse(1)])
    const last = first.log.append([purse(2), { kind: 'venue', lives: 3, market: { seed: 7, at: 5 } }])
    await until(() => first.log.durable === last)
    cpSync(join(home, 'venue'), join(home, 'copy'), { recursive: true })
    const second = await open({ folder: join(home, 'copy') })
    expect(amountOf(second.kept)).toBe(2)
    expect(second.kept).toMatchObject({ lives: 3, market: { seed: 7, at: 5 } })
    await first.log.close(1_000)
    await second.log.close(1_000)
  })

  it('begin anew when they get long, and keep one journal only', async () => {
    const { log } = await open({ longBytes: 4_000 })
    let amount = 0
    log.onLong(() => [purse(amount)])
    log.append([purse(0)])
    let number = 0
    while (!readdirSync(join(home, 'venue')).includes('books-3.whole')) {
      amount += 1
      number = log.append([purse(amount)])
      await until(() => log.durable >= number)
    }
    amount += 1
    number = log.append([purse(amount)])
    await until(() => log.durable >= number)
    await log.close(1_000)
    expect(failures).toEqual([])
    expect(readdirSync(join(home, 'venue')).filter((name) => name.endsWith('.whole'))).toEqual(['books-3.whole'])
    const { kept, log: next } = await open()
    expect(amountOf(kept)).toBe(amount)
    next.append([purse(amount)])
    await until(() => next.durable === 1)
    expect(readdirSync(join(home, 'venue')).length).toBe(2)
    await next.close(1_000)
  })

  it('go back to the journal before when a new one was only begun', async () => {
    const first = await open()
    first.log.append([purse(5)])
    await until(() => first.log.durable === 1)
    await first.log.close(1_000)
    const begun = await open()
    await begun.log.close(1_000)
    const { kept, log } = await open()
    expect(amountOf(kept)).toBe(5)
    await log.close(1_000)
  })

  it('are refused with another key, unless nobody could have kept them', async () => {
    const first = await open()
    first.log.append([purse(5)])
    await until(() => first.log.durable === 1)
    await first.log.close(1_000)
    const other = journalKeysOf([new Uint8Array(32).fill(8)])
    expect(await openTruth(parts({ keys: other }))).toMatchObject({ ok: false, trouble: { kind: 'wrong-key' } })
    const { kept, log } = await open({ keys: other, areOldBooksKept: false })
    expect(kept).toBeUndefined()
    await log.close(1_000)
  })
})
