import type { Migration } from './migration.ts'

/** Every trade that was booked; one that was taken back stays, and says when and what that undid. */
export const tradingFills: Migration = {
  name: '0014-trading-fills',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_fills (
        sequence INTEGER PRIMARY KEY,
        order_sequence INTEGER NOT NULL,
        order_id TEXT NOT NULL,
        account TEXT NOT NULL,
        instrument TEXT NOT NULL,
        side TEXT NOT NULL,
        owner TEXT NOT NULL,
        position_side TEXT NOT NULL,
        trade TEXT NOT NULL,
        venue_order TEXT NOT NULL,
        price INTEGER NOT NULL,
        lots INTEGER NOT NULL,
        liquidity TEXT NOT NULL,
        fee INTEGER NOT NULL,
        fee_asset TEXT NOT NULL,
        at REAL NOT NULL,
        traded_at REAL NOT NULL,
        is_inferred INTEGER NOT NULL,
        realised INTEGER,
        taken_back INTEGER NOT NULL DEFAULT 0,
        taken_back_at REAL,
        taken_back_realised INTEGER
      ) STRICT;
      CREATE INDEX trading_fills_by_order ON trading_fills (order_sequence, sequence);
      CREATE INDEX trading_fills_by_trade ON trading_fills (trade, account);
      CREATE INDEX trading_fills_scan ON trading_fills (
        sequence, account, instrument, side, owner, liquidity, price, lots, fee, fee_asset, realised, at, traded_at, taken_back, trade, order_sequence
      );
    `)
  },
}
