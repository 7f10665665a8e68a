import type { ReactNode } from 'react'
import { clockText } from '../../src-preload/contract/text/index.ts'
import { printFigure } from '../format/figure.ts'
import { useEngine } from '../stores/engine-status.ts'
import { useLocale, useText } from '../ui/use-text.ts'
import { StatusCell } from './status-cell.tsx'

export function EngineCell(): ReactNode {
  const text = useText()
  const status = useEngine((facts) => facts.status)
  if (status === undefined) return null
  const isStopped = status.mode === 'halted' || status.mode === 'killing' || status.mode === 'killed'
  return (
    <StatusCell look={isStopped ? 'stopped' : status.mode === 'reducing' ? 'hot' : 'calm'} size="desk" isEngineData>
      {text('screen.status.engine')} <b>{text(`engine.mode.${status.mode}.name`)}</b>
      <span className="status-more"> {text('screen.status.since', { time: clockText(status.since) })}</span>
    </StatusCell>
  )
}

export function ClientsCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const clients = useEngine((facts) => facts.status?.clients)
  return (
    <StatusCell look="calm" size="wide" isEngineData>
      {text('screen.status.clients')} <b data-figure>{clients === undefined ? '–' : printFigure(locale, clients)}</b>
    </StatusCell>
  )
}

export function RestartsCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const restarts = useEngine((facts) => facts.status?.restarts)
  // Lit until somebody has seen to it: a crash of last week is a fact, not a trouble.
  const isUnseen = useEngine((facts) => facts.restartedAt !== undefined && facts.status?.mode === 'starting')
  return (
    <StatusCell look={isUnseen ? 'hot' : 'calm'} size="wide" isEngineData>
      {text('screen.status.restarts')} <b data-figure>{restarts === undefined ? '–' : printFigure(locale, restarts)}</b>
    </StatusCell>
  )
}
