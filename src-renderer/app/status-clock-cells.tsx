import { useCallback, type ReactNode } from 'react'
import { clockText, dateText } from '../../src-preload/contract/text/index.ts'
import { printChange, printMilliseconds } from '../format/figure.ts'
import { useIsStale } from '../stores/connection.ts'
import { clockTrouble, engineWallMs, useEngineClock } from '../stores/engine-clock.ts'
import { limits } from '../stores/limits.ts'
import { LiveText } from '../ui/live-text.tsx'
import { useTicked } from '../ui/use-ticked.ts'
import { useLocale, useText } from '../ui/use-text.ts'
import { FourDigits, StatusCell } from './status-cell.tsx'

/** How far the engine's wall clock has moved away from the one that only goes forward. */
export function ClockCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const trouble = useTicked((now) => clockTrouble(useEngineClock.getState(), now))
  const driftMs = useEngineClock((facts) => facts.reading?.driftMs)
  // Before the first reading there is nothing to be late.
  const isSilent = trouble === 'no-reading' && driftMs !== undefined
  const isHot = trouble === 'drift' || isSilent
  const drift = driftMs === undefined ? '–' : `${printChange(locale, driftMs)} ms`
  return (
    <StatusCell look={isHot ? 'hot' : 'calm'} size={isHot ? 'always' : 'desk'} isEngineData>
      {text('screen.status.clock')} <b data-figure>{isSilent ? text('screen.status.no-reading') : drift}</b>
    </StatusCell>
  )
}

export function StallCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const stallMs = useEngineClock((facts) => facts.reading?.stallMs)
  return (
    <StatusCell look={stallMs !== undefined && stallMs > limits.stallMs ? 'hot' : 'calm'} size="wide" isEngineData>
      {text('screen.status.stall')} <FourDigits>{stallMs === undefined ? '–' : printMilliseconds(locale, stallMs)}</FourDigits> ms
    </StatusCell>
  )
}

/** The engine's time: the day that counts is UTC. */
export function TimeCell(): ReactNode {
  const locale = useLocale()
  const isStale = useIsStale()
  const readDay = useCallback((now: number) => printed(now, (wallMs) => dateText(locale, wallMs)), [locale])
  const readTime = useCallback((now: number) => printed(now, clockText), [])
  return (
    <div className={`status-cell status-time ${isStale ? 'stale' : ''}`}>
      <LiveText read={readDay} className="status-size-wide" />
      <b className="mono"><LiveText read={readTime} /></b> UTC
    </div>
  )
}

function printed(now: number, print: (wallMs: number) => string): string {
  const wallMs = engineWallMs(useEngineClock.getState(), now)
  return wallMs === undefined ? '' : print(wallMs)
}
