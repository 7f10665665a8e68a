import type { ReactNode } from 'react'

/** Each state has a shape of its own, so that it can be told in grey; the word stands beside it. */
export type Sign = 'well' | 'unwell' | 'unknown' | 'off' | 'note' | 'warning' | 'critical'

const shapes: Readonly<Record<Sign, ReactNode>> = {
  well: <circle cx="7" cy="7" r="4.25" />,
  unwell: <rect x="2.5" y="2.5" width="9" height="9" fill="currentColor" />,
  unknown: (
    <>
      <path d="M7 1.25L12.75 7 7 12.75 1.25 7z" />
      <path d="M5.7 5.9c0-1.7 2.6-1.7 2.6 0 0 1-1.3 1.1-1.3 2M7 9.6v.2" strokeWidth="1.2" strokeLinecap="round" />
    </>
  ),
  off: <circle cx="7" cy="7" r="4.25" strokeDasharray="2 2.4" />,
  note: (
    <>
      <circle cx="7" cy="7" r="5.5" />
      <path d="M7 6.5v3.2M7 4.2v.2" strokeLinecap="round" />
    </>
  ),
  warning: (
    <>
      <path d="M7 1.75l5.75 10.5H1.25z" />
      <path d="M7 5.75v3M7 10.4v.2" strokeLinecap="round" />
    </>
  ),
  critical: (
    <>
      <path d="M4.6 1.25h4.8l3.35 3.35v4.8L9.4 12.75H4.6L1.25 9.4V4.6z" fill="currentColor" />
      <path d="M7 3.9v3.6M7 9.9v.2" stroke="var(--bg-1)" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
}

/** Which of them ask for something. */
const looks: Readonly<Record<Sign, string>> = {
  well: 'ink-3', unwell: 'danger', unknown: 'attn', off: 'ink-3', note: 'ink-2', warning: 'attn', critical: 'danger',
}

export function StateSign({ sign }: { readonly sign: Sign }): ReactNode {
  return <svg className={`mode-shape state-sign ${looks[sign]}`} viewBox="0 0 14 14" aria-hidden="true">{shapes[sign]}</svg>
}

export const signLook = (sign: Sign): string => looks[sign]
