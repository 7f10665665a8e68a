import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import type { AnyEvent } from '../../../src-main/engine/index.ts'
import { openMoneyBooks } from '../../../src-main/open-money-books.ts'
import { applyRecords } from '../../../src-main/store/books/projection/apply-records.ts'
import { createWriteRepositories, type WriteRepositories } from '../../../src-main/store/books/repositories/index.ts'
import { migrate } from '../../../src-main/store/books/migrate.ts'
import { migrations } from '../../../src-main/store/books/migrations/index.ts'
import type { TradingFillRow, TradingOrderRow, TradingPostingRow, TradingTripRow } from '../../../src-main/store/books/index.ts'
import type { Rig } from '../../unit/engine/trading-rig.ts'
import { journalOf } from './trading-journal.ts'
import { life } from './trading-lives.ts'

const cases = { numRuns: 1_000 }
const patienceMs = 300_000

let connection: Database.Database
let repositories: WriteRepositories
const seen = new Map<string, number>()

beforeAll(() => {
  connection = new Database(':memory:')
  ensureOk(migrate(connection, migrations), 'the tables')
})

interface Tables {
  readonly orders: readonly TradingOrderRow[]
  readonly fills: readonly TradingFillRow[]
  readonly postings: readonly TradingPostingRow[]
  readonly trips: readonly TradingTripRow[]
  readonly unplaced: number
}

function tablesOf(rig: Rig): Tables {
  for (const { kind } of rig.events) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  repositories = createWriteRepositories(connection, openMoneyBooks)
  connection.exec('DELETE FROM events; UPDATE applied SET sequence = 0; DELETE FROM unplaced_records; DELETE FROM engine_starts')
  repositories.trading.clear()
  ensureOk(applyRecords(repositories, journalOf(rig.setup, rig.events)), 'applying')
  repositories.trading.flush()
  const { orders, fills, postings, trips } = repositories.trading
  const all = { order: 'ascending', limit: 1_000 } as const
  return {
    orders: orders.list(all).rows, fills: fills.list(all).rows, postings: postings.list(all).rows, trips: trips.list(all).rows,
    unplaced: repositories.unplaced.count(),
  }
}

const raw = (quantity: unknown): number => Number(quantity)

describe('whatever happens to an engine, its read model', () => {
  it('shows every order, line of the ledger, trade and profit as the engine and a plain count of its events have them', () => {
    fc.assert(fc.property(life, (rig) => {
      const tables = tablesOf(rig)
      expect(tables.unplaced).toBe(0)
      checkOrders(rig, tables)
      checkLedger(rig, tables)
      checkCounts(rig, tables)
      checkTrips(rig, tables)
    }), cases)
  }, patienceMs)

  it('was asked about trades, corrections and second thoughts of every kind', () => {
    const wanted = [
      'order-filled', 'fill-superseded', 'order-corrected', 'amend-changed', 'order-unknown', 'order-denied', 'overfill-seen', 'money-posted', 'position-split',
      'external-adopted',
    ]
    expect(wanted.filter((kind) => !seen.has(kind))).toEqual([])
  })
})

function checkOrders(rig: Rig, { orders }: Tables): void {
  const shown = orders.map(({ id, status, lots, filled, limit, trigger, venueOrder, cancel, amend, endedAt, overfill, groupId, isExternal, isTriggered, replaces, owner }) =>
    ({ id, status, lots, filled, limit, trigger, venueOrder, cancel, amend, endedAt, overfill, groupId, isExternal, isTriggered, replaces, owner }))
  const known = [...rig.engine.orders()].map((order) => ({
    id: order.id, status: order.status, lots: raw(order.lots), filled: raw(order.filled), limit: order.limit === undefined ? null : raw(order.limit),
    trigger: order.trigger === undefined ? null : raw(order.trigger), venueOrder: order.venueOrder ?? null, cancel: order.cancel, amend: order.amend,
    endedAt: order.endedAt === 0 ? null : order.endedAt, overfill: raw(order.overfill), groupId: order.link?.group ?? null, isExternal: order.isExternal,
    isTriggered: order.triggered, replaces: order.replaces ?? null, owner: order.spec.owner,
  }))
  expect(shown).toEqual(known)
}

function checkLedger(rig: Rig, { postings }: Tables): void {
  const sums = new Map<string, number>()
  const records = new Map<string, number>()
  for (const { sequence, asset, book, amount, balance } of postings) {
    const key = `${asset} ${book}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
    expect(balance).toBe(sums.get(key))
    records.set(`${sequence} ${asset}`, (records.get(`${sequence} ${asset}`) ?? 0) + amount)
  }
  expect([...records.values()].every((sum) => sum === 0)).toBe(true)
  const ledger = rig.engine.ledger('main').map(({ asset, account, amount }) => [`${asset} ${account}`, raw(amount)])
  expect(Object.fromEntries([...sums].filter(([, sum]) => sum !== 0))).toEqual(Object.fromEntries(ledger))
}

function checkCounts(rig: Rig, { orders, fills }: Tables): void {
  const plain = plainCount(rig.events)
  expect(fills.filter(({ takenBack }) => takenBack === null).map(({ trade }) => trade).toSorted()).toEqual(plain.standing.map(({ trade }) => trade).toSorted())
  expect(fills).toHaveLength(plain.booked)
  for (const order of orders) {
    const own = plain.of.get(order.id) ?? { value: 0n, fees: new Map<string, number>() }
    expect([order.filledValue, order.fees]).toEqual([String(own.value), Object.fromEntries([...own.fees].filter(([, fee]) => fee !== 0))])
  }
  // A split that leaves no whole lot realises what it cost: that is of no trade.
  if (rig.events.some(({ kind }) => kind === 'position-split')) return
  const realised = fills.reduce((sum, fill) => sum + (fill.realised ?? 0) + (fill.takenBack?.realised ?? 0), 0)
  const held = rig.engine.positions('main').reduce((sum, position) => sum + raw(position.realised), 0)
  expect(realised).toBe(held)
}

function checkTrips(rig: Rig, { trips, fills }: Tables): void {
  checkTripCounts(rig, trips, fills)
  for (const { instrument, positionSide, lots, realised } of rig.engine.positions('main')) {
    const own = trips.filter((trip) => trip.instrument === instrument && trip.positionSide === positionSide)
    expect(own.filter(({ state }) => state === 'open').map((trip) => trip.lots)).toEqual(raw(lots) === 0 ? [] : [raw(lots)])
    expect(own.slice(0, -1).every(({ state }) => state === 'closed')).toBe(true)
    expect(own.reduce((sum, trip) => sum + trip.realised, 0)).toBe(raw(realised))
    for (const trip of own) expect([trip.state === 'closed', trip.lots === 0]).toEqual([trip.closedAt !== null, trip.closedBy !== null])
  }
}

function checkTripCounts(rig: Rig, trips: Tables['trips'], fills: Tables['fills']): void {
  // A trade from before a split may be of less than one lot after it, and then moves no position.
  if (rig.events.some(({ kind }) => kind === 'position-split')) return
  const standing = fills.filter(({ takenBack }) => takenBack === null)
  const inTrips = trips.flatMap(({ entryLots, exitLots }) => [entryLots, exitLots]).reduce((sum, each) => sum + each, 0)
  expect(inTrips).toBe(standing.reduce((sum, fill) => sum + fill.lots, 0))
  const worth = trips.reduce((sum, { entryValue, exitValue }) => sum + BigInt(entryValue) + BigInt(exitValue), 0n)
  expect(worth).toBe(standing.reduce((sum, fill) => sum + BigInt(fill.price) * BigInt(fill.lots), 0n))
  const fees = trips.reduce((sum, trip) => sum + Object.values(trip.fees).reduce((all, fee) => all + fee, 0), 0)
  expect(fees).toBe(standing.reduce((sum, { fee }) => sum + fee, 0))
}

interface PlainOrder {
  value: bigint
  readonly fees: Map<string, number>
}

/** Written from the meaning of the events alone: nothing of the read model is used. */
function plainCount(events: readonly AnyEvent[]) {
  const of = new Map<string, PlainOrder>()
  const owners = new Map<string, string>()
  let standing: { readonly order: string; readonly trade: string; readonly inferred: boolean }[] = []
  let booked = 0
  const count = (id: string, event: Extract<AnyEvent, { readonly kind: 'order-filled' | 'fill-superseded' }>, sign: 1 | -1): void => {
    for (let each: string | undefined = id; each !== undefined; each = owners.get(each)) {
      const own = of.get(each) ?? { value: 0n, fees: new Map<string, number>() }
      of.set(each, own)
      own.value += BigInt(sign) * BigInt(raw(event.trade.price)) * BigInt(raw(event.trade.lots))
      own.fees.set(event.trade.feeAsset, (own.fees.get(event.trade.feeAsset) ?? 0) + sign * raw(event.trade.fee))
    }
  }
  for (const event of events) {
    if (event.kind === 'order-intended' && event.onBehalfOf !== undefined) owners.set(event.order, event.onBehalfOf)
    if (event.kind === 'order-filled') {
      booked += 1
      standing = [...standing, { order: event.order, trade: event.trade.trade, inferred: event.inferred }]
      count(event.order, event, 1)
    }
    if (event.kind === 'fill-superseded') {
      const same = standing.filter(({ order, trade }) => order === event.order && trade === event.trade.trade)
      const gone = same.find(({ inferred }) => inferred) ?? same[0]
      standing = standing.filter((each) => each !== gone)
      count(event.order, event, -1)
    }
  }
  return { of, standing, booked }
}
