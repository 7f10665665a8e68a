import type { Migration } from './migration.ts'

/** What each account was worth: one sample of a minute at most, and each day in one row. */
export const equityCurve: Migration = {
  name: '0018-equity-curve',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE equity_minutes (
        account TEXT NOT NULL,
        minute INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        at REAL NOT NULL,
        asset TEXT NOT NULL,
        equity INTEGER NOT NULL,
        unrealised INTEGER NOT NULL,
        external INTEGER NOT NULL,
        PRIMARY KEY (account, minute)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE equity_days (
        account TEXT NOT NULL,
        day INTEGER NOT NULL,
        asset TEXT NOT NULL,
        open INTEGER NOT NULL,
        high INTEGER NOT NULL,
        low INTEGER NOT NULL,
        close INTEGER NOT NULL,
        external_open INTEGER NOT NULL,
        external_close INTEGER NOT NULL,
        samples INTEGER NOT NULL,
        PRIMARY KEY (account, day)
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
