import { ensureDefined } from '../../../base/index.ts'
import type { Connection } from '../connection.ts'

/** How far the books are. */
export interface Applied {
  /** The last record that was taken over; 0 when none was. */
  readonly sequence: number
  /** The newest place at which the journal's chain was told to us. */
  readonly anchor?: Anchor
}

/** What the journal's chain is at a sequence: a damaged end of the journal is known by it. */
export interface Anchor {
  readonly sequence: number
  readonly mac: string
}

export interface AppliedHeadReader {
  read(): Applied
  /** By which version of the mapping the tables were filled. */
  projection(): number
}

export interface AppliedHeadRepository extends AppliedHeadReader {
  keep(applied: Applied): void
  keepProjection(projection: number): void
}

interface Row {
  readonly sequence: number
  readonly anchor_sequence: number | null
  readonly anchor_mac: string | null
  readonly projection: number
}

export function createAppliedHeadReader(connection: Connection): AppliedHeadReader {
  const select = connection.prepare<[], Row>('SELECT sequence, anchor_sequence, anchor_mac, projection FROM applied')
  const row = (): Row => ensureDefined(select.get(), 'the row of the applied head')
  return {
    read: () => {
      const { sequence, anchor_sequence: at, anchor_mac: mac } = row()
      return at === null || mac === null ? { sequence } : { sequence, anchor: { sequence: at, mac } }
    },
    projection: () => row().projection,
  }
}

export function createAppliedHeadRepository(connection: Connection): AppliedHeadRepository {
  const update = connection.prepare('UPDATE applied SET sequence = ?, anchor_sequence = ?, anchor_mac = ?')
  const updateProjection = connection.prepare('UPDATE applied SET projection = ?')
  return {
    ...createAppliedHeadReader(connection),
    keep: ({ sequence, anchor }) => {
      update.run(sequence, anchor?.sequence ?? null, anchor?.mac ?? null)
    },
    keepProjection: (projection) => {
      updateProjection.run(projection)
    },
  }
}
