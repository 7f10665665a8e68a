import { useState, type ReactNode } from 'react'
import type { AlertView } from '../../../src-preload/contract/index.ts'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { useAlerts } from '../../stores/alerts.ts'
import { useConnection } from '../../stores/connection.ts'
import { Button } from '../../ui/button.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'

/** A test to see alerts arrive, and the browser's leave to show them outside of the page. */
export function AlertTools({ mayAct }: { readonly mayAct: boolean }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const hasLine = useConnection((facts) => facts.state === 'open')
  const { isWaiting, reply, ask } = useAsking<AlertView>()
  return (
    <div className="alerts-tools">
      <NotificationLeave />
      <Button size="small" look="ghost" disabled={isWaiting || !mayAct || !hasLine} onClick={() => void ask(bridge.call('alerts.test', {}))}>
        {text('screen.alerts.test')}
      </Button>
      {reply !== undefined && !reply.ok && <p className="danger" role="alert">{translateError(locale, reply.error)}</p>}
    </div>
  )
}

/** A browser asks its person only after a press; one that was refused says where that can be changed. */
function NotificationLeave(): ReactNode {
  const text = useText()
  const wanted = useAlerts((facts) => facts.desktop)
  const [leave, setLeave] = useState(() => ('Notification' in window ? Notification.permission : 'granted'))
  if (!wanted || leave === 'granted') return null
  if (leave === 'denied') return <span className="t11 ink-3">{text('screen.alerts.no-leave')}</span>
  return (
    <Button size="small" look="ghost" onClick={() => void Notification.requestPermission().then(setLeave)}>{text('screen.alerts.ask-leave')}</Button>
  )
}
