import { fail, ok, type Result } from '../base/index.ts'
import type { EngineEvent } from '../domain/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import { eventOfRecord, type Past } from '../runtime/index.ts'
import { areaIs, JournalUnreadable, type Books, type JournalFound } from '../store/index.ts'
import { troubleOfJournal, type BooksTrouble } from './books-trouble.ts'

/** What an engine has to know of the one before it. */
const eventsShown = 1_000
/** The engine's last event is nearly always among them. */
const recordsSearched = 20_000

export async function newestOf(found: JournalFound): Promise<Result<readonly JournalRecord[], BooksTrouble>> {
  try {
    return ok(await found.lastRecords(recordsSearched))
  } catch (error) {
    if (error instanceof JournalUnreadable) return fail(troubleOfJournal(error.trouble))
    throw error
  }
}

/** Books that cannot answer, or are behind, are no reason to give out a number twice: the journal itself has the last ones. */
export async function pastOf(books: Books | undefined, newest: readonly JournalRecord[], found: JournalFound): Promise<Past> {
  const asked = await books?.query(areaIs('engine'), { limit: eventsShown, order: 'newest-first' })
  const records = asked?.ok === true ? asked.value.rows : books === undefined ? newest : await found.lastRecords(recordsSearched)
  const events = records.map(eventOfRecord).filter((event): event is EngineEvent => event !== undefined)
  // Each event is a record: where none of them can be found, no number of one has reached that of the last record.
  const isSearched = books !== undefined ? asked?.ok === true : found.records <= records.length
  return { lastSequence: events[0]?.sequence ?? (isSearched ? 0 : found.records), recentEvents: events.slice(0, eventsShown).toReversed() }
}
