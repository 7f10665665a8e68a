import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OpenedBooks } from '../../../src-main/bookkeeping/index.ts'
import { composeTrading, type ComposedTrading, type VenueAtHand } from '../../../src-main/compose-trading.ts'
import type { OrderSpec, VenueRequest } from '../../../src-main/domain/index.ts'
import { canonicalJson } from '../../../src-main/engine/index.ts'
import type { VenueListener } from '../../../src-main/ports/index.ts'
import { systemClock } from '../../../src-main/runtime/index.ts'
import { dropFolder, newFolder, startOffice, type OfficeUnderTest } from '../../fixtures/start-office.ts'

let folder: string
let running: OfficeUnderTest | undefined
const secret = 'correct horse battery staple'
const patience = { timeout: 20_000, interval: 20 }
/** Two starts with real threads and files. */
const testMs = 60_000

beforeEach(() => void (folder = newFolder()))
afterEach(async () => {
  await running?.stop()
  running = undefined
  dropFolder(folder)
})

/** Takes every order and fills none; what it was asked is kept. */
class SilentlyAgreeing implements VenueAtHand {
  readonly asked: VenueRequest[] = []
  installation = ''
  #listener: VenueListener | undefined
  #orders = 0

  begin({ past }: OpenedBooks): Promise<void> {
    this.installation = past.trading?.installation ?? ''
    return Promise.resolve()
  }

  follow(): void {}

  perform(request: VenueRequest): void {
    this.asked.push(request)
    const told = { at: systemClock.wallMs(), account: request.account }
    const part = { ok: true, items: [] } as const
    const total = amountFromRaw(100_000_000_000)
    setImmediate(() => {
      if (request.kind === 'send-order') this.#listener?.report({ kind: 'send-accepted', ...told, order: request.order, venueOrder: `v${++this.#orders}` })
      if (request.kind !== 'fetch-epoch') return
      const balances = { ok: true, items: [{ asset: 'USD', total, free: total }] } as const
      this.#listener?.report({
        kind: 'epoch-reported', ...told, epoch: request.epoch, askedAt: told.at, since: request.since, openOrders: part, closedOrders: part, trades: part,
        positions: part, postings: part, balances,
      })
    })
  }

  listen(listener: VenueListener): () => void {
    this.#listener = listener
    return () => (this.#listener = undefined)
  }

  dispose(): Promise<void> {
    this.#listener = undefined
    return Promise.resolve()
  }
}

function composed(): { readonly trading: ComposedTrading; readonly venue: SilentlyAgreeing } {
  const venue = new SilentlyAgreeing()
  const at = systemClock.wallMs()
  const trading = composeTrading({
    clock: systemClock, makeVenue: () => venue, firstPace: { seed: 7, anchorWall: at, anchorMarket: at, speed: 1 },
    onTrouble: (what, detail) => { throw new Error(`${what}: ${detail}`) },
  })
  return { trading, venue }
}

async function start({ trading, venue } = composed(), everyEvents = 5_000): Promise<{ readonly office: OfficeUnderTest; readonly venue: SilentlyAgreeing }> {
  const { snapshots } = trading.parts
  const office = await startOffice(folder, { secret, trading: trading.books, beforeEngine: (opened) => trading.begin(opened).then(() => []) }, undefined, { ...trading.parts, snapshots: { ...snapshots, everyEvents } })
  running = office
  return { office, venue }
}

async function stop(): Promise<void> {
  await running?.stop()
  running = undefined
}

const isActive = ({ runtime }: OfficeUnderTest): Promise<void> => vi.waitFor(() => expect(runtime.mode).toBe('active'), patience)
const spec: OrderSpec = {
  account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(100) }, limit: ticksFromRaw(600_000), timeInForce: 'gtc', owner: 'hand',
}

async function placed({ runtime }: OfficeUnderTest, count: number): Promise<void> {
  const before = runtime.trading?.counts().live ?? 0
  for (let order = 0; order < count; order++) {
    runtime.submit({ kind: 'quote-seen', at: runtime.now(), instrument: 'BTC/USD', bid: ticksFromRaw(640_000), ask: ticksFromRaw(640_012) })
    runtime.submit({ kind: 'place-order', commandId: `${before}-${order}`, at: runtime.now(), order: spec })
  }
  await vi.waitFor(() => expect([...(runtime.trading?.openOrders() ?? [])].filter(({ status }) => status === 'working')).toHaveLength(before + count), patience)
}

/** Orders and money, which a start must not change. */
const belongings = ({ runtime }: OfficeUnderTest): string => {
  const { orders, accounts } = runtime.trading?.snapshot() ?? { orders: [], accounts: [] }
  return canonicalJson({ orders: orders.map(({ id, status, lots, filled, venueOrder }) => ({ id, status, lots, filled, venueOrder })), books: accounts.map(({ books }) => books) })
}

describe('a start of books that trade', () => {
  it('of a profile from before, whose books know only modes, has an account and is where it was', async () => {
    const before = await startOffice(folder, { secret })
    before.runtime.submit({ kind: 'resume-trading', at: before.runtime.now(), to: 'active', reason: 'before', actor: 'hand' })
    before.runtime.submit({ kind: 'halt-trading', at: before.runtime.now(), reason: 'lunch', actor: 'hand' })
    await before.stop()
    const { office } = await start()
    expect(office.bugs).toEqual([])
    expect(office.runtime.state).toMatchObject({ mode: 'halted', reason: 'lunch' })
    office.runtime.submit({ kind: 'resume-trading', at: office.runtime.now(), to: 'active', reason: 'after', actor: 'hand' })
    await isActive(office)
    expect(office.runtime.trading?.balances('paper')).toMatchObject([{ asset: 'USD', total: 100_000_000_000 }])
  }, testMs)

  it('has every order again, from the journal alone and under the same name', async () => {
    const first = await start()
    await isActive(first.office)
    await placed(first.office, 3)
    const had = belongings(first.office)
    await stop()
    const second = await start()
    expect(belongings(second.office)).toBe(had)
    expect(second.venue.installation).toBe(first.venue.installation)
    expect(second.venue.installation).toMatch(/^[0-9a-f]{12}$/)
    expect(second.venue.asked.filter(({ kind }) => kind === 'send-order')).toEqual([])
    await isActive(second.office)
  }, testMs)

  it('has every order again from a snapshot and what came behind it', async () => {
    const first = await start(composed(), 6)
    await isActive(first.office)
    await placed(first.office, 5)
    const had = belongings(first.office)
    await stop()
    const { trading, venue } = composed()
    let past: OpenedBooks['past'] | undefined
    const begin: ComposedTrading['begin'] = (opened) => {
      past = opened.past
      return trading.begin(opened)
    }
    const { office } = await start({ trading: { ...trading, begin }, venue })
    expect(past?.trading?.snapshot?.lastSequence).toBeGreaterThan(0)
    expect([...(past?.trading?.events ?? [])].length).toBeLessThan(past?.lastSequence ?? 0)
    expect(belongings(office)).toBe(had)
  }, testMs)

  it('is refused by name when the account of the books is not set up, and changes nothing', async () => {
    const first = await start()
    await isActive(first.office)
    await placed(first.office, 1)
    const had = belongings(first.office)
    await stop()
    const { trading, venue } = composed()
    const scope = { ...trading.books.scope, accounts: new Set(['another']) }
    const { office } = await start({ trading: { ...trading, books: { ...trading.books, scope } }, venue })
    expect(office.status()).toMatchObject({ state: 'closed', trouble: { code: 'trading-not-set-up', details: { what: 'the account paper' } } })
    expect(office.bugs).toEqual([])
    await stop()
    expect(belongings((await start()).office)).toBe(had)
  }, testMs)
})
