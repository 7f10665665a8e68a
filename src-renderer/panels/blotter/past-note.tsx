import type { ReactNode } from 'react'
import type { PastFacts } from '../../stores/trading-past.ts'
import { useText } from '../../ui/use-text.ts'

/** How much of the past has come: what is searched and sorted is that, and no more. */
export function PastNote({ facts }: { readonly facts: PastFacts<unknown> }): ReactNode {
  const text = useText()
  const come = facts.rows?.length ?? 0
  if (!facts.isWhole) return <span role="status">{text('screen.blotter.coming', { come, all: facts.count })}</span>
  return come < facts.count ? <span>{text('screen.blotter.kept', { come, all: facts.count })}</span> : null
}
