import type { JournalRecord } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import { emptyCount, MoneyFold, type MoneyCount, type MoneyStep } from './money-fold.ts'
import { withSetUp, type AccountsSetUpBody, type OpenMoneyBooks } from './money-books.ts'
import { accountsSetUpKind, isMoneyKind, tradingEventOf, type AccountOf } from './trading-records.ts'

/** The count of all money, brought back from the file when a thread begins, and written down now and then. */
export interface MoneyTable {
  /** As of just before this record; nothing when nobody here can count. */
  before(record: number, accountOf: AccountOf): MoneyFold | undefined
  keepSetUp(sequence: number, setUp: AccountsSetUpBody): void
  /** After a record was counted: writes the count down when it is time. */
  counted(sequence: number): void
  forget(): void
  clear(): void
}

export interface SetUpReader {
  inForce(): AccountsSetUpBody | undefined
}

/** So many steps are counted again at the most when a thread begins. The place depends on the steps alone, so that books made anew are the same. */
const stepsBetween = 512

interface StoredRecord {
  readonly sequence: number
  readonly at: number
  readonly kind: string
  readonly body: string
}

export function createSetUpReader(connection: Connection): SetUpReader {
  const select = connection.prepare<[], string>('SELECT body FROM trading_setups ORDER BY sequence').pluck()
  return {
    inForce: () => select.all().reduce<AccountsSetUpBody | null>((before, body) => withSetUp(before, JSON.parse(body) as AccountsSetUpBody), null) ?? undefined,
  }
}

export function createMoneyTable(connection: Connection, open: OpenMoneyBooks | undefined): MoneyTable {
  const select = connection.prepare<[], { readonly sequence: number; readonly body: string }>('SELECT sequence, body FROM trading_counts')
  const keep = connection.prepare('INSERT OR REPLACE INTO trading_counts (only, sequence, body) VALUES (1, ?, ?)')
  const keepSetUp = connection.prepare('INSERT OR REPLACE INTO trading_setups (sequence, body) VALUES (?, ?)')
  const behind = connection.prepare<[number, number], StoredRecord>(`
    SELECT sequence, at, kind, body FROM events WHERE sequence > ? AND sequence < ?
    AND kind IN ('trading.order-filled', 'trading.fill-superseded', 'trading.money-posted', 'trading.position-split', 'trading.opening-taken', '${accountsSetUpKind}')
    ORDER BY sequence`)
  const clearCounts = connection.prepare('DELETE FROM trading_counts')
  const clearSetUps = connection.prepare('DELETE FROM trading_setups')
  let fold: MoneyFold | undefined
  const restore = (record: number, accountOf: AccountOf): MoneyFold | undefined => {
    if (open === undefined) return undefined
    const kept = select.get()
    const restored = new MoneyFold(open, kept === undefined ? emptyCount : (JSON.parse(kept.body) as MoneyCount))
    for (const stored of behind.all(kept?.sequence ?? 0, record)) {
      const { body, ...rest } = stored
      const step = { ...rest, body: JSON.parse(body) as JournalRecord['body'] }
      if (step.kind === accountsSetUpKind) restored.describe(step.body as unknown as AccountsSetUpBody)
      else if (isMoneyKind(step.kind)) countAgain(restored, step, accountOf)
    }
    return restored
  }
  return {
    before: (record, accountOf) => (fold ??= restore(record, accountOf)),
    keepSetUp: (sequence, setUp) => void keepSetUp.run(sequence, JSON.stringify(setUp)),
    counted: (sequence) => {
      if (fold !== undefined && fold.steps % stepsBetween === 0) keep.run(sequence, JSON.stringify(fold.current()))
    },
    forget: () => {
      fold = undefined
    },
    clear: () => {
      fold = undefined
      clearCounts.run()
      clearSetUps.run()
    },
  }
}

function countAgain(fold: MoneyFold, record: JournalRecord, accountOf: AccountOf): void {
  const event = tradingEventOf(record) as MoneyStep['event']
  const account = accountOf(event)
  if (account !== undefined) fold.count({ account, event })
}
