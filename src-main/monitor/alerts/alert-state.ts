import type { AlertSeverity } from '../metrics/index.ts'
import type { AlertFact } from './alert-facts.ts'
import { alertRules, isAlertRuleId, type AlertParameters, type AlertRuleId } from './alert-rules.ts'

/**
 * The state of all alerts, as a pure function of the facts.
 * Invariants: 1 of one rule and subject at most one alert is open; 2 what is open leaves only by a fact that says why;
 * 3 when one has to make room, it is the oldest of the least severe.
 */
export interface Alert {
  readonly id: string
  readonly rule: AlertRuleId
  readonly subject: string
  readonly severity: AlertSeverity
  readonly parameters: AlertParameters
  readonly raisedAt: number
  readonly lastAt: number
  readonly times: number
  readonly acknowledged?: { readonly at: number; readonly actor: string }
  readonly snoozed?: { readonly at: number; readonly actor: string; readonly untilMs: number }
  readonly cleared?: { readonly at: number; readonly why: 'well' | 'seen' | 'crowded-out' }
  /** What became of it on each channel. */
  readonly deliveries: Readonly<Record<string, 'delivered' | 'undelivered'>>
}

export interface AlertState {
  /** Oldest first. */
  readonly open: readonly Alert[]
  /** What was cleared, newest first. */
  readonly history: readonly Alert[]
  /** The number of the newest alert. */
  readonly number: number
}

export const emptyAlertState: AlertState = { open: [], history: [], number: 0 }
export const openAlertsMax = 200
export const alertHistoryMax = 500

export function applyAlertFact(state: AlertState, fact: AlertFact): AlertState {
  switch (fact.kind) {
    case 'alert.raised':
      return applyRaised(state, fact)
    case 'alert.acknowledged': {
      const { at, body: { id, actor } } = fact
      return change(state, id, (alert) => ({ ...awake(alert), acknowledged: { at, actor } }))
    }
    case 'alert.snoozed': {
      const { at, body: { id, actor, untilMs } } = fact
      return change(state, id, (alert) => ({ ...alert, snoozed: { at, actor, untilMs } }))
    }
    case 'alert.cleared':
      return applyCleared(state, fact.body.id, { at: fact.at, why: fact.body.why })
    case 'alert.delivered':
    case 'alert.undelivered': {
      const { id, channel } = fact.body
      const outcome = fact.kind === 'alert.delivered' ? 'delivered' : 'undelivered'
      return changeAnywhere(state, id, (alert) => ({ ...alert, deliveries: { ...alert.deliveries, [channel]: outcome } }))
    }
  }
}

export const sameCause = (alert: Pick<Alert, 'rule' | 'subject'>, other: Pick<Alert, 'rule' | 'subject'>): boolean =>
  alert.rule === other.rule && alert.subject === other.subject

/** Which one has to go when one more would be too many: the oldest of the least severe. */
export function crowdedOut({ open }: AlertState): Alert | undefined {
  if (open.length < openAlertsMax) return undefined
  const ranks: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 }
  return open.reduce((least, alert) => (ranks[alert.severity] < ranks[least.severity] ? alert : least))
}

function applyRaised(state: AlertState, { at, body }: Extract<AlertFact, { kind: 'alert.raised' }>): AlertState {
  const { id, rule, subject, severity, parameters, times } = body
  const number = Number(id.slice(id.indexOf('-') + 1))
  const known = state.open.find((alert) => alert.id === id && alert.rule === rule && alert.subject === subject)
  if (known !== undefined) return change(state, id, (alert) => ({ ...awake(alert), lastAt: at, times, parameters, severity }))
  // A number comes once; a rule that this version does not know has nobody who could clear it.
  if (!isAlertRuleId(rule) || number <= state.number) return { ...state, number: Math.max(state.number, number) }
  // An engine that could not know of the one before it gave the same cause another number: it goes on under that.
  const others = state.open.filter((each) => !sameCause(each, { rule, subject }))
  const alert: Alert = { id, rule, subject, severity, parameters, raisedAt: at, lastAt: at, times, deliveries: {} }
  return { ...state, open: [...others, alert], number }
}

function applyCleared(state: AlertState, id: string, cleared: NonNullable<Alert['cleared']>): AlertState {
  const alert = state.open.find((each) => each.id === id)
  if (alert === undefined) return state
  return {
    ...state,
    open: state.open.filter((each) => each !== alert),
    history: [{ ...alert, cleared }, ...state.history].slice(0, alertHistoryMax),
  }
}

function awake(alert: Alert): Alert {
  const { snoozed, ...rest } = alert
  return snoozed === undefined ? alert : rest
}

const changeIn = (alerts: readonly Alert[], id: string, to: (alert: Alert) => Alert): readonly Alert[] =>
  alerts.map((alert) => (alert.id === id ? to(alert) : alert))

const change = (state: AlertState, id: string, to: (alert: Alert) => Alert): AlertState => ({
  ...state,
  open: changeIn(state.open, id, to),
})

const changeAnywhere = (state: AlertState, id: string, to: (alert: Alert) => Alert): AlertState => ({
  ...change(state, id, to),
  history: changeIn(state.history, id, to),
})

export const isHappening = (rule: AlertRuleId): boolean => alertRules[rule].nature === 'happening'
