import type { Migration } from './migration.ts'

/** Every trading command that was taken down, what came of it, and which orders it made. */
export const tradingCommands: Migration = {
  name: '0017-trading-commands',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE trading_commands (
        sequence INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL,
        command TEXT NOT NULL,
        at REAL NOT NULL,
        correlation TEXT,
        subject TEXT,
        outcome TEXT NOT NULL DEFAULT 'none',
        rule TEXT,
        refusal TEXT,
        search TEXT NOT NULL
      ) STRICT;
      CREATE INDEX trading_commands_by_outcome ON trading_commands (outcome, sequence);
      CREATE INDEX trading_commands_by_id ON trading_commands (command_id, sequence);
      CREATE INDEX trading_commands_by_subject ON trading_commands (subject, sequence) WHERE subject IS NOT NULL;
      CREATE TABLE trading_command_orders (
        order_id TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        command_id TEXT NOT NULL,
        PRIMARY KEY (order_id, sequence)
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
