import { describe, expect, it } from 'vitest'
import { accountsSetUp, createTradingHistory, equitySampled } from '../../../src-main/bookkeeping/index.ts'
import { openMoneyBooks } from '../../../src-main/open-money-books.ts'
import type { JournalDraft } from '../../../src-main/ports/index.ts'
import { recordOfCommand, recordOfEvent } from '../../../src-main/runtime/event-record.ts'
import { createHistoryAnswers, type TradingHistory } from '../../../src-main/trading-desk/index.ts'
import { contract, type CallName, type Contract, type OutputOf, type Reply } from '../../../src-preload/contract/index.ts'
import { amount, lots, perpetual, Rig, ticks } from '../engine/trading-rig.ts'
import { useFolder, valueOf as okOf } from '../store/books/books-folder.ts'
import { servedBooks } from '../store/books/served-books.ts'

const { path, key } = useFolder()
const dayMs = 86_400_000

function answered<Name extends CallName<Contract>>(name: Name, reply: Reply<OutputOf<Contract[Name]>>): OutputOf<Contract[Name]> {
  if (!reply.ok) throw new Error(reply.error.code)
  return contract[name].output.parse(reply.value) as OutputOf<Contract[Name]>
}

/** The real engine's events in the real books, with the answers as they cross the bridge. */
async function withHistory(rig: Rig, more: readonly JournalDraft[], look: (history: TradingHistory) => Promise<void>): Promise<void> {
  const commands = rig.inputs.flatMap((input) => (input.kind === 'place-order' || input.kind === 'cancel-order' ? [input] : []))
  const drafts = [
    ...accountsSetUp(rig.setup, rig.events[0]?.at ?? 0),
    ...rig.events.flatMap((event): readonly JournalDraft[] => {
      const asked = event.kind === 'command-taken' || event.kind === 'command-refused' ? commands.filter(({ commandId }) => commandId === event.commandId).slice(0, 1) : []
      return [...asked.map(recordOfCommand), recordOfEvent(event)]
    }),
    ...more,
  ]
  const books = okOf(await servedBooks({ path: path('books.db'), key }, {}, openMoneyBooks))
  okOf(await books.apply(drafts.map((draft, index) => ({ ...(JSON.parse(JSON.stringify(draft)) as JournalDraft), sequence: index + 1 }))))
  try {
    await look(createHistoryAnswers({ setup: rig.setup, read: () => createTradingHistory(books) }))
  } finally {
    await books.close()
  }
}

/** Five orders, the first two filled at two prices each. */
function fiveOrders(): Rig {
  const rig = Rig.active()
  for (let number = 0; number < 5; number += 1) {
    const id = rig.work({ limit: ticks(9_900 - number), owner: number === 0 ? 'cli' : 'hand' })
    if (number < 2) {
      rig.fill(id, 4, { fee: amount(3), price: ticks(9_890) })
      rig.fill(id, 6, { fee: amount(3), price: ticks(9_891) })
    }
    rig.pass(100)
    rig.quoteAll()
  }
  return rig
}

describe('the past, as it crosses the bridge', () => {
  it('has orders with their averages in decimals, page by page without a hole', async () => {
    await withHistory(fiveOrders(), [], async (history) => {
      const first = answered('trading.orders-past', await history.ordersPast({ limit: 2 }))
      expect(first).toMatchObject({ count: 5, rows: [{ limit: 9_896 }, { limit: 9_897 }] })
      const second = answered('trading.orders-past', await history.ordersPast({ limit: 2, cursor: first.next ?? '' }))
      const third = answered('trading.orders-past', await history.ordersPast({ limit: 2, cursor: second.next ?? '' }))
      expect([...second.rows, ...third.rows].map(({ limit }) => limit)).toEqual([9_898, 9_899, 9_900])
      expect(third.next).toBeNull()
      // 4 at 98.90 and 6 at 98.91.
      expect(third.rows[0]).toMatchObject({ status: 'filled', filled: 10, averagePrice: '98.906000', fees: [{ asset: 'USD', amount: 6 }], owner: 'cli', realised: 0 })
      expect(second.rows[0]).toMatchObject({ status: 'working', filled: 0, averagePrice: null, realised: null })
    })
  })

  it('is narrowed by what it is asked for', async () => {
    await withHistory(fiveOrders(), [], async (history) => {
      expect(answered('trading.orders-past', await history.ordersPast({ limit: 9, owner: 'cli' })).rows).toHaveLength(1)
      expect(answered('trading.orders-past', await history.ordersPast({ limit: 9, statuses: ['filled'], direction: 'oldest-first' })).rows.map(({ limit }) => limit)).toEqual([9_900, 9_899])
      expect(answered('trading.orders-past', await history.ordersPast({ limit: 9, instrument: 'BTC/USD' })).rows).toEqual([])
      expect(answered('trading.fills-past', await history.fillsPast({ limit: 9 })).rows.map(({ price, lots: count }) => [price, count])).toEqual([[9_891, 6], [9_890, 4], [9_891, 6], [9_890, 4]])
    })
  })

  it('refuses a cursor that no page gave', async () => {
    await withHistory(fiveOrders(), [], async (history) => {
      expect(await history.ordersPast({ limit: 2, cursor: 'anything' })).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    })
  })

  it('has the ledger line by line, its sums zero in each asset', async () => {
    await withHistory(fiveOrders(), [], async (history) => {
      const { rows } = answered('trading.ledger', await history.ledger({ limit: 1_000, direction: 'oldest-first' }))
      expect(rows.filter(({ book }) => book === 'fees').map(({ amount: paid }) => paid)).toEqual([3, 3, 3, 3])
      for (const asset of new Set(rows.map((row) => row.asset))) {
        expect(rows.filter((row) => row.asset === asset).reduce((sum, { amount: moved }) => sum + moved, 0)).toBe(0)
      }
      expect(answered('trading.ledger', await history.ledger({ limit: 9, book: 'fees' })).count).toBe(4)
    })
  })

  it('tells the life of an order from who asked to the last fill', async () => {
    const rig = fiveOrders()
    const filled = [...rig.engine.orders()].find(({ status }) => status === 'filled')
    await withHistory(rig, [], async (history) => {
      const { steps } = answered('trading.timeline', await history.timeline({ order: filled?.id ?? '' }))
      expect(steps[0]).toMatchObject({ kind: 'command.taken', who: 'cli', afterMs: null })
      const kinds = steps.map(({ kind }) => kind)
      expect(kinds.indexOf('trading.order-sending')).toBeGreaterThan(kinds.indexOf('trading.order-intended'))
      expect(steps.filter(({ kind }) => kind === 'trading.order-filled').map(({ fill }) => fill?.lots)).toEqual([4, 6])
      expect(await history.timeline({ order: 'f'.repeat(32) })).toMatchObject({ ok: false, error: { code: 'trading.unknown-order' } })
    })
  })

  it('knows no order where a command was refused at once, and has the command with the numbers of the refusal', async () => {
    const rig = Rig.active()
    rig.command({ ...rig.asked(), kind: 'place-order', order: rig.spec({ size: { by: 'quantity', lots: lots(2_000_000) } }) })
    expect(rig.events.some(({ kind }) => kind === 'command-refused')).toBe(true)
    await withHistory(rig, [], async (history) => {
      expect(answered('trading.orders-past', await history.ordersPast({ limit: 9, instrument: perpetual.instrument.id })).rows).toEqual([])
      const { rows } = answered('trading.commands-past', await history.commandsPast({ limit: 9, outcomes: ['refused'] }))
      expect(rows).toMatchObject([{
        command: 'place-order', outcome: 'refused', who: 'hand', clientKey: null, instrument: perpetual.instrument.id, side: 'buy', lots: 2_000_000, limit: 9_900,
        refusal: { rule: 'filter.quantity-max', limit: 1_000_000, actual: 2_000_000, unit: 'lots' },
      }])
    })
  })

  it('has equity, and what it was when the day began', async () => {
    const rig = fiveOrders()
    const today = Math.floor(rig.at / dayMs) * dayMs
    const sample = (at: number, equity: number, external: number): JournalDraft =>
      equitySampled({ asset: 'USD', accounts: [{ account: 'main', equity, unrealised: 0, external }] }, at)
    const samples = [sample(today - 600_000, 900, 100), sample(today - 60_000, 1_000, 100), sample(today + 60_000, 1_300, 400), sample(today + 120_000, 1_200, 400)]
    await withHistory(rig, samples, async (history) => {
      const { asset, points } = answered('trading.equity', await history.equity({ since: today, until: today + dayMs - 1, points: 1_440 }))
      expect({ asset, closes: points.map(({ close }) => close) }).toEqual({ asset: 'USD', closes: [1_300, 1_200] })
      expect(await history.equityRecords(today + 180_000)).toEqual([{ account: 'main', dayStart: 1_000, paidIn: 100, peak: 1_300 }])
    })
  })

  it('says that the books are closed before they are open', async () => {
    const history = createHistoryAnswers({ setup: Rig.active().setup, read: () => undefined })
    expect(await history.ordersPast({ limit: 1 })).toMatchObject({ ok: false, error: { code: 'books.closed' } })
    expect(await history.equityRecords(0)).toEqual([])
  })
})
