import type { ReactNode } from 'react'
import type { BridgeError } from '../../../src-preload/contract/index.ts'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import type { Hold } from '../../stores/market-hold.ts'
import { Blank } from '../../ui/blank.tsx'
import { Button } from '../../ui/button.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import './list-state.css'

interface ListStateProps {
  readonly hasCome: boolean
  readonly error: BridgeError | undefined
  readonly hold: Hold
  /** What would be here, and what makes it come. */
  readonly title: string
  readonly next: string
  readonly children: ReactNode
}

/** A list of trading: not come yet, of a profile that trades nowhere, failed, or there. */
export function ListState({ hasCome, error, hold, title, next, children }: ListStateProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  if (hasCome) {
    return (
      <div className="list-state">
        {error !== undefined && <ListFault error={error} hold={hold} />}
        {children}
      </div>
    )
  }
  if (error?.code === 'trading.nowhere') return <PanelMessage title={title}>{translateError(locale, error)}</PanelMessage>
  if (error === undefined) return <div className="list-blank" role="status" aria-label={text('screen.blotter.loading')}>{[64, 58, 61].map((digits) => <Blank key={digits} digits={digits} />)}</div>
  return (
    <div className="list-fault" role="alert">
      <p className="danger med">{text('screen.blotter.failed')}</p>
      <p className="ink-2">{translateError(locale, error)}</p>
      <Button look="ghost" onClick={() => hold.restart(bridge)}>{text('screen.market.again')}</Button>
      <p className="for-readers-only">{next}</p>
    </div>
  )
}

/** What is shown is the last known: why nothing new comes. */
function ListFault({ error, hold }: { readonly error: BridgeError; readonly hold: Hold }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  return (
    <p className="list-fault-line" role="alert">
      <span className="danger">{text('screen.blotter.failed.last-known')}</span> <span className="ink-2 grow">{translateError(locale, error)}</span>
      <Button size="small" look="ghost" onClick={() => hold.restart(bridge)}>{text('screen.market.again')}</Button>
    </p>
  )
}
