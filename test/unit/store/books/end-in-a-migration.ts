/** Begins to bring a file forward and is killed within a step. */
import { writeSync } from 'node:fs'
import { openForWriting } from '../../../../src-main/store/books/connection.ts'
import { migrate } from '../../../../src-main/store/books/migrate.ts'
import { migrations } from '../../../../src-main/store/books/migrations/index.ts'

const [, , path = '', key = ''] = process.argv
const connection = openForWriting(path, Buffer.from(key, 'hex'))
migrate(connection, [
  ...migrations.slice(0, 4),
  {
    name: 'ends',
    up: (at) => {
      at.exec('CREATE TABLE half (a); DROP TABLE events')
      // So much that it cannot all wait in memory: some of it is in the log when the end comes.
      at.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO half SELECT randomblob(100) FROM n`)
      writeSync(1, 'in the middle')
      process.kill(process.pid, 'SIGKILL')
    },
  },
])
