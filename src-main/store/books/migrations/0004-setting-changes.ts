import type { Migration } from './migration.ts'

/** What each setting was before. */
export const settingChanges: Migration = {
  name: '0004-setting-changes',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE setting_changes (
        sequence INTEGER PRIMARY KEY,
        path TEXT NOT NULL,
        at REAL NOT NULL,
        old TEXT,
        new TEXT
      ) STRICT;
      CREATE INDEX setting_changes_by_path ON setting_changes (path, sequence);
    `)
  },
}
