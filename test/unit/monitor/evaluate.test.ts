import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  alertRuleIds, alertRules, alertWords, evaluate, finding, happeningsOfEvent, happeningsOfLockTries, happeningsOfStall, happeningsOfStart,
  stateRuleIds,
  type AlertRule, type AlertRuleId, type Readings,
} from '../../../src-main/monitor/index.ts'
import { catalogue, locales, messageKeys } from '../../../src-preload/contract/index.ts'

const nowMs = Date.UTC(2026, 10, 21)
const day = 86_400_000

const allWell: Readings = {
  nowMs,
  mode: { mode: 'active', actor: 'hand', reason: 'armed' },
  booksClosed: { code: undefined },
  booksBehind: { reason: undefined },
  journalAudit: { reason: undefined },
  journalWaitingMs: 3,
  journal: { state: 'well' },
  diskFreeBytes: 50_000_000_000,
  loopStallMs: 12,
  backup: { lastAt: nowMs - day, failure: undefined, booksMadeAt: nowMs - 200 * day },
  drill: { lastAt: nowMs - 30 * day, booksMadeAt: nowMs - 200 * day },
  keys: [{ name: 'books', madeAt: nowMs - 10 * day }],
  anchor: { failure: undefined },
  settings: { problem: undefined },
  channels: [{ name: 'webhook', failingSince: undefined, problem: '' }],
  hasRecoveryCode: true,
}

const ill: readonly (readonly [AlertRuleId, Partial<Readings>, Readonly<Record<string, unknown>>])[] = [
  ['engine-halted', { mode: { mode: 'halted', actor: 'engine', reason: 'a bug' } }, { reason: 'a bug' }],
  ['engine-killed', { mode: { mode: 'killed', actor: 'hand', reason: 'enough' } }, { reason: 'enough' }],
  ['books-behind', { booksBehind: { reason: 'damaged' } }, { detail: 'damaged' }],
  ['journal-damaged', { journalAudit: { reason: 'content, segment 1' } }, { detail: 'content, segment 1' }],
  ['books-closed', { booksClosed: { code: 'keychain-locked' } }, { code: 'keychain-locked' }],
  ['journal-stalled', { journalWaitingMs: 2_001 }, { waitingMs: 2_001 }],
  ['journal-failed', { journal: { state: 'failed', detail: 'ENOSPC' } }, { detail: 'ENOSPC' }],
  ['journal-no-room-ahead', { journal: { state: 'no-room-ahead', bytesLeft: 12_345_678 } }, { megabytes: 12 }],
  ['disk-low', { diskFreeBytes: 1_999_999_999 }, { megabytes: 1_999 }],
  ['disk-critical', { diskFreeBytes: 499_999_999 }, { megabytes: 499 }],
  ['loop-stalled', { loopStallMs: 1_000 }, { stallMs: 1_000 }],
  ['backup-overdue', { backup: { lastAt: nowMs - 27 * 3_600_000, failure: undefined, booksMadeAt: 0 } }, { hours: 27 }],
  ['backup-missing', { backup: { lastAt: undefined, failure: undefined, booksMadeAt: nowMs - 2 * day } }, {}],
  ['backup-failed', { backup: { lastAt: nowMs, failure: 'EACCES', booksMadeAt: 0 } }, { detail: 'EACCES' }],
  ['drill-overdue', { drill: { lastAt: nowMs - 91 * day, booksMadeAt: 0 } }, { days: 91 }],
  ['drill-missing', { drill: { lastAt: undefined, booksMadeAt: nowMs - 91 * day } }, { days: 91 }],
  [
    'key-old', { keys: [{ name: 'books', madeAt: nowMs - 91 * day }, { name: 'new', madeAt: nowMs }] },
    { name: 'books', days: 91 },
  ],
  ['anchor-not-kept', { anchor: { failure: 'locked' } }, { detail: 'locked' }],
  ['settings-bad', { settings: { problem: 'line 3' } }, { detail: 'line 3' }],
  [
    'delivery-failing', { channels: [{ name: 'webhook', failingSince: nowMs - 120_000, problem: 'timeout' }] },
    { channel: 'webhook', minutes: 2, detail: 'timeout' },
  ],
  ['no-recovery-code', { hasRecoveryCode: false }, {}],
]

describe('the rules about states', () => {
  it('find nothing where all is well, having looked at everything', () => {
    const { findings, judged } = evaluate(allWell)
    expect(findings).toEqual([])
    expect([...judged].sort()).toEqual([...stateRuleIds].sort())
  })

  it('all have a case here', () => {
    expect(ill.map(([rule]) => rule).sort()).toEqual([...stateRuleIds].sort())
  })

  it.each(ill)('find %s, and it alone', (rule, readings, parameters) => {
    const { findings, judged } = evaluate({ ...allWell, ...readings })
    expect(findings).toEqual(
      [{ rule, subject: rule === 'key-old' ? 'books' : rule === 'delivery-failing' ? 'webhook' : '', parameters }],
    )
    expect(judged.has(rule)).toBe(true)
  })

  it('say nothing where nothing is known', () => {
    expect(evaluate({ nowMs })).toEqual({ findings: [], judged: new Set() })
  })

  it.each<[string, Partial<Readings>]>([
    ['a halt by hand', { mode: { mode: 'halted', actor: 'hand', reason: 'lunch' } }],
    ['a journal that waits two seconds', { journalWaitingMs: 2_000 }],
    ['two gigabytes free', { diskFreeBytes: 2_000_000_000 }],
    ['a backup of 26 hours ago', { backup: { lastAt: nowMs - 26 * 3_600_000, failure: undefined, booksMadeAt: 0 } }],
    ['books of an hour without a backup', { backup: { lastAt: undefined, failure: undefined, booksMadeAt: nowMs - 3_600_000 } }],
    ['a drill of 90 days ago', { drill: { lastAt: nowMs - 90 * day, booksMadeAt: 0 } }],
    ['young books without a drill', { drill: { lastAt: undefined, booksMadeAt: nowMs - day } }],
    ['a key of 90 days', { keys: [{ name: 'books', madeAt: nowMs - 90 * day }] }],
    ['a channel that fails for a moment', { channels: [{ name: 'webhook', failingSince: nowMs - 59_000, problem: 'timeout' }] }],
    ['a sleep of the machine', { loopStallMs: 6_000 }],
  ])('let %s pass', (_what, readings) => {
    expect(evaluate({ ...allWell, ...readings }).findings).toEqual([])
  })

  it('take another age for too old where the trader wants it', () => {
    const wanted = { keyAgeMaxMs: 5 * day, drillAgeMaxMs: 20 * day }
    expect(evaluate({ ...allWell, ...wanted }).findings.map(({ rule }) => rule)).toEqual(['drill-overdue', 'key-old'])
    const young = { ...allWell, ...wanted, drill: { lastAt: undefined, booksMadeAt: nowMs - 21 * day } }
    expect(evaluate(young).findings.map(({ rule }) => rule)).toEqual(['drill-missing', 'key-old'])
  })

  it('do not say that a failed journal has room again', () => {
    expect(evaluate({ ...allWell, journal: { state: 'failed', detail: 'EIO' } }).judged.has('journal-no-room-ahead')).toBe(false)
  })
})

describe('the rules about happenings', () => {
  it('find a jump of the clock, and nothing in other events', () => {
    expect(happeningsOfEvent({ kind: 'clock-jumped', sequence: 1, at: 1, byMs: -5_000 })).toMatchObject(
      [{ rule: 'clock-jumped', parameters: { byMs: -5_000 } }],
    )
    expect(
      happeningsOfEvent({ kind: 'mode-refused', sequence: 1, at: 1, mode: 'killed', wanted: 'active', actor: 'hand' }),
    ).toEqual([])
  })

  it('find a sleep where the loop was silent for five seconds', () => {
    expect(happeningsOfStall(5_000)).toMatchObject([{ rule: 'machine-slept', parameters: { silentMs: 5_000 } }])
    expect(happeningsOfStall(4_999)).toEqual([])
  })

  it('find at a start what the engine before it left', () => {
    expect(happeningsOfStart({ restarts: 0 })).toEqual([])
    expect(happeningsOfStart({ restarts: 2, tailCutBytes: 4_096, booksRebuilt: 'damaged' }).map(({ rule }) => rule)).toEqual([
      'engine-restarted', 'tail-cut', 'books-rebuilt',
    ])
    expect(happeningsOfStart({ restarts: 0, tailCutBytes: 0 })).toEqual([])
  })

  it('find every third wrong secret', () => {
    expect([0, 1, 2, 3, 4, 5, 6].filter((tries) => happeningsOfLockTries(tries).length > 0)).toEqual([3, 6])
  })
})

describe('the words of the alerts', () => {
  it('are there for every rule, with nothing left to fill in', () => {
    const found = [
      ...ill.flatMap(([, readings]) => evaluate({ ...allWell, ...readings }).findings),
      ...happeningsOfStart({ restarts: 1, tailCutBytes: 1, booksRebuilt: 'x' }),
      ...happeningsOfEvent({ kind: 'clock-jumped', sequence: 1, at: 1, byMs: 1 }),
      ...happeningsOfStall(9_000),
      ...happeningsOfLockTries(3),
      finding('test', {}),
    ]
    expect(found.map(({ rule }) => rule).sort()).toEqual([...alertRuleIds].sort())
    for (const locale of locales) {
      for (const { rule, parameters } of found) {
        const words = alertWords(locale, { rule, severity: alertRules[rule].severity, parameters })
        for (const text of Object.values(words)) expect(text).not.toMatch(/\?(?=[ ).]|$)|[{}]/)
        for (const value of Object.values(parameters)) expect(words.title).toContain(String(value))
        expect(words.action).toMatch(/\.$/)
      }
    }
  })

  it('are there for no rule that is not', () => {
    const named = messageKeys.flatMap((key) => /^alert\.([a-z-]+)\.(?:title|action)$/.exec(key)?.[1] ?? [])
    expect([...new Set(named)].sort()).toEqual([...alertRuleIds].sort())
    expect(Object.keys(catalogue)).toEqual([...locales])
  })

  it('name a runbook only where there is one', () => {
    for (const rule of alertRuleIds) {
      const { runbook }: AlertRule = alertRules[rule]
      if (runbook !== undefined) expect(existsSync(join(import.meta.dirname, `../../../docs/runbooks/${runbook}.md`))).toBe(true)
    }
  })
})
