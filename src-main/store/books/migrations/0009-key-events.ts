import type { Migration } from './migration.ts'

/** What happened to the keys: never a key itself. */
export const keyEvents: Migration = {
  name: '0009-key-events',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE key_events (
        sequence INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
    `)
  },
}
