import type { Connection } from '../connection.ts'

/** The engine's state after one of its events. */
export interface EngineSnapshotRow {
  /** The number of that event. */
  readonly event: number
  /** The number of its record in the journal. */
  readonly record: number
  /** Which version of the engine's state this is: another one's cannot be read. */
  readonly form: number
  readonly body: string
}

export interface EngineSnapshotReader {
  /** The newest of this form whose record is not beyond. */
  newest(form: number, recordMax: number): EngineSnapshotRow | undefined
}

export interface EngineSnapshotRepository extends EngineSnapshotReader {
  /** The two newest are kept: one that cannot be read leaves the other. */
  keep(snapshot: EngineSnapshotRow): void
}

export function createEngineSnapshotReader(connection: Connection): EngineSnapshotReader {
  const select = connection.prepare<[number, number], EngineSnapshotRow>(
    'SELECT event, record, form, body FROM engine_snapshots WHERE form = ? AND record <= ? ORDER BY event DESC LIMIT 1',
  )
  return { newest: (form, recordMax) => select.get(form, recordMax) }
}

export function createEngineSnapshotRepository(connection: Connection): EngineSnapshotRepository {
  const insert = connection.prepare('INSERT OR REPLACE INTO engine_snapshots (event, record, form, body) VALUES (?, ?, ?, ?)')
  const forget = connection.prepare('DELETE FROM engine_snapshots WHERE event NOT IN (SELECT event FROM engine_snapshots ORDER BY event DESC LIMIT 2)')
  return {
    ...createEngineSnapshotReader(connection),
    keep: ({ event, record, form, body }) => {
      insert.run(event, record, form, body)
      forget.run()
    },
  }
}
