import type { ReactNode } from 'react'
import { callBack } from '../stores/panel-windows.ts'
import { Button } from '../ui/button.tsx'
import { PanelMessage } from '../ui/panel-message.tsx'
import { useText } from '../ui/use-text.ts'
import { panelWindowMeans } from './panel-window.ts'

/** In the place of a panel that is shown in a window of its own. */
export function AwayPanel({ panelId }: { readonly panelId: string }): ReactNode {
  const text = useText()
  return (
    <PanelMessage title={text('screen.window.away')}>
      <Button look="ghost" onClick={() => callBack(panelWindowMeans(window), panelId)}>{text('screen.window.back')}</Button>
    </PanelMessage>
  )
}
