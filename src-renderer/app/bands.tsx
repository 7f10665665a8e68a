import type { ReactNode } from 'react'
import { useConnection, type ConnectionFacts } from '../stores/connection.ts'
import { hasNoWayBack } from '../stores/halt.ts'
import { LineBand } from './line-band.tsx'
import { ModeBand } from './mode-band.tsx'
import { NotKeptBand } from './not-kept-band.tsx'
import './bands.css'

/**
 * Of all that could be said across the screen, the one thing that matters most: without a line, no mode is true. Under it,
 * quietly, that a demo is not kept.
 */
export function Bands(): ReactNode {
  const band = useConnection(bandOf)
  return (
    <div className="bands">
      {band === 'line' && <LineBand />}
      {band === 'mode' && <ModeBand />}
      {band === 'mode' && <NotKeptBand />}
    </div>
  )
}

function bandOf(facts: ConnectionFacts): 'line' | 'mode' | 'none' {
  if (hasNoWayBack(facts.state)) return 'none'
  if (facts.health === 'fresh') return 'mode'
  // Opened just now: the engine's first word is a moment away.
  if (facts.state === 'open' && facts.health === 'down') return 'none'
  return 'line'
}
