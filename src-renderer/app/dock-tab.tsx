import type { IDockviewPanelHeaderProps } from 'dockview-react'
import type { ReactNode } from 'react'
import { useText } from '../ui/use-text.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { panelOf } from './panel-registry.ts'
import './dock-tab.css'

export function DockTab({ api }: IDockviewPanelHeaderProps): ReactNode {
  const text = useText()
  const panel = panelOf(api.id)
  if (panel === undefined) return null
  return (
    <span className="dock-tab">
      {text(panel.title)}
      {panel.keys !== undefined && <KeyHint keys={panel.keys} />}
    </span>
  )
}
