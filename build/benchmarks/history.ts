import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDefined, ensureOk } from '../../src-main/base/index.ts'
import { openMoneyBooks } from '../../src-main/open-money-books.ts'
import type { JournalRecord } from '../../src-main/ports/index.ts'
import { BooksReader, BooksWriter, type ReadRepositories } from '../../src-main/store/books/index.ts'
import { tradingRecords } from './history-records.ts'
import { resultOf, spreadOf, type Benchmark, type Spread } from './measure.ts'

const key = Buffer.alloc(32, 7)
const batchRecords = 1_000
const times = 12
const fillsOfOrder = 5
const ordersShort = 20_000
const ordersLong = 100_000
const target = { statistic: 'p99', atMost: 100 } as const

type Ask = (repositories: ReadRepositories) => unknown
const march = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 9) }

const orderAsks: readonly Ask[] = [
  ({ trading }) => trading.orders.list({ count: true }),
  ({ trading }) => trading.orders.list({ sort: 'realised', count: true }),
  ({ trading }) => trading.orders.list({ filter: { instruments: ['BTC/USD'], statuses: ['filled'] }, count: true }),
  ({ trading }) => trading.orders.list({ filter: { search: 'btc trend' }, sort: 'status', count: true }),
  ({ trading }) => trading.orders.list({ filter: { placed: march, owners: ['hand'] }, sort: 'limit', order: 'ascending', count: true }),
]
const fillAsks: readonly Ask[] = [
  ({ trading }) => trading.fills.list({ count: true }),
  ({ trading }) => trading.fills.list({ sort: 'realised' }),
  ({ trading }) => trading.fills.list({ filter: { owners: ['hand'], sides: ['buy'] }, count: true }),
  ({ trading }) => trading.fills.list({ filter: { traded: march, search: 'btc' }, count: true }),
]
const ledgerAsks: readonly Ask[] = [
  ({ trading }) => trading.postings.list({ filter: { assets: ['USD'], books: ['wallet'], accounts: ['paper'] }, count: true }),
  ({ trading }) => trading.postings.list({ filter: { at: march }, count: true }),
  ({ trading }) => trading.postings.list({ filter: { instruments: ['BTC/USD'], books: ['wallet'] }, count: true }),
]

/** The past of trading: a part of each list with what it counts, in books of 20,000 orders; with `--long` of 100,000. */
export const history: Benchmark = async (isLong = false) => {
  const home = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
  try {
    return await Promise.resolve(measure(join(home, 'books.db'), isLong ? ordersLong : ordersShort))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function measure(path: string, orders: number) {
  const applied = fill(path, orders)
  const reader = ensureOk(BooksReader.open(path, key), 'opening')
  const timed = (asks: readonly Ask[]): Spread => {
    const took: number[] = []
    // The first of each reads pages that the others then find.
    for (let time = 0; time <= times; time++) {
      for (const ask of asks) {
        const began = performance.now()
        ensureOk(reader.read(ask), 'asking')
        if (time > 0) took.push(performance.now() - began)
      }
    }
    return spreadOf(took)
  }
  const bare = timed([({ trading }) => trading.orders.list({ limit: 1, count: true })])
  const bareIs = `a count of ${orders} orders`
  const id = ensureDefined(ensureOk(reader.read(({ trading }) => trading.orders.list({ limit: 1, skip: orders / 2 }).rows[0]), 'asking'), 'an order').id
  const results = {
    applyBatch: { ...resultOf(applied, bare, bareIs), notes: { recordsOfBatch: batchRecords } },
    orders: resultOf(timed(orderAsks), bare, bareIs, target),
    fills: resultOf(timed(fillAsks), bare, bareIs, target),
    ledger: resultOf(timed(ledgerAsks), bare, bareIs, target),
    fillsOfOneOrder: resultOf(timed([({ trading }) => trading.fills.list({ filter: { orders: [id] }, count: true })]), bare, bareIs, target),
  }
  reader.dispose()
  return results
}

function fill(path: string, orders: number): Spread {
  const writer = ensureOk(BooksWriter.open(path, key, openMoneyBooks), 'opening')
  const took: number[] = []
  let batch: JournalRecord[] = []
  const apply = (): void => {
    const began = performance.now()
    ensureOk(writer.apply(batch), 'applying')
    took.push(performance.now() - began)
    batch = []
  }
  for (const record of tradingRecords(orders, fillsOfOrder)) {
    batch.push(record)
    if (batch.length === batchRecords) apply()
  }
  apply()
  writer.dispose()
  return spreadOf(took)
}
