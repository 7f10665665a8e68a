import type { IDockviewPanelHeaderProps } from 'dockview-react'
import type { ReactNode } from 'react'
import { useText } from '../ui/use-text.ts'
import { panelOf } from './panel-registry.ts'
import './dock-tab.css'

export function DockTab({ api }: IDockviewPanelHeaderProps): ReactNode {
  const text = useText()
  const panel = panelOf(api.id)
  if (panel === undefined) return null
  return (
    <span className="dock-tab">
      {text(panel.title)}
      {/* Written by the style: to a reader the tab's name is the panel's name and nothing else. */}
      {panel.keys !== undefined && <kbd className="dock-tab-keys" aria-hidden="true" data-keys={panel.keys.replace('Shift ', '⇧')} />}
    </span>
  )
}
