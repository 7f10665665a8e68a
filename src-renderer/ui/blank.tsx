import type { ReactNode } from 'react'
import './blank.css'

/** A figure that has not come yet, in its true width. Shows itself only after 150 ms, so that a quick answer does not flicker. */
export function Blank({ digits }: { readonly digits: number }): ReactNode {
  return <span className="blank" style={{ width: `${digits}ch` }} aria-hidden="true" />
}
