import { accountsSetUp, createEquitySampler, createTradingHistory, type OpenedBooks, type TradingHistory as BooksHistory } from './bookkeeping/index.ts'
import type { EngineSetup } from './engine/index.ts'
import type { JournalDraft } from './ports/index.ts'
import type { Runtime } from './runtime/index.ts'
import { createHistoryAnswers, type TradingDesk, type TradingHistory } from './trading-desk/index.ts'

/** Keeps the past of trading: how accounts are counted, what they are worth each minute, and the answers out of the read model. */
export interface TradingRecord {
  readonly answers: TradingHistory
  /** The books are open, and so is the venue after it. What it gives has to be written down before the first trade that is counted. */
  begin(opened: OpenedBooks, venue: (opened: OpenedBooks) => Promise<void>): Promise<readonly JournalDraft[]>
  /** From now on, once a minute. */
  join(runtime: Runtime, desk: TradingDesk, write: (draft: JournalDraft) => void): void
}

export function createTradingRecord(setup: EngineSetup, now: () => number): TradingRecord {
  let history: BooksHistory | undefined
  return {
    answers: createHistoryAnswers({ setup, read: () => history }),
    async begin(opened, venue) {
      history = createTradingHistory(opened.books)
      await venue(opened)
      // At each start: it is short, and a read model that is rebuilt counts by what was in force then.
      return accountsSetUp(setup, now())
    },
    join(runtime, desk, write) {
      const sampler = createEquitySampler({ read: () => desk.equitySample(), write })
      runtime.onClock(({ wallMs }) => {
        if (runtime.isOpen) sampler.look(wallMs)
      })
    },
  }
}
