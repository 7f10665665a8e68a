import type { IDockviewPanelProps } from 'dockview-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { PanelFrame } from './panel-frame.tsx'
import { panelOf } from './panel-registry.ts'

/** A panel on the desk, which knows whether another one lies in front of it. */
export function DockPanel({ api }: IDockviewPanelProps): ReactNode {
  const follow = (changed: () => void): (() => void) => {
    const changes = api.onDidVisibilityChange(changed)
    return () => changes.dispose()
  }
  const isVisible = useSyncExternalStore(follow, () => api.isVisible)
  const panel = panelOf(api.id)
  return panel === undefined ? null : <PanelFrame panel={panel} isHidden={!isVisible} />
}
