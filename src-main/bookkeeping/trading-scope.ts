import type { OrderSpec } from '../domain/index.ts'
import type { TradingPast } from '../runtime/index.ts'

/** What a profile trades, by name. */
export interface TradingScope {
  readonly accounts: ReadonlySet<string>
  readonly instruments: ReadonlySet<string>
}

type PastEvent = TradingPast['events'] extends Iterable<infer Event> ? Event : never

/** The first account or instrument of the past that is not set up any more: its orders and money could not be counted. */
export function findNotSetUp({ accounts, instruments }: TradingScope, events: Iterable<PastEvent>, snapshot: TradingPast['snapshot']): string | undefined {
  const isMissing = ({ account, instrument }: Named): boolean =>
    (account !== undefined && !accounts.has(account)) || (instrument !== undefined && !instruments.has(instrument))
  const wordsFor = ({ account, instrument }: Named): string => (account !== undefined && !accounts.has(account) ? `the account ${account}` : `the instrument ${instrument ?? ''}`)
  for (const named of namesIn(events, snapshot)) if (isMissing(named)) return wordsFor(named)
  return undefined
}

interface Named {
  readonly account?: string
  readonly instrument?: string
}

function* namesIn(events: Iterable<PastEvent>, snapshot: TradingPast['snapshot']): Iterable<Named> {
  for (const { id, books } of snapshot?.accounts ?? []) {
    yield { account: id }
    for (const { instrument } of books.holdings.contracts) yield { instrument }
    for (const { log } of books.holdings.coins) {
      for (const { instrument } of log.base) yield { instrument }
      for (const step of log.steps) if (step.kind === 'fill') yield { instrument: step.trade.instrument }
    }
  }
  for (const { spec } of snapshot?.orders ?? []) yield ofSpec(spec)
  for (const event of events) yield* namesOf(event)
}

const ofSpec = ({ account, instrument }: OrderSpec): Named => ({ account, instrument })

function* namesOf(event: PastEvent): Iterable<Named> {
  switch (event.kind) {
    case 'order-intended': return yield ofSpec(event.spec)
    case 'external-adopted': return yield { account: event.account, instrument: event.view.instrument }
    case 'position-split': return yield { account: event.account, instrument: event.split.instrument }
    case 'opening-taken': {
      yield { account: event.account }
      for (const { instrument } of event.positions) yield { instrument }
      return
    }
    default: if ('account' in event) yield { account: event.account }
  }
}
