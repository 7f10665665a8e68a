import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VenueReport } from '../../../src-main/domain/index.ts'
import type { FromVenueChild, ToVenueChild } from '../../../src-main/supervisor/index.ts'
import { VenueHost } from '../../../src-main/venue-host/index.ts'
import type { FromVenue, OpenPaper, ToVenue } from '../../../src-main/venues/remote/index.ts'
import { installation, limitOf, orderIdOf, paperAccount, startAt } from '../../unit/venues/paper/paper-house.ts'

/** The host of the venue in this process, over a disk that obeys a file beside the journal. */
let home: string
let tell: (message: ToVenueChild) => void
let said: FromVenue[]
let beats: number
let ends: { readonly code: number; readonly why: string }[]
let heapMb: number
const patience = { timeout: 20_000, interval: 10 }

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-venue-host-'))
  said = []
  beats = 0
  ends = []
  heapMb = 10
  const host = new VenueHost({
    link: {
      send: (message: FromVenueChild) => {
        if (message.kind === 'said') said.push(message.body as FromVenue)
        else beats += 1
      },
      onMessage: (listener) => { tell = listener },
      onGone: () => undefined,
    },
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    journalThread: new URL('../store/journal-disk-at-will.ts', import.meta.url),
    heapMb: () => heapMb, heapMbMost: 300,
    end: (code, why) => ends.push({ code, why }),
  })
  host.begin()
})
afterEach(async () => {
  wish('books-1', '')
  wish('books-2', '')
  tell({ kind: 'stop' })
  await vi.waitFor(() => expect(ends.at(-1)).toEqual({ code: 0, why: 'stopped' }), patience)
  rmSync(home, { recursive: true, force: true })
})

const wish = (journal: string, disk: string): void => writeFileSync(join(home, `${journal}.disk`), disk)
const ask = (body: ToVenue): void => tell({ kind: 'said', body })
const open = (given: Partial<OpenPaper> = {}): OpenPaper => ({
  folder: home, keys: [new Uint8Array(32).fill(3)], areOldBooksKept: true, installation, accounts: [paperAccount], weather: 'calm',
  pace: { seed: 7, anchorWall: Date.now(), anchorMarket: startAt, speed: 0 }, ...given,
})
const opened = (line: string): Promise<void> => vi.waitFor(() => expect(said.some((each) => each.kind === 'opened' && each.line === line)).toBe(true), patience)
const reports = (line: string): readonly VenueReport[] => said.flatMap((each) => (each.kind === 'report' && each.line === line ? [each.report] : []))
const send = (line: string, number: number): void => ask({
  kind: 'perform', line,
  request: { kind: 'send-order', account: 'paper', order: orderIdOf(number), needs: 0, sendEpoch: 0, validUntil: Date.now() + 5_000, spec: limitOf(5_000, 600_000) },
})
const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const answers = (line: string): readonly string[] => reports(line).map(({ kind }) => kind).filter((kind) => kind.startsWith('send-'))

describe('the host of the venue', { timeout: 60_000 }, () => {
  it('tells nothing of an order while the disk has not taken it, and then all of it', async () => {
    ask({ kind: 'open', line: 'a', open: open() })
    await opened('a')
    await settle(300)
    wish('books-1', 'hang')
    send('a', 1)
    // Whoever sent it calls the outcome unknown by now, and that is all that anybody knows.
    await vi.waitFor(() => expect(answers('a')).toEqual(['send-unknown']), patience)
    expect(reports('a').some(({ kind }) => kind === 'order-reported')).toBe(false)
    wish('books-1', '')
    await vi.waitFor(() => expect(reports('a').some(({ kind }) => kind === 'order-reported')).toBe(true), patience)
  })

  it('ends when its books cannot be written any more', async () => {
    ask({ kind: 'open', line: 'a', open: open() })
    await opened('a')
    await settle(300)
    wish('books-1', 'EIO')
    send('a', 1)
    await vi.waitFor(() => expect(ends[0]).toMatchObject({ code: 1, why: expect.stringMatching(/^the books cannot be written/) as string }), patience)
    expect(reports('a').some(({ kind }) => kind === 'order-reported')).toBe(false)
  })

  it('carries nothing that comes by a line that is not the newest', async () => {
    ask({ kind: 'open', line: 'a', open: open() })
    await opened('a')
    ask({ kind: 'open', line: 'b', open: open() })
    await opened('b')
    send('a', 1)
    send('b', 2)
    await vi.waitFor(() => expect(answers('b')).toHaveLength(1), patience)
    const views = reports('b').flatMap((report) => (report.kind === 'order-reported' ? [report.view.order] : []))
    expect(views).not.toContain(orderIdOf(1))
    expect(reports('a').filter(({ kind }) => kind !== 'stream-reported')).toEqual([])
  })

  it('says why when books of others lie there, and takes another folder after that', async () => {
    ask({ kind: 'open', line: 'a', open: open() })
    await opened('a')
    await settle(300)
    ask({ kind: 'open', line: 'b', open: open({ keys: [new Uint8Array(32).fill(4)], accounts: [] }) })
    await vi.waitFor(() => expect(said.at(-1)).toEqual({ kind: 'refused', line: 'b', why: 'its books cannot be opened: wrong-key' }), patience)
    ask({ kind: 'open', line: 'c', open: open({ folder: join(home, 'other') }) })
    await opened('c')
  })

  it('opens an account that was not there before, beside the one that was', async () => {
    ask({ kind: 'open', line: 'a', open: open() })
    await opened('a')
    ask({ kind: 'open', line: 'b', open: open({ accounts: [paperAccount, { ...paperAccount, id: 'second', positions: 'hedging' }] }) })
    await opened('b')
    const told = said.findLast((each) => each.kind === 'opened')
    expect(told?.kind === 'opened' && told.accounts.map(({ id, positions }) => [id, positions])).toEqual([['paper', 'netting'], ['second', 'hedging']])
  })

  it('beats, and ends when it needs too much memory', async () => {
    await vi.waitFor(() => expect(beats).toBeGreaterThan(0), patience)
    heapMb = 301
    await vi.waitFor(() => expect(ends[0]).toEqual({ code: 1, why: 'it needs too much memory' }), patience)
    heapMb = 10
  })
})
