import { alertEntries } from './alert-entries.ts'
import { booksEntries } from './books-entries.ts'
import { engineEntries } from './engine-entries.ts'
import type { ContractTable } from './entry.ts'
import { healthEntries } from './health-entries.ts'
import { marketEntries } from './market-entries.ts'
import { paperEntries } from './paper-entries.ts'
import { settingEntries } from './setting-entries.ts'
import { tradingEntries } from './trading-entries.ts'

/**
 * The contract: everything that may cross between the engine and a screen or the command line.
 * Types, client, handlers, the preload's allow-list, the websocket carrier, the command line's access and the reference
 * are all derived from this table.
 */
export const contract = {
  ...engineEntries,
  ...booksEntries,
  ...alertEntries,
  ...settingEntries,
  ...healthEntries,
  ...marketEntries,
  ...tradingEntries,
  ...paperEntries,
} as const satisfies ContractTable

export type Contract = typeof contract
