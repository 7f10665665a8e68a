import type { ReactNode } from 'react'
import { useIsStale } from '../stores/connection.ts'
import { useEngine } from '../stores/engine-status.ts'

interface StatusCellProps {
  readonly look: 'calm' | 'hot' | 'stopped'
  /** `wide`: left out where there is little room; `desk`: left out on a phone. */
  readonly size?: 'always' | 'wide' | 'desk'
  /** Fades when it is no longer now. */
  readonly isEngineData?: boolean
  readonly children: ReactNode
}

export function StatusCell({ look, size = 'always', isEngineData = false, children }: StatusCellProps): ReactNode {
  const isStale = useIsStale()
  const hasAnything = useEngine((facts) => facts.status !== undefined)
  const isFaded = isEngineData && isStale && hasAnything
  const shown = isFaded ? 'calm stale' : look
  return <div className={`status-cell status-size-${size} status-${shown}`}>{children}</div>
}

/** A figure in room for four digits, so that nothing beside it moves. */
export function FourDigits({ children }: { readonly children: string }): ReactNode {
  return <b className="num four-digits" data-figure>{children}</b>
}
