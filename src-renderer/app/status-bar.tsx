import type { ReactNode } from 'react'
import { useConnection } from '../stores/connection.ts'
import { hasNoWayBack } from '../stores/halt.ts'
import { useSurface } from '../stores/surface.ts'
import { useText } from '../ui/use-text.ts'
import { AlertsCell, BooksCell } from './status-alert-cells.tsx'
import { ClockCell, StallCell, TimeCell } from './status-clock-cells.tsx'
import { ClientsCell, EngineCell, RestartsCell } from './status-engine-cells.tsx'
import { LineCell, RoundTripCell } from './status-line-cells.tsx'
import './status-bar.css'

/** One line of facts. A cell lights only when it is wrong. */
export function StatusBar(): ReactNode {
  const text = useText()
  const notice = useSurface((surface) => surface.notice)
  // A page that never gets a line has nothing to say of an engine.
  const isStranger = useConnection((facts) => hasNoWayBack(facts.state) && !facts.hasBeenOpen)
  return (
    <footer className="status-bar" aria-label={text('screen.status-bar')}>
      <LineCell />
      {!isStranger && <EngineCells />}
      <output className="grow status-notice ellipsis">{notice}</output>
      <div className="status-cell status-size-wide">Ballast <b>{BALLAST_VERSION}</b></div>
      {!isStranger && <TimeCell />}
    </footer>
  )
}

function EngineCells(): ReactNode {
  return (
    <>
      <RoundTripCell />
      <ClockCell />
      <StallCell />
      <EngineCell />
      <AlertsCell />
      <BooksCell />
      <ClientsCell />
      <RestartsCell />
    </>
  )
}
