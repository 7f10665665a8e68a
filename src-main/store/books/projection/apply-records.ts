import { fail, ok, type Result } from '../../../base/index.ts'
import type { JournalRecord } from '../../../ports/index.ts'
import { trouble, type BooksTrouble } from '../books-trouble.ts'
import type { Anchor, Applied } from '../repositories/applied-head.ts'
import type { WriteRepositories } from '../repositories/index.ts'
import { areaIs, type EventSpecification } from '../specification/event-specification.ts'
import { placementOf, projectionVersion } from './placements.ts'

const tradingAreas = ['trading', 'accounts', 'equity', 'command']

/**
 * Takes records of the journal over into the tables. It must never change what was applied, nor leave one out.
 *
 * Invariants:
 * 1. A record is applied once, however often it comes.
 * 2. A record whose predecessor has not been applied is refused, and with it everything that came along.
 * 3. A record that was applied and comes again with another content is refused: these are the books of another journal.
 * 4. The tables follow from the trail alone: filled anew from it they are the same.
 */
export function applyRecords(
  repositories: WriteRepositories, records: Iterable<JournalRecord>, anchor?: Anchor,
): Result<Applied, BooksTrouble> {
  const before = repositories.applied.read()
  let sequence = before.sequence
  for (const record of records) {
    if (record.sequence <= sequence) {
      if (!isAsApplied(repositories, record)) return fail(diverged(record.sequence))
      continue
    }
    if (record.sequence !== sequence + 1) return fail(gap(sequence + 1, record.sequence))
    if (!Number.isFinite(record.at)) return fail(trouble('malformed', `expected the record ${record.sequence} to have a time`))
    repositories.events.add(record)
    place(repositories, record)
    sequence = record.sequence
  }
  const applied = withAnchor({ ...before, sequence }, anchor)
  repositories.applied.keep(applied)
  return ok(applied)
}

/** Fills every table but the trail anew, when this version of Ballast would have filled them otherwise. */
export function projectAnew(repositories: WriteRepositories): boolean {
  const before = repositories.applied.projection()
  if (before === projectionVersion) return false
  // A start must not depend on how long the books are: what changed since is filled anew, and nothing else.
  if (before === 1) fillAlertsAnew(repositories)
  if (before === 1 || before === 2) fillTradingAnew(repositories)
  else fillAllAnew(repositories)
  repositories.applied.keepProjection(projectionVersion)
  return true
}

function fillAlertsAnew(repositories: WriteRepositories): void {
  repositories.alerts.clear()
  repositories.unplaced.clearArea('alert')
  for (const record of inPages(repositories, areaIs('alert'))) place(repositories, record)
}

/** No books of before have trades in them: this finds commands that were asked of an engine without accounts, and little else. */
function fillTradingAnew(repositories: WriteRepositories): void {
  repositories.trading.clear()
  for (const area of tradingAreas) repositories.unplaced.clearArea(area)
  const where: EventSpecification = { is: 'or', parts: tradingAreas.map(areaIs) }
  for (const record of inPages(repositories, where)) place(repositories, record)
}

function fillAllAnew(repositories: WriteRepositories): void {
  const { engineStarts, settingChanges, alerts, backups, drills, keyEvents, unplaced, trading } = repositories
  for (const table of [engineStarts, settingChanges, alerts, backups, drills, keyEvents, unplaced, trading]) table.clear()
  for (const record of inPages(repositories, { is: 'and', parts: [] })) place(repositories, record)
}

function place(repositories: WriteRepositories, record: JournalRecord): void {
  const reason = placementOf(record.kind)?.(repositories, record)
  if (reason !== undefined) repositories.unplaced.add({ sequence: record.sequence, kind: record.kind, reason })
}

/** SQLite does not write on a connection while one of its own queries is open. */
function* inPages({ events }: WriteRepositories, where: EventSpecification): Generator<JournalRecord> {
  let after = 0
  for (;;) {
    const { rows, next } = events.find(where, { order: 'oldest-first', after, limit: 1_000 })
    yield* rows
    if (next === undefined) return
    after = next
  }
}

function isAsApplied({ events }: WriteRepositories, record: JournalRecord): boolean {
  const applied = events.at(record.sequence)
  return (
    applied !== undefined &&
    applied.at === record.at &&
    applied.kind === record.kind.toWellFormed() &&
    applied.correlation === record.correlation?.toWellFormed() &&
    JSON.stringify(applied.body) === JSON.stringify(record.body)
  )
}

/** An anchor beyond what was applied is not ours to keep: the records up to it may never come. */
function withAnchor(applied: Applied, anchor: Anchor | undefined): Applied {
  const isNewer = anchor !== undefined && anchor.sequence <= applied.sequence && anchor.sequence >= (applied.anchor?.sequence ?? 0)
  return isNewer ? { ...applied, anchor } : applied
}

const gap = (expected: number, got: number): BooksTrouble => ({
  kind: 'gap', detail: `expected the record ${expected}, got ${got}`, expected,
})

const diverged = (sequence: number): BooksTrouble => trouble('diverged', `the record ${sequence} was applied with another content`)
