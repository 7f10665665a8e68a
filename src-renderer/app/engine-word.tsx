import { useCallback, type ReactNode } from 'react'
import { ageText } from '../../src-preload/contract/text/index.ts'
import { useIsStale } from '../stores/connection.ts'
import { engineWallMs, useEngineClock } from '../stores/engine-clock.ts'
import { useEngine } from '../stores/engine-status.ts'
import { LiveText } from '../ui/live-text.tsx'
import { ModeShape } from '../ui/mode-shape.tsx'
import { useLocale, useText } from '../ui/use-text.ts'

/** The engine's mode in a word, and for how long; where it is only the last known, it says so. */
export function EngineWord(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const isStale = useIsStale()
  const status = useEngine((facts) => facts.status)
  const since = status?.since
  const readAge = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      return wallMs === undefined || since === undefined ? '' : ageText(locale, wallMs - since)
    },
    [since, locale],
  )
  if (status === undefined) return null
  return (
    <div className={`engine-word ${isStale ? 'stale' : ''}`}>
      <span className="cap">
        {isStale ? text('screen.engine-word.last-known') : <>{text('screen.engine-word')} <LiveText read={readAge} /></>}
      </span>
      <output className={`engine-word-mode engine-word-${status.mode}`}>
        <ModeShape mode={status.mode} />
        {text(`engine.mode.${status.mode}.name`)}
      </output>
    </div>
  )
}
