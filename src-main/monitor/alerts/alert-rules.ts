import type { ParametersOf } from '../../../src-preload/contract/index.ts'
import type { AlertSeverity } from '../metrics/index.ts'

/**
 * Every alert that there can be. The words are in the catalogue, under `alert.<rule>.title` and `alert.<rule>.action`.
 * A `state` lasts as long as its cause and clears by itself; a `happening` is over at once, and stays open until somebody has
 * seen it.
 */
export interface AlertRule {
  readonly severity: AlertSeverity
  readonly nature: 'state' | 'happening'
  /** How long a state must have been well before it counts as over, so that a cause on the edge is one alert. */
  readonly settleMs?: number
  /** A file of docs/runbooks, where there is one. */
  readonly runbook?: string
}

const quietMs = 60_000

export const alertRules = {
  'engine-restarted': { severity: 'critical', nature: 'happening', runbook: 'engine-stays-down' },
  'books-closed': { severity: 'critical', nature: 'state' },
  'engine-halted': { severity: 'critical', nature: 'state' },
  'engine-killed': { severity: 'critical', nature: 'state' },
  'journal-stalled': { severity: 'critical', nature: 'state', settleMs: 10_000 },
  'journal-failed': { severity: 'critical', nature: 'state' },
  'journal-no-room-ahead': { severity: 'critical', nature: 'state' },
  'disk-low': { severity: 'warning', nature: 'state', settleMs: quietMs },
  'disk-critical': { severity: 'critical', nature: 'state', settleMs: quietMs },
  'loop-stalled': { severity: 'warning', nature: 'state', settleMs: quietMs },
  'clock-jumped': { severity: 'warning', nature: 'happening' },
  'machine-slept': { severity: 'warning', nature: 'happening' },
  'backup-overdue': { severity: 'warning', nature: 'state' },
  'backup-missing': { severity: 'warning', nature: 'state' },
  'backup-failed': { severity: 'warning', nature: 'state' },
  'drill-overdue': { severity: 'warning', nature: 'state' },
  'drill-missing': { severity: 'warning', nature: 'state' },
  'key-old': { severity: 'warning', nature: 'state' },
  'anchor-not-kept': { severity: 'warning', nature: 'state', settleMs: quietMs },
  'books-rebuilt': { severity: 'warning', nature: 'happening' },
  'books-behind': { severity: 'critical', nature: 'state', settleMs: 10_000, runbook: 'corrupt-database' },
  'journal-damaged': { severity: 'critical', nature: 'state', runbook: 'corrupt-database' },
  'tail-cut': { severity: 'critical', nature: 'happening' },
  'settings-bad': { severity: 'warning', nature: 'state' },
  'delivery-failing': { severity: 'warning', nature: 'state', settleMs: 10_000 },
  'no-recovery-code': { severity: 'info', nature: 'state' },
  'test': { severity: 'info', nature: 'happening' },
  'lock-tries': { severity: 'warning', nature: 'happening' },
} as const satisfies Readonly<Record<string, AlertRule>>

export type AlertRuleId = keyof typeof alertRules
export const alertRuleIds = Object.keys(alertRules) as readonly AlertRuleId[]
export const isAlertRuleId = (text: string): text is AlertRuleId => Object.hasOwn(alertRules, text)

/** What the sentence of that alert wants filled in. */
export type AlertParametersOf<Rule extends AlertRuleId> = ParametersOf<`alert.${Rule}.title`>
export type AlertParameters = Readonly<Record<string, string | number | boolean>>

/** One cause of an alert. Two of the same rule and subject are the same alert. */
export interface Finding {
  readonly rule: AlertRuleId
  /** Which one, where there are several: a channel, a key. */
  readonly subject: string
  readonly parameters: AlertParameters
}

export const finding = <Rule extends AlertRuleId>(rule: Rule, parameters: AlertParametersOf<Rule>, subject = ''): Finding => ({
  rule, subject, parameters,
})
