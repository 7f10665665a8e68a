import { amountFromRaw } from '../base/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import { usualTimings } from '../engine/index.ts'
import { houseAssets, houseTradables, type ExchangeAccount } from '../venues/sim/index.ts'
import { houseLimits } from './house-limits.ts'

/** What a demo or paper profile trades: the demo market's instruments on the house's simulated exchange, with money that is nobody's. */
export interface PaperTrading {
  readonly setup: EngineSetup
  /** The same accounts as the exchange opens them, once. */
  readonly accounts: readonly ExchangeAccount[]
}

const dollars = (units: number) => amountFromRaw(units * 1_000_000)

export const paperAccounts: readonly ExchangeAccount[] = [
  { id: 'paper', positions: 'netting', lots: 'fifo', balances: [{ asset: 'USD', amount: dollars(100_000) }] },
]

/** Until the books are open and say which it is. */
const noInstallation = '000000000000'

export function paperTrading(accounts: readonly ExchangeAccount[] = paperAccounts): PaperTrading {
  const setup: EngineSetup = {
    installation: noInstallation,
    tradables: houseTradables,
    assets: houseAssets,
    accounts: accounts.map(({ id, positions, lots }) => ({ id, venue: 'sim', positions, lots })),
    reportingAsset: 'USD',
    limits: houseLimits,
    selfTrade: 'cancel-new',
    timings: usualTimings,
    afterCleanStart: 'previous',
    // No money is at stake, and nobody is there to arm what has never run.
    firstMode: 'active',
  }
  return { setup, accounts }
}
