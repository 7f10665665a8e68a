import type { ReactNode } from 'react'
import type { EngineMode } from '../../src-preload/contract/index.ts'

const triangle = 'M2.2 3.8h9.6L7 11.8z'

/** Each mode has a shape of its own, so that it can be told in grey: only then comes the word, and last the colour. */
const shapes: Readonly<Record<EngineMode, ReactNode>> = {
  starting: <circle cx="7" cy="7" r="5.25" strokeDasharray="3 2.5" />,
  active: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <circle cx="7" cy="7" r="2.25" fill="currentColor" stroke="none" />
    </>
  ),
  reducing: <path d={triangle} />,
  halted: <rect x="2.25" y="2.25" width="9.5" height="9.5" fill="currentColor" />,
  killing: <rect x="1.75" y="1.75" width="10.5" height="10.5" strokeDasharray="3 2.5" />,
  killed: (
    <>
      <rect x="1.75" y="1.75" width="10.5" height="10.5" />
      <path d="M4.5 4.5l5 5M9.5 4.5l-5 5" />
    </>
  ),
}

export function ModeShape({ mode }: { readonly mode: EngineMode }): ReactNode {
  return (
    <svg className={`mode-shape mode-shape-${mode}`} viewBox="0 0 14 14" aria-hidden="true">
      {shapes[mode]}
    </svg>
  )
}
