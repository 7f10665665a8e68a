import type { ReactNode } from 'react'
import './panel-section.css'

interface PanelSectionProps {
  readonly title: string
  /** At the right end of the head: a figure, or what can be done. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a panel under its own head. */
export function PanelSection({ title, aside, children }: PanelSectionProps): ReactNode {
  return (
    <section className="panel-section">
      <div className="panel-section-head">
        <h3 className="med">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
