import type { ReactNode } from 'react'
import type { EngineStatus } from '../../src-preload/contract/index.ts'
import { clockText } from '../../src-preload/contract/text/index.ts'
import { useIsCovered } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'
import { openDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { reasonText } from '../ui/engine-words.ts'
import { ModeShape } from '../ui/mode-shape.tsx'
import { useText } from '../ui/use-text.ts'

/**
 * In every mode but trading: what the engine is not doing, why, and the way back. The way back stands at the left, far
 * from the halt: whoever presses that twice resumes nothing.
 */
export function ModeBand(): ReactNode {
  const text = useText()
  const status = useEngine((facts) => facts.status)
  const isCovered = useIsCovered()
  const restartedAt = useEngine((facts) => facts.restartedAt)
  if (status === undefined || status.mode === 'active') return null
  const isRestarted = status.mode === 'starting' && restartedAt !== undefined
  const lead = isRestarted ? text('screen.band.restarted', { time: clockText(restartedAt) }) : text(`engine.mode.${status.mode}.name`)
  const params = { time: clockText(status.since), actor: text(`screen.actor.${status.actor}`), reason: reasonText(text, status.actor, status.reason) }
  const standing = text('screen.band.since', params)
  return (
    <div className={`band ${bandLook(status, isRestarted)}`}>
      <ModeShape mode={status.mode} />
      <output className="band-words">
        <span className="band-lead">{lead}</span>
        {!isRestarted && <span className="ink-2 ellipsis" title={params.reason}>{standing}</span>}
      </output>
      {status.mode !== 'killing' && status.mode !== 'killed' && !isCovered && <Resume />}
      <span className="ink-2 ellipsis band-means">{text(`engine.mode.${status.mode}.meaning`)}</span>
    </div>
  )
}

function bandLook(status: EngineStatus, isRestarted: boolean): string {
  if (status.mode === 'halted' || status.mode === 'killing' || status.mode === 'killed') return 'band-danger'
  if (isRestarted) return 'band-hatch band-attention'
  return status.mode === 'reducing' ? 'band-attention' : ''
}

function Resume(): ReactNode {
  const text = useText()
  const mayResume = useConnection((facts) => facts.access !== 'read')
  return (
    <>
      <Button look="ghost" keys="R" disabled={!mayResume} onClick={() => openDialog('resume')}>{text('screen.resume')}</Button>
      {!mayResume && <span className="ink-2">{text('screen.resume.not-allowed')}</span>}
    </>
  )
}
