import type { ReactNode } from 'react'
import { useAwayPanels } from '../stores/panel-windows.ts'
import { Button } from '../ui/button.tsx'
import { useText } from '../ui/use-text.ts'
import { panelOf } from './panel-registry.ts'
import { callAllBack } from './panel-window.ts'

/** While panels are in windows of their own: a panel that lay alone leaves no trace on the desk, so the bar says that it is away. */
export function AwayButton(): ReactNode {
  const text = useText()
  const panels = useAwayPanels((facts) => facts.panels)
  if (panels.size === 0) return null
  const names = [...panels].flatMap((id) => panelOf(id) ?? []).map(({ title }) => text(title)).join(', ')
  return (
    <Button size="small" look="ghost" className="away-button" title={names} onClick={() => callAllBack(window)}>
      {text('screen.window.back.all', { count: panels.size })}
    </Button>
  )
}
