import type { DockviewApi, DockviewGroupPanel } from 'dockview-react'
import { useAwayPanels } from '../stores/panel-windows.ts'

/**
 * Gives the room of panels that are in a window of their own to their neighbours, and back when they come back. They keep their
 * place in the layout, and with it in what is kept of it.
 */
export function hideAwayGroups(api: DockviewApi): () => void {
  const arrange = (): void => {
    const { panels } = useAwayPanels.getState()
    const isGone = (group: DockviewGroupPanel): boolean => group.panels.length > 0 && group.panels.every(({ id }) => panels.has(id))
    const docked = api.groups.filter(({ api: { location } }) => location.type === 'grid')
    // An empty desk would have nothing to hold on to: then each says where it is.
    const areAllGone = docked.every(isGone)
    for (const group of docked) {
      const isShown = areAllGone || !isGone(group)
      if (group.api.isVisible !== isShown && !api.hasMaximizedGroup()) group.api.setVisible(isShown)
      const next = group.panels.find(({ id }) => !panels.has(id))
      if (isShown && next !== undefined && panels.has(group.activePanel?.id ?? '')) next.api.setActive()
    }
    leaveHidden(api)
  }
  arrange()
  const stop = useAwayPanels.subscribe(arrange)
  // When a group is made as large as the desk dockview remembers which others were hidden, and leaves these hidden after it. And a
  // panel that was closed may have been the last to be seen.
  const changes = [api.onDidLayoutFromJSON(arrange), api.onDidMaximizedGroupChange(arrange), api.onDidLayoutChange(arrange)]
  return () => {
    stop()
    for (const change of changes) change.dispose()
  }
}

/** What nobody sees must not be what the next command acts on. */
function leaveHidden(api: DockviewApi): void {
  if (api.activeGroup?.api.isVisible !== false) return
  api.groups.find((group) => group.api.isVisible)?.activePanel?.api.setActive()
}
