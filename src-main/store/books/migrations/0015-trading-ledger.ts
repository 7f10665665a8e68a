import type { Migration } from './migration.ts'

/** What each event moved in the double-entry ledger. `place` is the record and the line within it, in one number. */
export const tradingLedger: Migration = {
  name: '0015-trading-ledger',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_postings (
        place INTEGER PRIMARY KEY,
        sequence INTEGER NOT NULL,
        at REAL NOT NULL,
        account TEXT NOT NULL,
        asset TEXT NOT NULL,
        book TEXT NOT NULL,
        amount INTEGER NOT NULL,
        balance INTEGER NOT NULL,
        reason TEXT NOT NULL,
        instrument TEXT,
        order_id TEXT,
        reference TEXT NOT NULL
      ) STRICT;
      CREATE INDEX trading_postings_by_book ON trading_postings (asset, book, account, place);
      CREATE INDEX trading_postings_by_reason ON trading_postings (reason, place);
      CREATE INDEX trading_postings_by_instrument ON trading_postings (instrument, place) WHERE instrument IS NOT NULL;
      CREATE INDEX trading_postings_by_reference ON trading_postings (reference) WHERE reason <> 'fill';
      CREATE INDEX trading_postings_by_record ON trading_postings (sequence);
      CREATE INDEX trading_postings_by_time ON trading_postings (at, place);
    `)
  },
}
