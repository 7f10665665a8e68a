import type { Migration } from './migration.ts'

/**
 * Which records an open alert follows from, so that none is forgotten however long ago they were written. They are the
 * trail's, and what is in the trail already is taken over by the next start: the tables are filled anew then.
 */
export const openAlertFacts: Migration = {
  name: '0011-open-alert-facts',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE open_alert_facts (
        alert TEXT NOT NULL,
        part TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (alert, part)
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
