import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenedBooks } from '../../src-main/bookkeeping/index.ts'
import { PaperAtHand, weatherWish } from '../../src-main/paper-at-hand.ts'
import { openEphemeralVault } from '../../src-main/store/index.ts'
import { paperTrading } from '../../src-main/trading-setup/index.ts'
import type { FromVenue, ToVenue, VenueNews } from '../../src-main/venues/remote/index.ts'

const now = 1_700_000_000_000
const pace = { seed: 7, anchorWall: now, anchorMarket: now, speed: 1 }
// Of open books it needs the keys and the name in order ids.
const opened = { vault: openEphemeralVault(Buffer.alloc(32, 7)), past: { lastSequence: 0, recentEvents: [], trading: { installation: 'aabbccddeeff', events: [] } } } as unknown as OpenedBooks

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function rig({ restarts = 0, weather }: { readonly restarts?: number; readonly weather?: 'flaky-wifi' } = {}) {
  let tell: (news: VenueNews) => void = () => undefined
  let wanted = 0
  const said: { readonly life: number; readonly body: ToVenue }[] = []
  const troubles: string[] = []
  const venue = new PaperAtHand(paperTrading(), {
    wire: { want: () => void wanted++, send: (life, body) => said.push({ life, body }), onNews: (listener) => (tell = listener) },
    clock: { wallMs: () => now, monotonicMs: () => 0 }, start: { folder: '/profile', profileKind: 'demo', restarts }, weather, onTrouble: (what, detail) => troubles.push(`${what}: ${detail}`),
  })
  const openings = () => said.flatMap(({ body }) => (body.kind === 'open' ? [body] : []))
  const answer = (life: number, body: FromVenue): void => tell({ kind: 'said', life, body })
  return {
    venue, said, troubles, openings, wanted: () => wanted,
    live(life: number): void {
      tell({ kind: 'up', life })
      answer(life, { kind: 'opened', line: openings().at(-1)?.line ?? '', accounts: [], resets: [] })
    },
    die: (life: number) => tell({ kind: 'gone', life, why: 'SIGKILL', again: 'soon' }),
    weather: (life: number, preset: 'calm' | 'liar', struck: Readonly<Record<string, number>> = {}) => answer(life, { kind: 'weather', weather: { preset, struck } }),
  }
}

describe('the exchange behind an engine', () => {
  it('is wanted before the books are open, and opened with keys and a name of theirs', async () => {
    const { venue, wanted, live, openings } = rig({ weather: 'flaky-wifi' })
    expect(wanted()).toBe(1)
    const begun = venue.begin(opened, pace)
    live(1)
    await begun
    expect(openings()).toMatchObject([{ open: { folder: '/profile/venue', areOldBooksKept: false, installation: 'aabbccddeeff', weather: 'flaky-wifi', pace } }])
    expect(openings()[0]?.open.keys[0]).toHaveLength(32)
    expect(Buffer.from(openings()[0]?.open.keys[0] ?? []).equals(opened.vault.journalKeys().keyOf(1) ?? Buffer.alloc(0))).toBe(false)
    expect(openings()[0]?.open.accounts).toMatchObject([{ id: 'paper' }])
  })

  it('is waited for no longer than a second', async () => {
    const { venue } = rig()
    const begun = venue.begin(opened, pace)
    await vi.advanceTimersByTimeAsync(1_000)
    await begun
    expect(venue.status.kind).toBe('starting')
  })

  it('keeps the weather that it has when another engine comes, and a next life of it has the same', async () => {
    const { venue, live, openings, weather, die, troubles } = rig({ restarts: 2, weather: 'flaky-wifi' })
    void venue.begin(opened, pace)
    live(1)
    expect(openings()[0]?.open).not.toHaveProperty('weather')
    weather(1, 'liar')
    die(1)
    expect(troubles).toEqual(['the process of the exchange ended: SIGKILL, again soon'])
    live(2)
    expect(openings()[1]?.open.weather).toBe('liar')
  })

  it('is opened anew where the market stands by then', () => {
    const { venue, live, die, openings } = rig()
    void venue.begin(opened, pace)
    live(1)
    venue.follow({ ...pace, speed: 0 })
    die(1)
    live(2)
    expect(openings()[1]?.open.pace).toMatchObject({ speed: 0 })
  })
})

describe('what a person may change of it', () => {
  it('is the weather, with what has struck since', async () => {
    const { venue, live, weather, said, die } = rig()
    void venue.begin(opened, pace)
    expect(await venue.desk.weather()).toMatchObject({ ok: true, value: { preset: 'calm', line: 'down', struck: [] } })
    live(1)
    weather(1, 'calm', { 'close-1006': 2 })
    expect(await venue.desk.setWeather({ preset: 'liar' })).toMatchObject({ ok: true, value: { preset: 'liar', line: 'up', struck: [] } })
    expect(said.at(-1)?.body).toEqual({ kind: 'become', weather: 'liar' })
    weather(1, 'liar', { 'close-1006': 3, 'stale-answer': 4 })
    expect(await venue.desk.weather()).toMatchObject({ value: { preset: 'liar', struck: [{ fault: 'close-1006', times: 1 }, { fault: 'stale-answer', times: 4 }] } })
    die(1)
    expect(await venue.desk.weather()).toMatchObject({ value: { preset: 'liar', line: 'down' } })
  })

  it('is an account that begins anew with what it had at first, and nothing while the exchange is away', async () => {
    const { venue, live, said } = rig()
    expect(await venue.desk.reset({ account: 'paper', reason: 'a test' })).toMatchObject({ ok: false, error: { code: 'paper.unreachable' } })
    expect(await venue.desk.reset({ account: 'other', reason: 'a test' })).toMatchObject({ ok: false, error: { code: 'paper.reset-refused' } })
    void venue.begin(opened, pace)
    live(1)
    void venue.desk.reset({ account: 'paper', reason: 'a test' })
    await vi.advanceTimersByTimeAsync(0)
    expect(said.at(-1)?.body).toMatchObject({ kind: 'reset', reset: { account: 'paper', reason: 'a test', balances: [{ asset: 'USD', amount: 100_000_000_000 }] } })
  })
})

it('a weather that is wished by the surroundings is one of those there are', () => {
  expect(weatherWish({ BALLAST_PAPER_WEATHER: 'flash-crash' })).toBe('flash-crash')
  expect(weatherWish({ BALLAST_PAPER_WEATHER: 'rain' })).toBeUndefined()
  expect(weatherWish({})).toBeUndefined()
})
