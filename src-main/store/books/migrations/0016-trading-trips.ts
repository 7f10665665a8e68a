import type { Migration } from './migration.ts'

/** Each way of a position out of flat and back: `place` is the record that opened it and a count within that. */
export const tradingTrips: Migration = {
  name: '0016-trading-trips',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_trips (
        place INTEGER PRIMARY KEY,
        account TEXT NOT NULL,
        instrument TEXT NOT NULL,
        position_side TEXT NOT NULL,
        direction TEXT NOT NULL,
        state TEXT NOT NULL,
        opened_at REAL NOT NULL,
        closed_at REAL NOT NULL DEFAULT 0,
        lots INTEGER NOT NULL,
        lots_max INTEGER NOT NULL,
        fills INTEGER NOT NULL,
        realised INTEGER NOT NULL,
        facts TEXT NOT NULL
      ) STRICT;
      CREATE INDEX trading_trips_by_position ON trading_trips (account, instrument, position_side, place);
      CREATE INDEX trading_trips_by_closed ON trading_trips (closed_at, place);
      CREATE INDEX trading_trips_by_realised ON trading_trips (realised, place);
      CREATE INDEX trading_trips_by_instrument ON trading_trips (instrument, place);
    `)
  },
}
