import type { ReactNode } from 'react'
import { useEngine } from '../stores/engine-status.ts'
import { useText } from '../ui/use-text.ts'

/** Whose money moves. The word is always there; hue and pattern only repeat it. */
export function ModeBadge(): ReactNode {
  const text = useText()
  const status = useEngine((facts) => facts.status)
  if (status === undefined) return null
  const kind = text(`screen.kind.${status.profileKind}`)
  return (
    <div className="mode-badge" title={text('screen.mode-badge', { kind, profile: status.profile })}>
      <b>{kind.toUpperCase()}</b>
      <i className="ellipsis">{status.profile}</i>
    </div>
  )
}
