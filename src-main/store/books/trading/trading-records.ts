import type { TradingEvent } from '../../../domain/index.ts'
import type { JournalRecord } from '../../../ports/index.ts'
import type { MoneyStep } from './money-fold.ts'

/** How the journal names what the tables of trading are filled from. */
export const tradingArea = 'trading.'
export const accountsSetUpKind = 'accounts.set-up'
export const equitySampledKind = 'equity.sampled'
export const commandTakenKind = 'command.taken'

const moneyKinds: ReadonlySet<string> = new Set<MoneyStep['event']['kind']>([
  'order-filled', 'fill-superseded', 'money-posted', 'position-split', 'opening-taken',
])

export const isMoneyKind = (kind: string): boolean => kind.startsWith(tradingArea) && moneyKinds.has(kind.slice(tradingArea.length))

/** Only the engine writes records of this area, and the journal lets nobody change them. */
export const tradingEventOf = ({ kind, at, body }: JournalRecord): TradingEvent =>
  ({ ...body, kind: kind.slice(tradingArea.length), at }) as unknown as TradingEvent

export type AccountOf = (event: MoneyStep['event']) => string | undefined
