import type { Connection } from '../connection.ts'
import type { Page, PageOf } from '../page.ts'
import { everything, selectPage } from './select-page.ts'

export interface EngineStartRow {
  readonly sequence: number
  readonly at: number
  readonly version: string | null
  /** `undefined` while it is the newest and has not ended. */
  readonly ended?: { readonly how: 'in-order'; readonly at: number } | { readonly how: 'without-word' }
}

export interface EngineStartReader {
  list(page: Page): PageOf<EngineStartRow>
}

export interface EngineStartRepository extends EngineStartReader {
  /** Whatever engine was there before has ended; if nothing was said about it, then without a word. */
  begin(start: { readonly sequence: number; readonly at: number; readonly version: string | null }): void
  endInOrder(at: number): void
  clear(): void
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly version: string | null
  readonly ended: 'in-order' | 'without-word' | null
  readonly ended_at: number | null
}

export const createEngineStartReader = (connection: Connection): EngineStartReader => ({
  list: (page) =>
    selectPage(connection, 'sequence, at, version, ended, ended_at FROM engine_starts', everything, page, startOf),
})

export function createEngineStartRepository(connection: Connection): EngineStartRepository {
  const end = connection.prepare('UPDATE engine_starts SET ended = ?, ended_at = ? WHERE ended IS NULL')
  const insert = connection.prepare('INSERT INTO engine_starts (sequence, at, version) VALUES (?, ?, ?)')
  const clear = connection.prepare('DELETE FROM engine_starts')
  return {
    ...createEngineStartReader(connection),
    begin: ({ sequence, at, version }) => {
      end.run('without-word', null)
      insert.run(sequence, at, version)
    },
    endInOrder: (at) => {
      end.run('in-order', at)
    },
    clear: () => {
      clear.run()
    },
  }
}

function startOf({ sequence, at, version, ended, ended_at: endedAt }: Row): EngineStartRow {
  const start = { sequence, at, version }
  if (ended === null) return start
  return { ...start, ended: ended === 'in-order' && endedAt !== null ? { how: ended, at: endedAt } : { how: 'without-word' } }
}
