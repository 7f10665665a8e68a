import { describe, expect, it } from 'vitest'
import { BooksWriter } from '../../../../src-main/store/books/index.ts'
import { readAlertPast, type AlertPast } from '../../../../src-main/store/books/alert-past.ts'
import { projectionVersion } from '../../../../src-main/store/books/projection/placements.ts'
import type { JournalRecord } from '../../../../src-main/ports/index.ts'
import { record, useFolder, valueOf } from './books-folder.ts'

const { path, key } = useFolder()

function pastOf(records: readonly JournalRecord[], recentMax: number): AlertPast {
  const writer = valueOf(BooksWriter.open(path('books.db'), key))
  try {
    valueOf(writer.apply(records))
    return valueOf(writer.write((repositories) => ({ ok: true, value: readAlertPast(repositories, recentMax) })))
  } finally {
    writer.dispose()
  }
}

const raised = (sequence: number, id: string, times = 1): JournalRecord =>
  record(sequence, 'alert.raised', { id, rule: 'disk-low', subject: id, severity: 'warning', parameters: {}, times })
const sequencesOf = ({ facts }: AlertPast): readonly number[] => facts.map(({ sequence }) => sequence)

describe('what the books know of alerts', () => {
  it('holds all that an open one follows from, however much was written since', () => {
    const later = Array.from({ length: 2_000 }, (_each, index) => raised(index + 5, 'alert-2', index + 1))
    const past = pastOf([
      raised(1, 'alert-1'), record(2, 'alert.acknowledged', { id: 'alert-1', actor: 'hand' }),
      record(3, 'alert.delivered', { id: 'alert-1', channel: 'webhook', afterMs: 1 }), raised(4, 'alert-3'), ...later,
      record(2_005, 'alert.cleared', { id: 'alert-3', why: 'well' }),
    ], 2)
    // Of the one that came again and again: since when it is open, and how it is now.
    expect(sequencesOf(past)).toEqual([1, 2, 3, 5, 2_004, 2_005])
    expect([past.applied, past.highestNumber]).toEqual([2_005, 3])
    expect(past.facts[0]).toEqual(raised(1, 'alert-1'))
  })

  it('lets go of what is over, and begins anew with what is raised after that', () => {
    const past = pastOf([
      raised(1, 'alert-1'), record(2, 'alert.snoozed', { id: 'alert-1', actor: 'hand', untilMs: 9 }), record(3, 'alert.cleared', { id: 'alert-1', why: 'well' }),
      record(4, 'alert.delivered', { id: 'alert-1', channel: 'webhook', afterMs: 1 }), raised(5, 'alert-2'),
    ], 0)
    expect(sequencesOf(past)).toEqual([5])
  })

  it('counts no number that is none', () => {
    expect(pastOf([raised(1, 'alert-7'), raised(2, 'early-90'), raised(3, 'alert-99999999999'), raised(4, 'alert-x')], 0).highestNumber).toBe(7)
    expect(pastOf([], 0).applied).toBe(4)
  })

  it('is filled anew from the trail of a file that had no place for it', () => {
    const writer = valueOf(BooksWriter.open(path('books.db'), key))
    valueOf(writer.apply([raised(1, 'alert-1'), record(2)]))
    valueOf(writer.write(({ applied, alerts }) => ({ ok: true, value: [applied.keepProjection(1), alerts.clearFacts()] })))
    writer.dispose()
    expect(sequencesOf(pastOf([], 0))).toEqual([1])
  })

  it('is alone filled anew where only alerts have changed: a start must not depend on how long the books are', () => {
    const writer = valueOf(BooksWriter.open(path('books.db'), key))
    valueOf(writer.apply([raised(1, 'alert-1'), record(2, 'alert.raised', { rule: 'no id' }), record(3, 'drill.done', { passed: true })]))
    valueOf(writer.write(({ applied, alerts, drills }) => ({ ok: true, value: [applied.keepProjection(1), alerts.clearFacts(), drills.clear()] })))
    writer.dispose()
    const anew = valueOf(BooksWriter.open(path('books.db'), key))
    const read = anew.write(({ applied, alerts, drills, unplaced }) => ({
      ok: true, value: [applied.projection(), alerts.openAlertFacts().length, drills.list({}).rows.length, unplaced.list({}).rows.map(({ sequence }) => sequence)],
    }))
    anew.dispose()
    expect(valueOf(read)).toEqual([projectionVersion, 1, 0, [2]])
  })

  it('is of one cause one alert: an engine that could not know of the one before it numbered it anew', () => {
    const again = record(4, 'alert.raised', { id: 'alert-9', rule: 'disk-low', subject: 'alert-1', severity: 'warning', parameters: {}, times: 1 })
    const past = pastOf([raised(1, 'alert-1'), record(2, 'alert.snoozed', { id: 'alert-1', actor: 'hand', untilMs: 9 }), raised(3, 'alert-2'), again], 0)
    expect(sequencesOf(past)).toEqual([3, 4])
    expect(sequencesOf(pastOf([record(5, 'alert.cleared', { id: 'alert-9', why: 'well' })], 0))).toEqual([3])
  })
})
