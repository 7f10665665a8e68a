import type { AlertChannelView, AlertView } from '../../src-preload/contract/index.ts'
import { alertRules, type Alert, type AlertRule, type MonitorState } from '../monitor/index.ts'

/** Alerts and the ways that they go, as the contract tells them. */
export function viewOf(alert: Alert): AlertView {
  const { id, rule, severity, raisedAt, lastAt, times, parameters, acknowledged, snoozed, cleared } = alert
  return {
    id, rule, severity, raisedAt, lastAt,
    count: times,
    state: cleared !== undefined ? 'cleared' : snoozed !== undefined ? 'snoozed' : acknowledged !== undefined ? 'acknowledged' : 'raised',
    details: { ...parameters },
    runbook: runbookOf(rule),
    changedBy: snoozed?.actor ?? acknowledged?.actor ?? null,
    snoozedUntil: snoozed?.untilMs ?? null,
    clearedAt: cleared?.at ?? null,
  }
}

function runbookOf(rule: Alert['rule']): string | null {
  const known: AlertRule = alertRules[rule]
  return known.runbook ?? null
}

export function channelViewsOf({ channels, alive }: MonitorState): AlertChannelView[] {
  const states = new Map(channels.map((state) => [state.name, state]))
  const views = (['webhook', 'telegram'] as const).map((name): AlertChannelView => {
    const state = states.get(name)
    if (state === undefined) return { name, state: 'off', since: null, waiting: 0, lastError: null }
    const since = state.failingSince ?? state.lastDeliveredAt ?? null
    return { name, state: state.state, since, waiting: state.waiting, lastError: state.problem === '' ? null : state.problem }
  })
  return [...views, aliveViewOf(alive)]
}

function aliveViewOf(alive: MonitorState['alive']): AlertChannelView {
  if (alive === undefined) return { name: 'alive', state: 'off', since: null, waiting: 0, lastError: null }
  const state = alive.problem !== '' ? 'failing' : alive.lastAt === undefined ? 'idle' : 'ok'
  return { name: 'alive', state, since: alive.lastAt ?? null, waiting: 0, lastError: alive.problem === '' ? null : alive.problem }
}
