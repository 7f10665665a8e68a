import type { Connection } from '../connection.ts'

/** One step of the schema with one purpose. Released steps are never changed: a new one is added. */
export interface Migration {
  readonly name: string
  up(connection: Connection): void
}
