import type { Migration } from './migration.ts'

/**
 * Every order that was ever intended or adopted, as it stands; `sequence` is the record it began with. One index has all that a list is filtered and
 * sorted by: reading it from end to end costs less than finding wide rows one by one, whatever is asked.
 */
export const tradingOrders: Migration = {
  name: '0013-trading-orders',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_orders (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL,
        instrument TEXT NOT NULL,
        side TEXT NOT NULL,
        type TEXT NOT NULL,
        owner TEXT NOT NULL,
        status TEXT NOT NULL,
        placed_at REAL NOT NULL,
        changed_at REAL NOT NULL,
        ended_at REAL NOT NULL DEFAULT 0,
        lots INTEGER NOT NULL,
        filled INTEGER NOT NULL DEFAULT 0,
        realised INTEGER NOT NULL DEFAULT 0,
        limit_price INTEGER,
        trigger_price INTEGER,
        group_id TEXT,
        command_id TEXT,
        denial_rule TEXT,
        search TEXT NOT NULL,
        facts TEXT NOT NULL
      ) STRICT;
      CREATE INDEX trading_orders_scan ON trading_orders (
        sequence, account, instrument, side, type, owner, status, placed_at, changed_at, ended_at, lots, filled, realised,
        limit_price, trigger_price, group_id, command_id, denial_rule, search
      );
      CREATE TABLE trading_order_events (
        order_sequence INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (order_sequence, sequence)
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
