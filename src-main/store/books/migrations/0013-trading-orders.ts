import type { Migration } from './migration.ts'

/** Every order that was ever intended or adopted, as it stands; `sequence` is the record it began with. */
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
      CREATE INDEX trading_orders_by_account ON trading_orders (account, sequence);
      CREATE INDEX trading_orders_by_instrument ON trading_orders (instrument, sequence);
      CREATE INDEX trading_orders_by_owner ON trading_orders (owner, sequence);
      CREATE INDEX trading_orders_by_status ON trading_orders (status, sequence);
      CREATE INDEX trading_orders_by_changed ON trading_orders (changed_at, sequence);
      CREATE INDEX trading_orders_by_ended ON trading_orders (ended_at, sequence);
      CREATE INDEX trading_orders_by_group ON trading_orders (group_id, sequence) WHERE group_id IS NOT NULL;
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
