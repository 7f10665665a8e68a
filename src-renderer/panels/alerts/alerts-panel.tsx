import { useState, type ReactNode } from 'react'
import type { AlertView } from '../../../src-preload/contract/index.ts'
import { isUnresolved, unresolvedCount, useAlerts } from '../../stores/alerts.ts'
import { useConnection } from '../../stores/connection.ts'
import { Blank } from '../../ui/blank.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useText } from '../../ui/use-text.ts'
import { AlertChannels } from './alert-channels.tsx'
import { AlertEntry, PastAlert } from './alert-entry.tsx'
import { AlertTools } from './alert-tools.tsx'
import './alerts-panel.css'

/** What needs the trader, what he has put aside, what is over, and whether alerts reach him at all. */
export function AlertsPanel(): ReactNode {
  const alerts = useAlerts((facts) => facts.alerts)
  // Nothing moves under the pointer: what comes while the list is pointed at waits, or another alert would be acknowledged.
  const [held, setHeld] = useState<ReadonlySet<string>>()
  if (alerts === undefined) return <div className="alerts-none alerts-blank"><Blank digits={18} /><Blank digits={24} /></div>
  const open = alerts.filter(({ state }) => state !== 'cleared')
  const shown = held === undefined ? open : open.filter(({ id }) => held.has(id))
  const past = alerts.filter(({ state }) => state === 'cleared')
  return (
    <div className="alerts">
      <AlertsHead waiting={open.length - shown.length} />
      <div onPointerEnter={() => setHeld(new Set(open.map(({ id }) => id)))} onPointerLeave={() => setHeld(undefined)}>
        {open.length === 0 ? <NoAlerts /> : <OpenAlerts alerts={shown} />}
      </div>
      {past.length > 0 && <PastAlerts alerts={past} />}
      <AlertChannels />
    </div>
  )
}

function AlertsHead({ waiting }: { readonly waiting: number }): ReactNode {
  const text = useText()
  const unresolved = useAlerts(unresolvedCount)
  const mayAct = useConnection((facts) => facts.access !== 'read')
  return (
    <div className="alerts-head">
      <p className={`alerts-count ${unresolved > 0 ? '' : 'ink-2'}`}>
        {text('screen.alerts.unresolved', { count: unresolved })}
        {waiting > 0 && <span className="attn">{` ${text('screen.alerts.waiting', { count: waiting })}`}</span>}
      </p>
      <AlertTools mayAct={mayAct} />
      {!mayAct && <p className="t11 ink-2">{text('screen.alerts.not-allowed')}</p>}
    </div>
  )
}

function NoAlerts(): ReactNode {
  const text = useText()
  return (
    <div className="alerts-none">
      <PanelMessage title={text('screen.alerts.empty')}>{text('screen.alerts.empty.next')}</PanelMessage>
    </div>
  )
}

/** The most recent first; what was put aside stands below what waits. */
function OpenAlerts({ alerts }: { readonly alerts: readonly AlertView[] }): ReactNode {
  const text = useText()
  const ordered = [...alerts.filter(isUnresolved), ...alerts.filter((alert) => !isUnresolved(alert))]
  return (
    <ul className="alerts-open" aria-label={text('screen.alerts.open')}>
      {ordered.map((alert) => <AlertEntry key={alert.id} alert={alert} />)}
    </ul>
  )
}

function PastAlerts({ alerts }: { readonly alerts: readonly AlertView[] }): ReactNode {
  const text = useText()
  return (
    <PanelSection title={text('screen.alerts.history')} aside={<span className="num ink-3" data-figure>{alerts.length}</span>}>
      <ul className="alerts-past" aria-label={text('screen.alerts.history')}>
        {alerts.map((alert) => <PastAlert key={alert.id} alert={alert} />)}
      </ul>
    </PanelSection>
  )
}
