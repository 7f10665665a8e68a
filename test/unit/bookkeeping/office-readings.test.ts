import { expect, it } from 'vitest'
import { readingsOf, type ReadingSources } from '../../../src-main/bookkeeping/office-readings.ts'
import { evaluate, type AlertRuleId } from '../../../src-main/monitor/alerts/index.ts'

const now = 1_800_000_000_000
const rules: readonly AlertRuleId[] = ['backup-overdue', 'backup-missing', 'backup-failed', 'drill-overdue', 'drill-missing', 'key-old']

/** Books of which only what the readings look at is there. */
function judgedOf(known: { readonly isPastKnown: boolean; readonly keyCreatedAt: number | null; readonly failure?: string }) {
  const lastFailure = known.failure === undefined ? null : { at: now, code: known.failure }
  const sources = {
    runtime: { state: { mode: 'running', actor: 'hand', reason: '' } },
    bookkeeper: {
      isPastKnown: known.isPastKnown,
      opened: { vault: { protection: 'passphrase' }, journal: { waitingMs: () => 0 }, feed: { state: { is: 'level' } }, anchor: {} },
      status: () => ({
        trouble: null, keyCreatedAt: known.keyCreatedAt, backup: { last: null, lastFailure }, drill: { last: null },
        hasRecoveryCode: true, hasPassphrase: true,
      }),
    },
    settings: { current: { backup: { enabled: true }, reminders: { keyAgeDays: 90, drillAgeDays: 90 } }, problems: [] },
    journal: { state: 'well' }, audit: undefined, now,
  } as unknown as ReadingSources
  const { findings, judged } = evaluate({ nowMs: now, ...readingsOf(sources) })
  return { judged: rules.filter((rule) => judged.has(rule)), found: findings.map(({ rule }) => rule) }
}

it('while the read model catches up nothing is said of backups, drills and keys, so that no alert of them is taken for mended', () => {
  expect(judgedOf({ isPastKnown: false, keyCreatedAt: null })).toEqual({ judged: [], found: [] })
  expect(judgedOf({ isPastKnown: false, keyCreatedAt: now }).judged).toEqual(['key-old'])
})

it('a backup that fails meanwhile is told, and says nothing of the age of the one before', () => {
  expect(judgedOf({ isPastKnown: false, keyCreatedAt: null, failure: 'disk-full' })).toEqual({ judged: ['backup-failed'], found: ['backup-failed'] })
})

it('when the past is known all of them are judged', () => {
  const old = judgedOf({ isPastKnown: true, keyCreatedAt: now - 100 * 86_400_000 })
  expect(old).toEqual({ judged: rules, found: ['backup-missing', 'drill-missing', 'key-old'] })
})
