import { fail, ok, type Result } from '../base/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import { anyEventOfRecord, isEventRecord, type KeptSnapshot, type Past } from '../runtime/index.ts'
import type { BooksTrouble } from './books-trouble.ts'

/**
 * What an engine that trades has to know of the one before it: every event of the books, or a snapshot and every event behind it.
 * Invariants: 1 no event is left out: where one is missing or cannot be read, there is no start; 2 a snapshot that does not fit is passed over, never believed.
 */
export interface PastSources {
  /** The newest that is not ahead of the journal. */
  readonly snapshot: () => Promise<KeptSnapshot | undefined>
  /** Oldest first, from this number on. */
  readonly recordsFrom: (sequence: number) => AsyncIterable<JournalRecord>
}

type Events = Iterable<AnyPastEvent>
type AnyPastEvent = NonNullable<ReturnType<typeof anyEventOfRecord>>

export async function tradingPastOf(sources: PastSources, recentEvents: Past['recentEvents']): Promise<Result<Past, BooksTrouble>> {
  const kept = await sources.snapshot()
  const snapshot = kept === undefined ? undefined : snapshotIn(kept)
  if (kept !== undefined && snapshot !== undefined) {
    const behind = await eventsBehind(sources, kept.record, kept.event)
    if (behind !== undefined) return ok(pastFrom(behind, kept.event, recentEvents, snapshot))
  }
  const all = await eventsBehind(sources, 0, 0)
  // Written by a later version, since nobody else can write here: what this one cannot read, it must not trade on.
  return all === undefined ? fail({ code: 'vault-newer', details: {} }) : ok(pastFrom(all, 0, recentEvents))
}

function pastFrom(events: readonly AnyPastEvent[], from: number, recentEvents: Past['recentEvents'], snapshot?: PastSnapshot): Past {
  const trading: { readonly events: Events; readonly snapshot?: PastSnapshot } = snapshot === undefined ? { events } : { events, snapshot }
  return { lastSequence: from + events.length, recentEvents, trading }
}

type PastSnapshot = NonNullable<NonNullable<Past['trading']>['snapshot']>

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
