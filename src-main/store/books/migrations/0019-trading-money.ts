import type { Migration } from './migration.ts'

/** How accounts are counted, and where the count stands now and then, so that a start need not count all trades again. */
export const tradingMoney: Migration = {
  name: '0019-trading-money',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_setups (
        sequence INTEGER PRIMARY KEY,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE trading_counts (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        sequence INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
    `)
  },
}
