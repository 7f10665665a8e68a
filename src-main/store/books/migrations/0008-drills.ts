import type { Migration } from './migration.ts'

/** The backups that were tried out, and how that went. */
export const drills: Migration = {
  name: '0008-drills',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE drills (
        sequence INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
        body TEXT NOT NULL
      ) STRICT;
    `)
  },
}
