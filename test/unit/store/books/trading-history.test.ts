import { describe, expect, it } from 'vitest'
import { ensureDefined } from '../../../../src-main/base/index.ts'
import { accountsSetUp, createTradingHistory, equitySampled, type TradingHistory } from '../../../../src-main/bookkeeping/index.ts'
import { openMoneyBooks } from '../../../../src-main/open-money-books.ts'
import type { JournalDraft, JournalRecord } from '../../../../src-main/ports/index.ts'
import { recordOfCommand, recordOfEvent } from '../../../../src-main/runtime/event-record.ts'
import { BooksReader, BooksWriter, type Books, type ListCursor } from '../../../../src-main/store/books/index.ts'
import { openForReading } from '../../../../src-main/store/books/connection.ts'
import { amount, lots, perpetual, Rig, spot, ticks } from '../../engine/trading-rig.ts'
import { useFolder, valueOf } from './books-folder.ts'
import { servedBooks } from './served-books.ts'

const { path, key } = useFolder()
const file = (): string => path('books.db')

const numbered = (drafts: readonly JournalDraft[], from = 1): readonly JournalRecord[] =>
  drafts.map((draft, index) => ({ ...(JSON.parse(JSON.stringify(draft)) as JournalDraft), sequence: from + index }))

/** The journal of a rig, each command before what it led to, as the runtime writes it. */
function journalOf(rig: Rig, isDescribed = true): readonly JournalRecord[] {
  const commands = rig.inputs.flatMap((input) => (input.kind === 'place-order' || input.kind === 'cancel-order' || input.kind === 'amend-order' ? [input] : []))
  const events = rig.events.flatMap((event): readonly JournalDraft[] => {
    const asked = event.kind === 'command-taken' || event.kind === 'command-refused' ? commands.filter(({ commandId }) => commandId === event.commandId).slice(0, 1) : []
    return [...asked.map(recordOfCommand), recordOfEvent(event)]
  })
  return numbered([...(isDescribed ? accountsSetUp(rig.setup, rig.events[0]?.at ?? 0) : []), ...events])
}

async function historyOf(records: readonly JournalRecord[]): Promise<{ readonly books: Books; readonly history: TradingHistory }> {
  const books = valueOf(await servedBooks({ path: file(), key }, {}, openMoneyBooks))
  valueOf(await books.apply(records))
  return { books, history: createTradingHistory(books) }
}

const cursorOf = ({ next }: { readonly next?: ListCursor }): ListCursor => ensureDefined(next, 'a next part')

/** Ten orders in two instruments, every second one filled, one denied. */
function tenOrders(): Rig {
  const rig = Rig.active()
  for (let number = 0; number < 10; number++) {
    const id = rig.work({ instrument: (number < 6 ? perpetual : spot).instrument.id, owner: number % 3 === 0 ? 'hand' : 'market-maker', limit: ticks(9_900 - number) })
    if (number % 2 === 0) rig.fill(id, 10, { fee: amount(number) })
    rig.pass(100)
    rig.quoteAll()
  }
  return rig
}

describe('the past of orders', () => {
  it('is found by what it is filtered, sorted and searched by, and counted', async () => {
    const { books, history } = await historyOf(journalOf(tenOrders()))
    const idsOf = async (query: Parameters<TradingHistory['orders']>[0]) => valueOf(await history.orders(query)).rows.map(({ limit }) => limit)
    expect(await idsOf({ order: 'ascending' })).toEqual([9_900, 9_899, 9_898, 9_897, 9_896, 9_895, 9_894, 9_893, 9_892, 9_891])
    expect(await idsOf({ filter: { instruments: [spot.instrument.id], statuses: ['filled'] } })).toEqual([9_892, 9_894])
    expect(await idsOf({ filter: { owners: ['hand'] }, sort: 'limit', order: 'ascending' })).toEqual([9_891, 9_894, 9_897, 9_900])
    expect(await idsOf({ filter: { search: 'BTC hand' } })).toEqual([9_891, 9_894])
    expect(await idsOf({ filter: { isEnded: false, sides: ['buy'], search: 'eth' } })).toEqual([9_895, 9_897, 9_899])
    expect(await idsOf({ filter: { statuses: [] } })).toEqual([])
    expect(valueOf(await history.orders({ filter: { statuses: ['filled'] }, limit: 2, count: true }))).toMatchObject({ count: 5, rows: [{ filled: 10 }, { filled: 10 }] })
    await books.close()
  })

  it('comes in parts that no newer row shifts, whatever it is sorted by', async () => {
    const rig = tenOrders()
    const records = journalOf(rig)
    const { books, history } = await historyOf(records)
    for (const sort of ['placed', 'instrument', 'status', 'owner', 'filled', 'realised', 'trigger'] as const) {
      const whole = valueOf(await history.orders({ sort })).rows.map(({ id }) => id)
      const first = valueOf(await history.orders({ sort, limit: 4 }))
      const second = valueOf(await history.orders({ sort, limit: 4, after: cursorOf(first) }))
      const third = valueOf(await history.orders({ sort, limit: 4, after: cursorOf(second) }))
      expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(whole)
      expect(third.next).toBeUndefined()
      expect(valueOf(await history.orders({ sort, limit: 3, skip: 4 })).rows.map(({ id }) => id)).toEqual(whole.slice(4, 7))
    }
    const before = valueOf(await history.orders({ limit: 3 }))
    const later = rig.events.length
    rig.work()
    valueOf(await books.apply(numbered(rig.events.slice(later).map(recordOfEvent), records.length + 1)))
    const after = valueOf(await history.orders({ limit: 3, after: cursorOf(before) }))
    expect(after.rows.map(({ limit }) => limit)).toEqual([9_894, 9_895, 9_896])
    expect(after.applied).toBeGreaterThan(before.applied)
    await books.close()
  })

  it('refuses a question that is none, and changes nothing', async () => {
    const { books, history } = await historyOf([])
    for (const query of [{ limit: 0 }, { limit: 1_001 }, { skip: -1 }, { filter: { search: 'x'.repeat(501) } }, { filter: { owners: Array.from({ length: 501 }, String) } }]) {
      expect(await history.orders(query)).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    }
    expect(await history.equity({ account: 'main', from: 2, to: 1 })).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    await books.close()
  })

  it('is given whole in pieces, and ends where it is told to', async () => {
    const rig = Rig.active()
    const intents = Array.from({ length: 1_200 }, (_each, number): JournalDraft => ({
      kind: 'trading.order-intended', at: rig.at, body: JSON.parse(JSON.stringify({ order: `${number}`, spec: rig.spec(), lots: 1 })) as JournalDraft['body'],
    }))
    const { books, history } = await historyOf(numbered(intents))
    const sizes: number[] = []
    for await (const piece of history.allOrders({})) sizes.push(valueOf(piece).length)
    expect(sizes).toEqual([1_000, 200])
    const stop = new AbortController()
    let pieces = 0
    for await (const piece of history.allOrders({}, stop.signal)) {
      pieces += valueOf(piece).length > 0 ? 1 : 0
      stop.abort()
    }
    expect(pieces).toBe(1)
    await books.close()
    const after: unknown[] = []
    for await (const piece of history.allOrders({})) after.push(piece)
    expect(after).toMatchObject([{ ok: false, error: { kind: 'closed' } }])
  })
})

describe('an order in the past', () => {
  it('is not taken for full by its old size while an amend to more is under way', async () => {
    const rig = Rig.active()
    const id = rig.work({ size: { by: 'quantity', lots: lots(4) } })
    rig.command({ kind: 'amend-order', ...rig.asked(), order: id, lots: lots(8) })
    rig.fill(id, 4)
    const { books, history } = await historyOf(journalOf(rig))
    expect(rig.order(id).status).toBe('partial')
    expect(valueOf(await history.orders({})).rows).toMatchObject([{ status: 'partial', lots: 4, filled: 4, amend: 'sending', amendTo: { lots: 8 } }])
    await books.close()
  })

  it('has the terms that the venue shows once it was revised, and ends where that is all of it', async () => {
    const rig = Rig.active()
    const id = rig.work({ size: { by: 'quantity', lots: lots(9) } })
    rig.fill(id, 4)
    const revised = { kind: 'trading.order-revised', at: rig.at, body: { order: id, lots: 4, limit: 9_800, updatedAt: rig.at, why: 'the venue shows it' } }
    const records = journalOf(rig)
    const { books, history } = await historyOf([...records, ...numbered([revised], records.length + 1)])
    expect(valueOf(await history.orders({})).rows).toMatchObject([{ status: 'filled', lots: 4, filled: 4, limit: 9_800, endedAt: rig.at }])
    await books.close()
  })
})

describe('the why-timeline of an order', () => {
  it('names the command, each decision, each trade with its profit, and the time between', async () => {
    const rig = Rig.active()
    const first = rig.work({ size: { by: 'quantity', lots: lots(4) } })
    rig.fill(first, 4)
    rig.pass(1_000)
    rig.quoteAll()
    const id = rig.place({ side: 'sell', limit: ticks(10_100), size: { by: 'quantity', lots: lots(4) } })
    rig.pass(70)
    rig.accept(id)
    rig.pass(200)
    rig.fill(id, 1, { price: ticks(10_100) })
    rig.command({ kind: 'cancel-order', ...rig.asked(), order: id })
    rig.pass(30)
    rig.process({ kind: 'cancel-reported', at: rig.at, account: 'main', order: id, outcome: 'accepted', detail: 'ok' })
    rig.report(id, { status: 'canceled' })
    const { books, history } = await historyOf(journalOf(rig))
    const timeline = valueOf(await history.timeline(id))
    expect(timeline?.steps.map(({ kind, sincePreviousMs, realised }) => [kind, sincePreviousMs, realised])).toEqual([
      ['command.taken', 0, null], ['trading.command-taken', 0, null], ['trading.order-intended', 0, null], ['trading.order-sending', 0, null],
      ['trading.order-working', 70, null], ['trading.order-filled', 200, 2_000], ['command.taken', 0, null], ['trading.command-taken', 0, null],
      ['trading.cancel-changed', 0, null], ['trading.cancel-changed', 30, null], ['trading.order-canceled', 0, null],
    ])
    expect(timeline?.steps.map(({ sequence }) => sequence)).toEqual(timeline?.steps.map(({ sequence }) => sequence).toSorted((a, b) => a - b))
    expect(timeline).toMatchObject({ isCut: false, order: { commandId: expect.any(String) as string, workingAt: expect.any(Number) as number, filled: 1, realised: 2_000 }, fills: [{ lots: 1, takenBack: null }] })
    expect(valueOf(await history.timeline('ffff'))).toBeUndefined()
    await books.close()
  })

  it('has no part in what was refused at once: that is found among the commands, with rule, limit and what was met', async () => {
    const rig = Rig.active({ limits: { ...Rig.active().setup.limits, ordersOpenMax: 0 } })
    const outcome = rig.command({ kind: 'place-order', ...rig.asked(), order: rig.spec() })
    expect(outcome.events).toMatchObject([{ kind: 'command-refused' }])
    const { books, history } = await historyOf(journalOf(rig))
    expect(valueOf(await history.orders({})).rows).toEqual([])
    expect(valueOf(await history.commands({ filter: { outcomes: ['refused'], rules: ['risk.orders-open'] }, count: true }))).toMatchObject({
      count: 1, rows: [{ command: 'place-order', refusal: { rule: 'risk.orders-open', limit: 0, actual: 0 }, body: { order: { owner: 'hand' } } }],
    })
    expect(valueOf(await history.commands({ filter: { outcomes: ['taken'] } })).rows).toEqual([])
    await books.close()
  })
})

describe('the past of money', () => {
  it('shows a statement of account whose balance runs with its lines', async () => {
    const rig = tenOrders()
    rig.process({ kind: 'posting-reported', at: rig.at, account: 'main', posting: { reference: 'f1', reason: 'funding', asset: 'USD', amount: amount(-70), instrument: perpetual.instrument.id, at: rig.at } })
    const { books, history } = await historyOf(journalOf(rig))
    const { rows } = valueOf(await history.ledger({ filter: { assets: ['USD'], books: ['wallet'] }, order: 'ascending' }))
    expect(rows[0]).toMatchObject({ reason: 'opening', amount: 1_000_000_000_000, balance: 1_000_000_000_000 })
    rows.reduce((before, { amount: moved, balance }) => {
      expect(balance).toBe(before + moved)
      return balance
    }, 0)
    expect(rows.at(-1)).toMatchObject({ reason: 'funding', reference: 'f1', amount: -70, balance: Number(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total) })
    expect(valueOf(await history.trips({ filter: { instruments: [perpetual.instrument.id] } })).rows).toMatchObject([{ state: 'open', lots: 30, fills: 3, funding: { USD: -70 }, fees: { USD: 6 } }])
    await books.close()
  })

  it('says of a trade of an account that nobody described that it is not counted', async () => {
    const { books, history } = await historyOf(journalOf(tenOrders(), false))
    expect(valueOf(await history.ledger({})).rows).toEqual([])
    expect(valueOf(await history.fills({ count: true }))).toMatchObject({ count: 5, rows: [{ realised: null }, {}, {}, {}, {}] })
    expect(valueOf(await books.unplaced()).rows).toHaveLength(6)
    await books.close()
  })

  it('is counted on from where the count was written down, and not from the beginning', () => {
    const rig = Rig.active()
    const id = rig.work({ size: { by: 'quantity', lots: lots(2_000) } })
    for (let number = 0; number < 1_300; number++) rig.fill(id, 1, { price: ticks(9_900 - (number % 9)) })
    const records = journalOf(rig)
    const cut = records.length - 100
    const writer = valueOf(BooksWriter.open(file(), key, openMoneyBooks))
    valueOf(writer.apply(records.slice(0, cut)))
    writer.dispose()
    const tampered = valueOf(BooksWriter.open(file(), key, openMoneyBooks))
    const counted = valueOf(tampered.write(({ trading }) => ({ ok: true, value: trading.money.before(cut + 1, () => 'main')?.steps })))
    expect(counted).toBe(1_300 + 1 - 100)
    valueOf(tampered.apply(records.slice(cut)))
    tampered.dispose()
    const connection = openForReading(file(), key)
    expect(connection.prepare('SELECT count(*) FROM trading_counts').pluck().get()).toBe(1)
    connection.close()
    const reader = valueOf(BooksReader.open(file(), key))
    const wallet = valueOf(reader.read(({ trading }) => trading.postings.list({ filter: { assets: ['USD'], books: ['wallet'] }, limit: 1 }))).rows[0]
    reader.dispose()
    expect(wallet?.balance).toBe(Number(rig.engine.balances('main').find(({ asset }) => asset === 'USD')?.total))
  })
})

describe('the equity curve', () => {
  const sample = (equity: number, at: number) => equitySampled({ asset: 'USD', accounts: [{ account: 'main', equity, unrealised: equity - 100, external: 100 }] }, at)
  const day = Date.UTC(2026, 4, 1)

  it('keeps one sample of a minute and a row of each day', async () => {
    const moments = [[100, day], [999, day + 59_999], [140, day + 60_000], [90, day + 180_000], [120, day + 86_400_000]] as const
    const { books, history } = await historyOf(numbered(moments.map(([equity, at]) => sample(equity, at))))
    const all = { account: 'main', from: day, to: day + 2 * 86_400_000 }
    expect(valueOf(await history.equity(all)).map(({ equity }) => equity)).toEqual([100, 140, 90, 120])
    expect(valueOf(await history.equity({ ...all, everyMinutes: 2 })).map(({ equity }) => equity)).toEqual([140, 90, 120])
    expect(valueOf(await history.equity({ ...all, from: day + 60_000, to: day + 120_000 })).map(({ equity }) => equity)).toEqual([140])
    expect(valueOf(await history.equityDays(all))).toMatchObject([
      { day, open: 100, high: 140, low: 90, close: 90, samples: 3 }, { day: day + 86_400_000, open: 120, high: 120, low: 120, close: 120, samples: 1 },
    ])
    expect(valueOf(await history.equityAccounts())).toEqual(['main'])
    expect(valueOf(await history.equity({ ...all, account: 'other' }))).toEqual([])
    await books.close()
  })
})
