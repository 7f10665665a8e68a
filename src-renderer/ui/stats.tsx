import type { ReactNode } from 'react'
import './stats.css'

/** Figures beside one another, each under its name. */
export function Stats({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className="stats">{children}</dl>
}

interface StatProps {
  readonly name: string
  readonly children: ReactNode
  readonly look?: 'plain' | 'attn'
}

export function Stat({ name, children, look = 'plain' }: StatProps): ReactNode {
  return (
    <div>
      <dt className="cap">{name}</dt>
      <dd className={look === 'attn' ? 'attn' : ''} data-figure>{children}</dd>
    </div>
  )
}
