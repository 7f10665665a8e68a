import { useCallback, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { AlertSeverity, AlertView, Reply } from '../../../src-preload/contract/index.ts'
import { ageText, clockText, dateText, translateError } from '../../../src-preload/contract/text/index.ts'
import { alertAction, alertTitle } from '../../format/alert-title.ts'
import { isUnresolved } from '../../stores/alerts.ts'
import { useConnection } from '../../stores/connection.ts'
import { engineWallMs, useEngineClock } from '../../stores/engine-clock.ts'
import { Button } from '../../ui/button.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { signLook, StateSign, type Sign } from '../../ui/state-sign.tsx'
import { useAsking, type Asking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'

const signs = { info: 'note', warning: 'warning', critical: 'critical' } as const satisfies Readonly<Record<AlertSeverity, Sign>>

/** An open alert: what happened, what to do about it, and the ways to take note of it. */
export function AlertEntry({ alert }: { readonly alert: AlertView }): ReactNode {
  const locale = useLocale()
  const row = useRef<HTMLLIElement>(null)
  const sign = isUnresolved(alert) ? signs[alert.severity] : 'off'
  // Before it is taken out of the page, while it still has its neighbours.
  useLayoutEffect(() => {
    const element = row.current
    return () => handKeyboardOn(element)
  }, [])
  return (
    // The row itself has the keyboard: A takes note of it, arrows go on to the next.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what acts by pointer are the buttons in it
    <li
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys act on the row as a whole
      ref={row} className={`alert alert-${alert.state}`} tabIndex={0} data-alert={alert.id} onKeyDown={steer}
      aria-label={alertTitle(locale, alert)}
    >
      <StateSign sign={sign} />
      <div className="alert-words">
        <AlertLine alert={alert} look={signLook(sign)} />
        <p className="alert-title">{alertTitle(locale, alert)}</p>
        <p className="ink-2"><Prose>{alertAction(locale, alert)}</Prose></p>
        <AlertActions alert={alert} onAct={() => holdKeyboard(row.current)} />
      </div>
    </li>
  )
}

/** Severity in a word, state, how often, how old. */
function AlertLine({ alert, look }: { readonly alert: AlertView; readonly look: string }): ReactNode {
  const text = useText()
  const { count, runbook, state, snoozedUntil } = alert
  const standing = state === 'snoozed' && snoozedUntil !== null ? text('screen.alerts.snoozed-until', { time: clockText(snoozedUntil) })
    : state === 'acknowledged' ? text('screen.alerts.acknowledged') : undefined
  return (
    <p className="alert-line t11 ink-3">
      <b className={`med ${look}`}>{text(`alert.severity.${alert.severity}`)}</b>
      {standing !== undefined && <span>{standing}</span>}
      {count > 1 && <span className="num" data-figure>{text('screen.alerts.times', { count })}</span>}
      {runbook !== null && <span>{text('screen.alerts.runbook', { name: runbook })}</span>}
      <span className="grow" />
      <Age since={alert.raisedAt} />
    </p>
  )
}

function Age({ since }: { readonly since: number }): ReactNode {
  const locale = useLocale()
  const read = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      return wallMs === undefined ? clockText(since) : ageText(locale, Math.max(0, wallMs - since))
    },
    [since, locale],
  )
  return <LiveText read={read} />
}

const snoozes = [
  { forMs: 30 * 60_000, key: 'screen.alerts.snooze.30' },
  { forMs: 4 * 3_600_000, key: 'screen.alerts.snooze.240' },
  { forMs: 86_400_000, key: 'screen.alerts.snooze.1440' },
] as const

function AlertActions({ alert, onAct }: { readonly alert: AlertView; readonly onAct: () => void }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const mayAct = useConnection((facts) => facts.access !== 'read' && facts.state === 'open')
  const asking = useAsking<AlertView>()
  const act = (call: Promise<Reply<AlertView>>): void => {
    onAct()
    void asking.ask(call)
  }
  const { id } = alert
  const acknowledge = (): void => act(bridge.call('alerts.acknowledge', { id, actor: 'hand' }))
  const isBlocked = asking.isWaiting || !mayAct
  return (
    <div className="alert-actions">
      {alert.state !== 'acknowledged' && (
        <Button size="small" keys="A" data-acknowledge disabled={isBlocked} onClick={acknowledge}>{text('screen.alerts.acknowledge')}</Button>
      )}
      <span className="alert-later">
        <span className="t11 ink-3">{text('screen.alerts.later')}</span>
        {snoozes.map(({ forMs, key }) => (
          <Button
            key={forMs} size="small" look="ghost" disabled={isBlocked} aria-label={text(`${key}.label`)}
            onClick={() => act(bridge.call('alerts.snooze', { id, forMs, actor: 'hand' }))}
          >
            {text(key)}
          </Button>
        ))}
      </span>
      <AskingTrouble asking={asking} locale={locale} />
    </div>
  )
}

function AskingTrouble({ asking, locale }: { readonly asking: Asking<AlertView>; readonly locale: 'en' | 'fr' }): ReactNode {
  const { reply } = asking
  return reply === undefined || reply.ok ? null : <p className="danger" role="alert">{translateError(locale, reply.error)}</p>
}

function steer(event: KeyboardEvent<HTMLLIElement>): void {
  const row = event.currentTarget
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : event.key === 'ArrowUp' ? row.previousElementSibling : null
  if (!(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}

/** A button that is pressed cannot be pressed again, and would lose the keyboard: its row keeps it. */
function holdKeyboard(row: HTMLElement | null): void {
  if (row?.contains(document.activeElement) === true) row.focus()
}

/** A row that goes away hands the keyboard to its neighbour, or to the panel. */
function handKeyboardOn(row: HTMLElement | null): void {
  if (row === null || !row.contains(document.activeElement)) return
  const heirs = [row.nextElementSibling, row.previousElementSibling, row.closest('[data-panel]')]
  requestAnimationFrame(() => {
    const heir = heirs.find((each) => each instanceof HTMLElement && each.isConnected)
    if (heir instanceof HTMLElement) heir.focus()
  })
}

/** One line for each that is over. */
export function PastAlert({ alert }: { readonly alert: AlertView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const title = alertTitle(locale, alert)
  const over = alert.clearedAt ?? alert.lastAt
  return (
    <li className="past-alert">
      <StateSign sign="well" />
      <span className="ink-3 t11">{text(`alert.severity.${alert.severity}`)}</span>
      <span className="ink-2 ellipsis" title={title}>{title}</span>
      <span className="mono ink-3 t11" title={dateText(locale, over)}>{clockText(over)}</span>
    </li>
  )
}
