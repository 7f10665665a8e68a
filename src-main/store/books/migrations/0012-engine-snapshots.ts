import type { Migration } from './migration.ts'

/** The engine's state at some of its events, so that a start need not replay all of the books. They can be lost: the journal has everything. */
export const engineSnapshots: Migration = {
  name: '0012-engine-snapshots',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE engine_snapshots (
        event INTEGER PRIMARY KEY,
        record INTEGER NOT NULL,
        form INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
    `)
  },
}
