import type { ReactNode } from 'react'

/** The mark: a hull under its waterline, with the weight low in it. The same drawing as the program's icon. */
export function Mark(): ReactNode {
  return (
    <svg
      className="mark" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5"
      strokeLinejoin="round"
    >
      <path d="M1.5 5.5h17" strokeLinecap="round" />
      <path d="M3.5 5.5c0 5 2.6 8.7 6.5 10.3 3.9-1.6 6.5-5.3 6.5-10.3" />
      <path d="M4.8 10.4h10.4c-1.1 2.6-2.9 4.5-5.2 5.4-2.3-.9-4.1-2.8-5.2-5.4z" fill="currentColor" stroke="none" />
    </svg>
  )
}
