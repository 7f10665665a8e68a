import type { ReactNode } from 'react'

/** Drawn on a 12 px grid with a 1.5 px stroke. */
const paths = {
  check: 'M2.5 6.5l2.5 2.5 4.5-5.5',
  close: 'M3 3l6 6M9 3l-6 6',
  command: 'M2.5 3.5L5 6 2.5 8.5M6.5 8.5h3',
  dock: 'M1.75 2.5h8.5v7h-8.5zM1.75 6.5h8.5',
  down: 'M3 4.5l3 3 3-3',
  float: 'M4.5 1.75h5.75v5.25h-5.75zM2 4.5v5.75h5.75',
  maximize: 'M2 4.5V2h2.5M10 7.5V10H7.5M2 7.5V10h2.5M10 4.5V2H7.5',
  restore: 'M4.5 2v2.5H2M7.5 10V7.5H10M4.5 10V7.5H2M7.5 2v2.5H10',
  arrow: 'M2 6h8M7 3l3 3-3 3',
  window: 'M1.75 3.5h6v6.75h-6zM5 1.75h5.25V7',
  warn: 'M6 1.5l5 9H1zM6 5v2.5M6 9v.2',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 12 12" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
