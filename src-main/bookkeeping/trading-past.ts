import { fail, ok, type Result } from '../base/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import { anyEventOfRecord, isEventRecord, type KeptSnapshot, type Past, type TradingPast } from '../runtime/index.ts'
import type { BooksTrouble } from './books-trouble.ts'
import { findNotSetUp, type TradingScope } from './trading-scope.ts'

/**
 * What an engine that trades has to know of the one before it: every event of the books, or a snapshot and every event behind it.
 * Invariants: 1 no event is left out: where one is missing or cannot be read, there is no start; 2 a snapshot that does not fit is passed over, never believed;
 * 3 books that speak of an account or an instrument that is not set up are not traded on.
 */
export interface PastSources {
  /** The newest that is not ahead of the journal. */
  readonly snapshot: () => Promise<KeptSnapshot | undefined>
  /** Oldest first, from this number on. */
  readonly recordsFrom: (sequence: number) => AsyncIterable<JournalRecord>
}

/** What the profile trades, and by which name of its own. */
export interface TradingBooks {
  readonly scope: TradingScope
  readonly installation: string
}

type AnyPastEvent = NonNullable<ReturnType<typeof anyEventOfRecord>>
type PastSnapshot = NonNullable<TradingPast['snapshot']>

interface Found {
  readonly from: number
  readonly events: readonly AnyPastEvent[]
  readonly snapshot?: PastSnapshot
}

export async function tradingPastOf(
  sources: PastSources, recentEvents: Past['recentEvents'], { scope, installation }: TradingBooks,
): Promise<Result<Past, BooksTrouble>> {
  const found = await findPast(sources)
  // Written by a later version, since nobody else can write here: what this one cannot read, it must not trade on.
  if (found === undefined) return fail({ code: 'vault-newer', details: {} })
  const { from, events, snapshot } = found
  const lacking = findNotSetUp(scope, events, snapshot)
  if (lacking !== undefined) return fail({ code: 'trading-not-set-up', details: { what: lacking } })
  return ok({ lastSequence: from + events.length, recentEvents, trading: { installation, events, ...(snapshot === undefined ? {} : { snapshot }) } })
}

async function findPast(sources: PastSources): Promise<Found | undefined> {
  const kept = await sources.snapshot()
  const snapshot = kept === undefined ? undefined : snapshotIn(kept)
  if (kept !== undefined && snapshot !== undefined) {
    const behind = await eventsBehind(sources, kept.record, kept.event)
    if (behind !== undefined) return { from: kept.event, events: behind, snapshot }
  }
  const all = await eventsBehind(sources, 0, 0)
  return all === undefined ? undefined : { from: 0, events: all }
}

/** Only this engine writes snapshots, into books that nobody else can change; half of one does not parse. */
function snapshotIn({ event, body }: KeptSnapshot): PastSnapshot | undefined {
  try {
    const snapshot = JSON.parse(body) as PastSnapshot
    return snapshot.lastSequence === event ? snapshot : undefined
  } catch {
    return undefined
  }
}

/** Without a gap behind that event, or nothing. */
async function eventsBehind(sources: PastSources, record: number, event: number): Promise<readonly AnyPastEvent[] | undefined> {
  const events: AnyPastEvent[] = []
  for await (const each of sources.recordsFrom(record + 1)) {
    if (!isEventRecord(each)) continue
    const read = anyEventOfRecord(each)
    if (read?.sequence !== event + events.length + 1) return undefined
    events.push(read)
  }
  return events
}
