import type { JournalRecord } from '../../ports/index.ts'
import type { ReadRepositories } from './repositories/index.ts'
import { areaIs } from './specification/event-specification.ts'

/** What the books know of alerts, as of one record: whoever has the records after it knows the rest. */
export interface AlertPast {
  /** The last record that this takes into account. */
  readonly applied: number
  /** Oldest first: all that the open alerts follow from, and the newest facts about others. */
  readonly facts: readonly JournalRecord[]
  /** Every alert had at most this number. */
  readonly highestNumber: number
}

export function readAlertPast({ applied, alerts, events }: ReadRepositories, recentMax: number): AlertPast {
  const recent = recentMax === 0 ? [] : events.find(areaIs('alert'), { order: 'newest-first', limit: recentMax }).rows
  const facts = new Map([...alerts.openAlertFacts(), ...recent].map((record) => [record.sequence, record]))
  return {
    applied: applied.read().sequence,
    facts: [...facts.values()].toSorted((one, other) => one.sequence - other.sequence),
    highestNumber: alerts.highestAlertNumber(),
  }
}
