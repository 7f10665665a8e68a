import type { Migration } from './migration.ts'

/** When an engine began, and whether it ended in order. */
export const engineStarts: Migration = {
  name: '0003-engine-starts',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE engine_starts (
        sequence INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        version TEXT,
        ended_at REAL,
        ended TEXT CHECK (ended IN ('in-order', 'without-word'))
      ) STRICT;
    `)
  },
}
