import type { JournalBody, JournalRecord } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { compile } from '../specification/compile.ts'
import { eventMeaning, type EventSpecification } from '../specification/event-specification.ts'
import { selectPage } from './select-page.ts'

/** The trail: every record of the journal. */
export interface EventReader {
  find(specification: EventSpecification, page: Page): PageOf<JournalRecord>
  at(sequence: number): JournalRecord | undefined
  count(): number
}

export interface EventRepository extends EventReader {
  add(record: JournalRecord): void
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly kind: string
  readonly correlation: string | null
  readonly body: string
}

const columns = 'sequence, at, kind, correlation, body FROM events'

export function createEventReader(connection: Connection): EventReader {
  const selectAt = connection.prepare<[number], Row>(`SELECT ${columns} WHERE sequence = ?`)
  const count = connection.prepare<[], number>('SELECT count(*) FROM events').pluck()
  return {
    find: (specification, page) => selectPage(connection, columns, compile(specification, eventMeaning), page, recordOf),
    at: (sequence) => {
      const row = selectAt.get(sequence)
      return row === undefined ? undefined : recordOf(row)
    },
    count: () => Number(count.get()),
  }
}

export function createEventRepository(connection: Connection): EventRepository {
  const insert = connection.prepare('INSERT INTO events (sequence, at, kind, correlation, body) VALUES (?, ?, ?, ?, ?)')
  return {
    ...createEventReader(connection),
    add: ({ sequence, at, kind, correlation, body }) => {
      insert.run(sequence, at, kind.toWellFormed(), correlation?.toWellFormed() ?? null, JSON.stringify(body))
    },
  }
}

function recordOf({ sequence, at, kind, correlation, body }: Row): JournalRecord {
  const record = { sequence, at, kind, body: JSON.parse(body) as JournalBody }
  return correlation === null ? record : { ...record, correlation }
}
