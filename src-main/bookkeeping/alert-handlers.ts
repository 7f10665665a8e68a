import { fail, succeed, type Contract } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import { finding, type AlertCentre, type MonitorState } from '../monitor/index.ts'
import { channelViewsOf, viewOf } from './alert-views.ts'

export type AlertEntryName = 'alerts.watch' | 'alerts.open' | 'alerts.acknowledge' | 'alerts.snooze' | 'alerts.history' | 'alerts.test'

export interface AlertHandlerParts {
  readonly alerts: AlertCentre
  readonly state: () => MonitorState
  /** Whether the screen itself shows and sounds them now. */
  readonly screenWishes: () => { readonly desktop: boolean; readonly sound: boolean }
  readonly now: () => number
}

const shownMax = 200
const channelsEachMs = 2_000

export function createAlertHandlers({ alerts, state, screenWishes, now }: AlertHandlerParts): Pick<Handlers<Contract>, AlertEntryName> {
  const desk = () => ({
    alerts: [...alerts.open(), ...alerts.history()].slice(0, shownMax).map(viewOf),
    channels: channelViewsOf(state()),
    ...screenWishes(),
  })
  let tests = 0
  return {
    'alerts.watch': (_input, sink) => {
      sink.snapshot(desk())
      const stop = alerts.onChange(() => sink.delta(desk()))
      // Channels change without an alert: a receiver that was down answers again.
      const timer = setInterval(() => sink.delta(desk()), channelsEachMs)
      return () => {
        stop()
        clearInterval(timer)
      }
    },
    'alerts.open': () => succeed({ alerts: alerts.open().map(viewOf) }),
    'alerts.acknowledge': ({ id, actor }) => {
      const done = alerts.acknowledge(id, actor)
      return done.ok ? succeed(viewOf(done.value)) : fail('alert.unknown')
    },
    'alerts.snooze': ({ id, forMs, actor }) => {
      const done = alerts.snooze(id, now() + forMs, actor)
      return done.ok ? succeed(viewOf(done.value)) : fail('alert.unknown')
    },
    'alerts.history': ({ before, limit }) => {
      const past = alerts.history().filter(({ raisedAt }) => before === null || raisedAt < before)
      return succeed({ alerts: past.slice(0, limit).map(viewOf) })
    },
    // Each test is one of its own, so that the second arrives as well.
    'alerts.test': () => succeed(viewOf(alerts.raise(finding('test', {}, `${now()}-${++tests}`)))),
  }
}
