import type { Migration } from './migration.ts'

/** Each alert and where it stands. */
export const alerts: Migration = {
  name: '0005-alerts',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE alerts (
        id TEXT PRIMARY KEY,
        rule TEXT NOT NULL,
        subject TEXT NOT NULL,
        severity TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('raised', 'acknowledged', 'snoozed', 'cleared')),
        sequence INTEGER NOT NULL UNIQUE,
        raised_at REAL NOT NULL,
        times INTEGER NOT NULL,
        changed_at REAL NOT NULL,
        snoozed_until REAL,
        cleared_why TEXT,
        parameters TEXT NOT NULL
      ) STRICT;
      CREATE INDEX alerts_by_state ON alerts (state, sequence);
    `)
  },
}
