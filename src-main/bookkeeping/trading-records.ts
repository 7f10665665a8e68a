import type { Tradable } from '../domain/index.ts'
import type { JournalBody, JournalDraft } from '../ports/index.ts'
import { accountsSetUpKind, equitySampledKind, type AccountsSetUpBody, type CountedAccount, type CountedInstrument, type EquitySampledBody } from '../store/index.ts'

/** A record holds 64 KB at the most. */
const instrumentsOfRecord = 200

export interface CountedSetup {
  readonly reportingAsset: string
  readonly accounts: readonly CountedAccount[]
  readonly tradables: readonly Tradable[]
}

/**
 * How accounts are counted, for the journal: these have to be written before the first trade that is counted so, and again whenever it is another one.
 * Without them the read model has orders and trades, but no ledger. What an engine is set up with can be handed in as it is.
 */
export function accountsSetUp({ reportingAsset, accounts, tradables }: CountedSetup, at: number): readonly JournalDraft[] {
  const counted = accounts.map(({ id, positions, lots }) => ({ id, positions, lots }))
  const drafts: JournalDraft[] = []
  for (let from = 0; from === 0 || from < tradables.length; from += instrumentsOfRecord) {
    const instruments = tradables.slice(from, from + instrumentsOfRecord).map(instrumentOf)
    const body: AccountsSetUpBody = { reportingAsset, accounts: counted, instruments }
    // Plain data with numbers that JSON holds exactly.
    drafts.push({ kind: accountsSetUpKind, at, body: body as unknown as JournalBody })
  }
  return drafts
}

const instrumentOf = ({ instrument: { id, base, quote }, settlement, scale, baseUnitsPerLot }: Tradable): CountedInstrument =>
  ({ id, base, quote, settlement, scale: { numerator: scale.numerator, denominator: scale.denominator }, baseUnitsPerLot })

/** What the accounts were worth at this moment; the read model keeps one of a minute. */
export const equitySampled = (body: EquitySampledBody, at: number): JournalDraft => ({ kind: equitySampledKind, at, body })
