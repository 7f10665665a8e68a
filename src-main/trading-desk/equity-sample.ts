import type { QuoteState } from '../../src-preload/contract/index.ts'
import { isZero, rawOf } from '../base/index.ts'
import { hasCost, type AccountSight } from './money-views.ts'

/** What an account is worth at one moment, in minor units of the reporting currency. */
export interface EquitySample {
  account: string
  equity: number
  unrealised: number
  /** All that was ever put in, less all that was ever taken out. */
  external: number
}

/** The price of a market that is closed or stands still is of now, though nobody trades at it. */
const fresh: ReadonlySet<QuoteState> = new Set<QuoteState>(['live', 'closed', 'paused'])

export function sampleOf({ trading, marks, account }: AccountSight): EquitySample | undefined {
  const held = trading.positions(account).filter(({ lots }) => !isZero(lots))
  const isFresh = held.every(({ instrument }) => fresh.has(marks.views.get(instrument)?.state ?? 'down'))
  const value = trading.value(account, marks)
  if (!isFresh || value.unvalued.length > 0 || trading.balances(account).length === 0 || !held.every(hasCost)) return undefined
  const external = trading.ledger(account).filter((sum) => sum.account === 'external' && sum.asset === marks.reporting)
  return {
    account, equity: rawOf(value.equity), unrealised: rawOf(value.unrealised),
    external: external.reduce((total, { amount }) => total - rawOf(amount), 0),
  }
}
