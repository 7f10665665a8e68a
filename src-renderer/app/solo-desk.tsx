import { useEffect, type ReactNode } from 'react'
import { useDesk } from '../stores/desk.ts'
import { focusPanel } from './focus-panel.ts'
import { PanelFrame } from './panel-frame.tsx'
import type { PanelEntry } from './panel-registry.ts'

/** The whole desk of a window that shows one panel. */
export function SoloDesk({ panel }: { readonly panel: PanelEntry }): ReactNode {
  useEffect(() => {
    const focus = (): void => focusPanel(panel.id)
    useDesk.setState({ handle: { onlyPanel: panel.id, focus, showPanel: focus, hasPanel: (id) => id === panel.id, focusNeighbour: focus } })
    focus()
    return () => useDesk.setState({ handle: undefined })
  }, [panel])
  return <PanelFrame panel={panel} />
}
