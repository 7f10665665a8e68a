import type { JournalAccess } from './journal-face.ts'
import { damaged, type DamagedJournal } from './journal-trouble.ts'
import { verifyJournal } from './verify-journal.ts'

/**
 * Whether the journal itself is what is wrong with a copy of it: a sealed segment is copied without looking at its frames, so
 * only reading the copy finds what is damaged in both.
 */
export async function findSourceDamage({ folder, keys, journalId }: JournalAccess, signal?: AbortSignal): Promise<DamagedJournal | undefined> {
  const found = await verifyJournal({ path: folder, keys, journalId, ...(signal === undefined ? {} : { signal }) })
  // An unfinished frame at the end is no damage: a writer may be at it.
  if (found.ok || found.at === undefined || found.reason === 'unfinished-tail') return undefined
  const { segment, offset, sequence } = found.at
  return damaged(found.reason as DamagedJournal['reason'], segment, offset, sequence)
}
