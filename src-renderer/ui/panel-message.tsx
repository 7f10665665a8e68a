import type { ReactNode } from 'react'
import './panel-message.css'

interface PanelMessageProps {
  readonly title: string
  readonly children: ReactNode
}

/** An empty panel: what would be here, and what makes it come. */
export function PanelMessage({ title, children }: PanelMessageProps): ReactNode {
  return (
    <div className="panel-message">
      <p className="strong">{title}</p>
      <p className="ink-2">{children}</p>
    </div>
  )
}
