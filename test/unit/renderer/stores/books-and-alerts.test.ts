import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AlertView, BooksStatus, HealthView } from '../../../../src-preload/contract/index.ts'
import { hasCritical, newAlerts, unresolvedCount } from '../../../../src-renderer/stores/alerts.ts'
import { coverOf, isCovered, takeBooks, useBooks } from '../../../../src-renderer/stores/books.ts'
import { healthKept, withHealth, type HealthFacts } from '../../../../src-renderer/stores/health.ts'

const status = (facts: Partial<BooksStatus> = {}): BooksStatus => ({
  state: 'open', trouble: null, protection: 'passphrase', hasPassphrase: true, hasRecoveryCode: false, screen: 'open', lockedAt: null,
  lockAfterMinutes: 15, waitSeconds: 0, records: 3, durable: 3, waitingMs: 0, anchoredAt: null, keyCreatedAt: null,
  backup: { last: null, nextAt: null, running: null, lastFailure: null }, drill: { last: null, isRunning: false }, sealTo: 'x'.repeat(87), ...facts,
})
const opening = status({ state: 'opening', protection: null, screen: 'without-lock' })
const closed = status({ state: 'closed', protection: null, screen: 'without-lock', trouble: { code: 'passphrase-needed', details: {} } })
const cover = () => coverOf(useBooks.getState())

describe('what covers the workspace', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    useBooks.setState({ status: undefined, isOpeningLong: false, isReopening: false })
  })
  afterEach(() => {
    takeBooks(status())
    vi.useRealTimers()
  })

  it('is nothing while the books are open and nobody has locked the screens', () => {
    expect(cover()).toBeUndefined()
    takeBooks(status())
    expect(cover()).toBeUndefined()
    expect(isCovered()).toBe(false)
  })

  it('is the lock before anything else, and the closed books otherwise', () => {
    takeBooks(status({ screen: 'locked', lockedAt: 1 }))
    expect(cover()).toBe('locked')
    takeBooks(closed)
    expect(cover()).toBe('closed')
  })

  it('is the opening only when it takes longer than a moment, however often it is told meanwhile', () => {
    takeBooks(opening)
    vi.advanceTimersByTime(300)
    takeBooks(opening)
    expect(cover()).toBeUndefined()
    vi.advanceTimersByTime(101)
    expect(cover()).toBe('opening')
    takeBooks(status())
    expect(cover()).toBeUndefined()
  })

  it('forgets a moment that was over in time', () => {
    takeBooks(opening)
    vi.advanceTimersByTime(200)
    takeBooks(status())
    vi.advanceTimersByTime(1_000)
    expect(cover()).toBeUndefined()
  })

  it('is nothing while an engine that came back opens books that were seen open, however long it takes', () => {
    takeBooks(status())
    takeBooks(opening)
    vi.advanceTimersByTime(10_000)
    takeBooks(opening)
    expect(cover()).toBeUndefined()
    takeBooks(closed)
    expect(cover()).toBe('closed')
  })

  it('is the opening at once where the screens were locked before', () => {
    takeBooks(status({ screen: 'locked', lockedAt: 1 }))
    takeBooks(opening)
    expect(cover()).toBe('opening')
  })

  it('shows no empty desk between the closed books and the open ones', () => {
    takeBooks(closed)
    takeBooks(opening)
    expect(cover()).toBe('opening')
  })
})

describe('alerts that are news', () => {
  const alert = (id: string, facts: Partial<AlertView> = {}): AlertView => ({
    id, rule: 'test', severity: 'info', state: 'raised', raisedAt: 1, lastAt: 1, count: 1, details: {}, runbook: null, changedBy: null,
    snoozedUntil: null, clearedAt: null, ...facts,
  })

  it('are those that nobody has seen on this page, and not what stood there when it was opened', () => {
    expect(newAlerts(undefined, [alert('a')])).toEqual([])
    expect(newAlerts([alert('a')], [alert('b'), alert('a')]).map(({ id }) => id)).toEqual(['b'])
  })

  it('are told again when the time for which they were put aside is over, and not when they only repeat', () => {
    expect(newAlerts([alert('a', { state: 'snoozed' })], [alert('a')])).toHaveLength(1)
    expect(newAlerts([alert('a')], [alert('a', { count: 9 })])).toEqual([])
    expect(newAlerts([], [alert('a', { state: 'acknowledged' })])).toEqual([])
  })

  it('count as unresolved only while nobody has taken note of them', () => {
    const alerts = [alert('a'), alert('b', { state: 'acknowledged', severity: 'critical' }), alert('c', { state: 'snoozed' }), alert('d', { state: 'cleared' })]
    const facts = { alerts, channels: [], desktop: false, sound: false }
    expect(unresolvedCount(facts)).toBe(1)
    expect(hasCritical(facts)).toBe(false)
    expect(hasCritical({ ...facts, alerts: [alert('e', { severity: 'critical' })] })).toBe(true)
    expect(unresolvedCount({ ...facts, alerts: undefined })).toBe(0)
  })
})

describe('the past of the health figures', () => {
  const view = (memory: number | null): HealthView => ({ at: 1, figures: [{ name: 'memory', unit: 'bytes', value: memory }], board: [] })
  const empty: HealthFacts = { view: undefined, past: { journalWaiting: [], memory: [] } }

  it('keeps the last two minutes and leaves out what was not known', () => {
    let facts = empty
    for (let second = 0; second < healthKept + 5; second++) facts = withHealth(facts, view(second))
    facts = withHealth(facts, view(null))
    expect(facts.past.memory).toHaveLength(healthKept)
    expect(facts.past.memory.at(-1)).toBe(healthKept + 4)
    expect(facts.past.journalWaiting).toEqual([])
  })
})
