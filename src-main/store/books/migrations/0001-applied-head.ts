import type { Migration } from './migration.ts'

/** How far the journal has been taken over, and what the chain was at a durable place of it. */
export const appliedHead: Migration = {
  name: '0001-applied-head',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE applied (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        sequence INTEGER NOT NULL,
        anchor_sequence INTEGER,
        anchor_mac TEXT,
        projection INTEGER NOT NULL
      ) STRICT;
      INSERT INTO applied (only, sequence, projection) VALUES (1, 0, 0);
    `)
  },
}
