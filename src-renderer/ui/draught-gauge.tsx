import type { ReactNode } from 'react'
import './draught-gauge.css'

interface DraughtGaugeProps {
  /** As shares of the limit. */
  readonly used: number
  /** What would come to it: hatched. */
  readonly added?: number
  readonly warnAt?: number
  readonly label: string
  /** What the gauge says, for those who do not see it. */
  readonly valueText: string
}

/** The scale ends past the limit, so that the limit's line is always inside it. */
const scaleEnd = 1.12

const place = (share: number): string => `${((Math.min(share, scaleEnd) / scaleEnd) * 100).toFixed(2)}%`

/** The house instrument: how deep are we, where is the line. Thin tick: warns; thick line: the limit. */
export function DraughtGauge({ used, added = 0, warnAt = 0.8, label, valueText }: DraughtGaugeProps): ReactNode {
  const whole = used + added
  const depth = whole > 1 ? 'over' : whole >= warnAt ? 'near' : 'calm'
  return (
    <div className={`draught draught-${depth}`}>
      <meter className="for-readers-only" aria-label={label} max={scaleEnd} high={warnAt} value={Math.min(whole, scaleEnd)}>
        {valueText}
      </meter>
      <i className="draught-track" />
      <i className="draught-used" style={{ width: place(used) }} />
      {added > 0 && <i className="draught-added" style={{ left: place(used), width: `calc(${place(whole)} - ${place(used)})` }} />}
      <i className="draught-warn" style={{ left: place(warnAt) }} />
      <i className="draught-limit" style={{ left: `calc(${place(1)} - 1px)` }} />
    </div>
  )
}
