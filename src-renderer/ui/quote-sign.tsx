import type { ReactNode } from 'react'
import type { ShownState } from '../stores/market-state.ts'

/** Each state of a price has a shape of its own, so that it can be told in grey; the word stands beside it. */
const shapes: Readonly<Record<ShownState, ReactNode>> = {
  live: <circle cx="7" cy="7" r="3.25" />,
  stale: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="M7 4v3.2l2.2 1.3" strokeLinecap="round" />
    </>
  ),
  crossed: <path d="M2 4.5c5 0 5 5 10 5M2 9.5c5 0 5-5 10-5M10 2.75l2 1.75-2 1.75M10 7.75l2 1.75-2 1.75" />,
  gap: <path d="M1.5 7h3M9.5 7h3M4.5 4v6M9.5 4v6" strokeLinecap="round" />,
  closed: <path d="M3 6.5h8v5.5H3zM4.75 6.5V4.75a2.25 2.25 0 0 1 4.5 0V6.5" />,
  down: <rect x="2.5" y="2.5" width="9" height="9" fill="currentColor" />,
  paused: <path d="M5 3v8M9 3v8" strokeWidth="2" />,
  'no-line': <path d="M2.5 2.5l9 9M11.5 2.5l-9 9" strokeWidth="2" />,
  waiting: <circle cx="7" cy="7" r="4.25" strokeDasharray="2 2.4" />,
}

const looks: Readonly<Record<ShownState, string>> = {
  live: 'ink-3', stale: 'attn', crossed: 'attn', gap: 'attn', closed: 'ink-3', down: 'danger', paused: 'ink-2', 'no-line': 'danger', waiting: 'ink-3',
}

export const quoteLook = (state: ShownState): string => looks[state]

export function QuoteSign({ state }: { readonly state: ShownState }): ReactNode {
  return <svg className={`mode-shape quote-sign ${looks[state]}`} viewBox="0 0 14 14" aria-hidden="true">{shapes[state]}</svg>
}
