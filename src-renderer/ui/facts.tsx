import type { ReactNode } from 'react'
import './facts.css'

/** Names on the left, figures on the right, one line each. */
export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className="facts">{children}</dl>
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
  readonly look?: 'plain' | 'attn'
}

export function Fact({ name, children, look = 'plain' }: FactProps): ReactNode {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className={`num ${look === 'attn' ? 'attn' : ''}`} data-figure>
        {children}
      </dd>
    </div>
  )
}
