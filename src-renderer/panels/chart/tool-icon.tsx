import type { ReactNode } from 'react'

/** Drawn on a 14 px grid with a 1.25 px stroke. */
const paths = {
  pointer: 'M3 2l8 5-3.6.8L5.6 11.5z',
  trend: 'M2.5 11.5l9-9M1.5 12.5h.1M12.5 1.5h.1',
  level: 'M1.5 7h11M4 5.5v3',
  rectangle: 'M2 3.5h10v7H2z',
  fib: 'M1.5 2.5h11M1.5 6h11M1.5 8.5h11M1.5 11.5h11',
  measure: 'M2 12V5M2 12h10M12 12V9.5M5 9l6-6M8 3h3v3',
  text: 'M3 3h8M7 3v8.5',
  alert: 'M2.5 10.5h9L10.2 9V6.2a3.2 3.2 0 0 0-6.4 0V9zM6 12.3h2',
  undo: 'M4.5 3L2 5.5 4.5 8M2 5.5h6a3.2 3.2 0 0 1 0 6.4H5',
  delete: 'M2.5 4h9M5.5 4V2.5h3V4M4 4l.6 8h4.8L10 4',
  replay: 'M3 4.5A5 5 0 1 1 2 8M3 1.8v3h3',
  play: 'M4 2.5l7.5 4.5L4 11.5z',
  pause: 'M4.5 2.5v9M9.5 2.5v9',
  step: 'M3.5 2.5L9 7l-5.5 4.5zM11 2.5v9',
  picture: 'M1.8 4.2h2.6l1-1.7h3.2l1 1.7h2.6v7.3H1.8zM7 5.8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  studies: 'M1.5 9.5c2-6 3.5-6 5.5-2.5s3.5 2 5.5-3.5',
} as const

export type ToolIconName = keyof typeof paths

export function ToolIcon({ name }: { readonly name: ToolIconName }): ReactNode {
  return (
    <svg className="tool-icon" viewBox="0 0 14 14" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
