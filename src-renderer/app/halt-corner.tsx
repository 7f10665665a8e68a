import { useCallback, type ReactNode } from 'react'
import { ageText, clockText } from '../../src-preload/contract/text/index.ts'
import { useConnection } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'
import { useHalt } from '../stores/halt.ts'
import { FaultBoundary } from '../ui/fault-boundary.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { LiveText } from '../ui/live-text.tsx'
import { loudModeName } from '../ui/mode-name.ts'
import { useScreen } from '../ui/screen-context.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import { HaltNote } from './halt-note.tsx'
import './halt-corner.css'

/** What the corner shows: the plate only while the engine itself says that it has stopped. */
type CornerLook = 'rest' | 'asked' | 'waiting' | 'halted' | 'killing' | 'killed'

function useCornerLook(): CornerLook {
  const asking = useHalt((facts) => facts.asking.kind)
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const isOpen = useConnection((facts) => facts.state === 'open')
  const mode = useEngine((facts) => facts.status?.mode)
  if (isFresh && (mode === 'halted' || mode === 'killing' || mode === 'killed')) return mode
  if (asking === 'asked') return isOpen ? 'asked' : 'waiting'
  return 'rest'
}

/** The way out, in the corner where it always is. Should its drawing fail, a bare button does the same. */
export function HaltCorner(): ReactNode {
  const { halt } = useScreen()
  const bare = <button type="button" className="halt" onClick={() => halt.press('hand')}>Halt</button>
  return <FaultBoundary renderFallback={() => bare}><HaltControls /></FaultBoundary>
}

/** One press, in every state; what was stopped is let go again elsewhere. */
function HaltControls(): ReactNode {
  const text = useText()
  const { halt } = useScreen()
  const look = useCornerLook()
  const isDone = look === 'halted' || look === 'killing' || look === 'killed'
  return (
    <div className="halt-corner">
      <button
        type="button"
        className={`halt halt-${look === 'killing' ? 'killed' : look} focus-inside`}
        aria-disabled={isDone}
        aria-keyshortcuts="Control+Shift+H"
        onClick={() => (isDone ? undefined : halt.press('hand'))}
      >
        {isDone ? <Plate mode={look} /> : <Control look={look} />}
      </button>
      <HaltNote />
      <span className="for-readers-only" role="alert">{isDone ? text(`engine.mode.${look}.name`) : ''}</span>
    </div>
  )
}

function Plate({ mode }: { readonly mode: 'halted' | 'killing' | 'killed' }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const since = useEngine((facts) => facts.status?.since)
  return (
    <span className="halt-words">
      <b>{loudModeName(locale, mode)}</b>
      {since !== undefined && <span>{text('screen.halt.since', { time: clockText(since) })}</span>}
    </span>
  )
}

function Control({ look }: { readonly look: 'rest' | 'asked' | 'waiting' }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const readAge = useCallback(() => {
    const { asking } = useHalt.getState()
    return asking.kind === 'asked' ? ageText(locale, Date.now() - asking.since) : ''
  }, [locale])
  return (
    <>
      <svg className="halt-ring" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="10" />
        <rect x="8.5" y="8.5" width="7" height="7" />
      </svg>
      <span className="halt-words">
        <b>{text(`screen.halt.${look}`)}</b>
        {look === 'rest' ? <KeyHint keys="Ctrl Shift H" /> : <LiveText read={readAge} />}
      </span>
    </>
  )
}
