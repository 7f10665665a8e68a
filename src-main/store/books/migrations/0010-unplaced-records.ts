import type { Migration } from './migration.ts'

/** Records that are in the trail but whose body said nothing that a table could take. */
export const unplacedRecords: Migration = {
  name: '0010-unplaced-records',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE unplaced_records (
        sequence INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        reason TEXT NOT NULL
      ) STRICT;
    `)
  },
}
