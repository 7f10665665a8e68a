import { Suspense, useState, type ReactNode } from 'react'
import { useIsStale } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'
import { Button } from '../ui/button.tsx'
import { FaultBoundary } from '../ui/fault-boundary.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { PanelEntry } from './panel-registry.ts'
import './panel-frame.css'

interface PanelFrameProps {
  readonly panel: PanelEntry
  /** Behind another panel of its group. */
  readonly isHidden?: boolean
}

/** Around every panel: its fault stays in it, and what it shows fades when it is no longer now. */
export function PanelFrame({ panel, isHidden = false }: PanelFrameProps): ReactNode {
  const text = useText()
  const [attempt, setAttempt] = useState(0)
  const isStale = useIsStale()
  const hasAnything = useEngine((facts) => facts.status !== undefined)
  const Content = panel.content
  const reload = (): void => setAttempt(attempt + 1)
  // What scrolls must be reached by Tab; the panels of the market have controls of their own and do not scroll as a whole.
  const tabIndex = panel.isOfMarket === true ? -1 : 0
  return (
    <section className="panel-frame" data-panel={panel.id} aria-label={text(panel.title)} tabIndex={tabIndex}>
      <FaultBoundary key={attempt} renderFallback={(reason) => <PanelFault reason={reason} onReload={reload} />}>
        <div className={`panel-content ${isStale && hasAnything ? 'stale' : ''}`}>
          {!(isHidden && panel.isOfMarket === true) && (
            // Nothing is drawn until it has come: what comes within a moment needs no word.
            <Suspense fallback={null}><Content panelId={panel.id} /></Suspense>
          )}
        </div>
      </FaultBoundary>
    </section>
  )
}

function PanelFault({ reason, onReload }: { readonly reason: string; readonly onReload: () => void }): ReactNode {
  const text = useText()
  return (
    <div className="panel-fault" role="alert">
      <p className="panel-fault-title">
        <Icon name="close" />
        {text('screen.panel.fault')}
      </p>
      <p className="note">{text('screen.panel.fault.rest')}</p>
      <p className="mono ink-3 panel-fault-reason">{reason}</p>
      <Button look="ghost" onClick={onReload}>{text('screen.panel.reload')}</Button>
    </div>
  )
}
