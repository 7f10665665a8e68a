import type { ReactNode } from 'react'

/** The key that does the same, beside the thing that it does it to. */
export function KeyHint({ keys }: { readonly keys: string }): ReactNode {
  return <kbd aria-hidden="true">{keys}</kbd>
}
