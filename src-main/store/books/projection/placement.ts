import { z } from 'zod'
import type { JournalRecord } from '../../../ports/index.ts'
import type { WriteRepositories } from '../repositories/index.ts'

/** What becomes of a record beside its row in the trail. Tells why when no table could take it. */
export type Placement = (repositories: WriteRepositories, record: JournalRecord) => string | undefined

/** A placement for bodies of one shape. More in a body than its shape names is fine: it is in the trail. */
export const placing = <Body>(
  shape: z.ZodType<Body>,
  place: (repositories: WriteRepositories, record: JournalRecord, body: Body) => string | undefined | void,
): Placement => (repositories, record) => {
  const parsed = shape.safeParse(record.body)
  if (!parsed.success) return `expected another body: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`
  return place(repositories, record, parsed.data) ?? undefined
}

export const anyJson = z.json()
export const name = z.string().min(1).max(500)
