import type { Migration } from './migration.ts'

/** Every record of the journal, to be searched. */
export const eventTrail: Migration = {
  name: '0002-event-trail',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        kind TEXT NOT NULL,
        correlation TEXT,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX events_by_kind ON events (kind, sequence);
      CREATE INDEX events_by_time ON events (at);
      CREATE INDEX events_by_correlation ON events (correlation, sequence) WHERE correlation IS NOT NULL;
    `)
  },
}
