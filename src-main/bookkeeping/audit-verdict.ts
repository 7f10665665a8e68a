import type { AuditVerdict } from '../../src-preload/contract/index.ts'
import type { JournalVerification } from '../store/index.ts'

/**
 * What a verification found, as it is told. While an engine writes, the end of the journal is still being written: that is no
 * trouble as long as everything that was said to be durable is there.
 */
export function verdictOf(found: JournalVerification, durable?: number, isCopy = false): AuditVerdict {
  const head = { seq: found.head.sequence, mac: found.head.mac }
  // Nothing at all at a path that somebody named is no journal, however unharmed.
  if (found.ok && isCopy && found.records === 0) return { ok: false, records: 0, head, reason: 'no-journal' }
  if (found.ok) return { ok: true, records: found.records, head }
  if (found.reason === 'unfinished-tail' && durable !== undefined && found.records >= durable) return { ok: true, records: found.records, head }
  const at = found.at === undefined ? {} : { at: { segment: found.at.segment, offset: found.at.offset, seq: found.at.sequence } }
  return { ok: false, records: found.records, head, ...at, reason: found.reason }
}
