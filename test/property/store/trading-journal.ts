import type { AnyEvent } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import { accountsSetUp } from '../../../src-main/bookkeeping/index.ts'
import type { JournalDraft, JournalRecord } from '../../../src-main/ports/index.ts'
import { recordOfEvent } from '../../../src-main/runtime/event-record.ts'

/** The records that a journal holds of these events, as it gives them back. */
export const journalOf = (setup: EngineSetup, events: readonly AnyEvent[]): readonly JournalRecord[] =>
  numbered([...accountsSetUp(setup, 0), ...events.map(recordOfEvent)])

export const numbered = (drafts: readonly JournalDraft[]): readonly JournalRecord[] =>
  drafts.map((draft, index) => ({ ...(JSON.parse(JSON.stringify(draft)) as JournalDraft), sequence: index + 1 }))
