import type { Migration } from './migration.ts'

/** The backups that were made. */
export const backups: Migration = {
  name: '0007-backups',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE backups (
        sequence INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        name TEXT NOT NULL,
        bytes INTEGER,
        body TEXT NOT NULL
      ) STRICT;
    `)
  },
}
