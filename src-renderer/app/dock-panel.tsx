import type { IDockviewPanelProps } from 'dockview-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { useAwayPanels } from '../stores/panel-windows.ts'
import { AwayPanel } from './away-panel.tsx'
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
  const isElsewhere = useAwayPanels(({ panels }) => panels.has(api.id))
  if (panel === undefined) return null
  return isElsewhere ? <AwayPanel panelId={panel.id} /> : <PanelFrame panel={panel} isHidden={!isVisible} />
}
