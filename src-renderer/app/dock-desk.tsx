import { DockviewReact, type DockviewApi, type DockviewReadyEvent, type DockviewTheme } from 'dockview-react'
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { keptPlaceOf } from '../stores/kept-text.ts'
import { useDesk } from '../stores/desk.ts'
import { useText, type Text } from '../ui/use-text.ts'
import { createDockHandle } from './dock-handle.ts'
import { DockPanel } from './dock-panel.tsx'
import { DockTab } from './dock-tab.tsx'
import { DockTools } from './dock-tools.tsx'
import { hideAwayGroups } from './hide-away.ts'
import { keepLayout, restoreLayout } from './kept-layout.ts'
import { panels } from './panel-registry.ts'
import type { Workspace } from './workspaces.ts'

const theme: DockviewTheme = {
  name: 'ballast',
  className: 'dockview-theme-ballast',
  gap: 0,
  dndOverlayMounting: 'absolute',
  dndPanelOverlay: 'group',
  dndTabIndicator: 'line',
}

const components = Object.fromEntries(panels.map((panel) => [panel.id, DockPanel]))

/** The desk on a screen that is wide enough: panels side by side, to be dragged, floated and maximised. */
export function DockDesk({ workspace }: { readonly workspace: Workspace }): ReactNode {
  const text = useText()
  const api = useRef<DockviewApi>(undefined)
  const ending = useRef<() => void>(undefined)
  const messages = useMemo(() => messagesIn(text), [text])

  const begin = ({ api: ready }: DockviewReadyEvent): void => {
    const place = keptPlaceOf(() => localStorage)
    api.current = ready
    restoreLayout(ready, workspace, place)
    const endings = [hideAwayGroups(ready), keepLayout(ready, workspace, place)]
    ending.current = () => endings.forEach((end) => end())
    nameGroups(ready, text)
    useDesk.setState({ handle: createDockHandle(ready, workspace) })
  }
  useEffect(() => {
    if (api.current !== undefined) nameGroups(api.current, text)
  }, [text])
  // Before dockview takes itself apart: what is kept then would be an empty desk.
  useLayoutEffect(() => () => {
    ending.current?.()
    useDesk.setState({ handle: undefined })
  }, [])

  return (
    <DockviewReact
      theme={theme}
      components={components}
      defaultTabComponent={DockTab}
      rightHeaderActionsComponent={DockTools}
      messages={messages}
      floatingGroupBounds="boundedWithinViewport"
      onReady={begin}
    />
  )
}

/** dockview names its regions for screen readers by the panels' titles. */
function nameGroups(api: DockviewApi, text: Text): void {
  for (const entry of panels) api.getPanel(entry.id)?.api.setTitle(text(entry.title))
}

const messagesIn = (text: Text) => ({
  groupMaximized: (title: string) => text('screen.dock.maximized', { title }),
  groupRestored: (title: string) => text('screen.dock.restored', { title }),
  groupFloated: (title: string) => text('screen.dock.floated', { title }),
  groupDocked: (title: string) => text('screen.dock.docked', { title }),
  panelOpened: (title: string) => text('screen.dock.opened', { title }),
  panelClosed: (title: string) => text('screen.dock.closed', { title }),
})
