import type { Migration } from './migration.ts'

/** On which ways an alert went out, and which of them failed. */
export const alertDeliveries: Migration = {
  name: '0006-alert-deliveries',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE alert_deliveries (
        sequence INTEGER PRIMARY KEY,
        alert TEXT NOT NULL REFERENCES alerts (id),
        at REAL NOT NULL,
        channel TEXT NOT NULL,
        delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
        reason TEXT
      ) STRICT;
      CREATE INDEX alert_deliveries_by_alert ON alert_deliveries (alert, sequence);
    `)
  },
}
