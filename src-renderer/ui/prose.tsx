import { Fragment, type ReactNode } from 'react'

/** A sentence of the catalogue, with what stands between backticks as what a person types into a terminal. */
export function Prose({ children }: { readonly children: string }): ReactNode {
  return children.split('`').map((part, nth) => (nth % 2 === 1 ? <code key={nth} className="mono">{part}</code> : <Fragment key={nth}>{part}</Fragment>))
}
