import type { DockviewApi, FloatingGroupOptions, IDockviewPanel } from 'dockview-react'
import type { DeskHandle, LayoutHandle } from '../stores/desk.ts'
import { jsonOf } from '../stores/kept-text.ts'
import { parseLayout, printLayout } from '../stores/layout.ts'
import { isAway } from '../stores/panel-windows.ts'
import { usePreferences } from '../stores/preferences.ts'
import { textIn } from '../ui/use-text.ts'
import { focusPanel } from './focus-panel.ts'
import { applyLayout, firstLayout } from './kept-layout.ts'
import { sayAway } from './panel-window.ts'
import { chartIds, panelIds, panelOf } from './panel-registry.ts'
import type { Workspace } from './workspaces.ts'

/** The desk's panels in the hands of the commands. */
export function createDockHandle(api: DockviewApi, workspace: Workspace): DeskHandle {
  const showPanel = (id: string): void => {
    if (isAway(id)) return sayAway()
    const panel = api.getPanel(id) ?? addBeside(api, id)
    panel.api.setActive()
    focusPanel(id)
  }
  return {
    showPanel,
    hasPanel: (id) => api.getPanel(id) !== undefined,
    focus: () => focusPanel(api.activePanel?.id ?? ''),
    focusNeighbour(step) {
      const { activeGroup } = api
      const groups = api.groups.filter((group) => group.api.isVisible)
      const at = activeGroup === undefined ? -1 : groups.indexOf(activeGroup)
      const next = groups[(at + step + groups.length) % groups.length]?.activePanel
      if (next !== undefined) showPanel(next.id)
    },
    layout: createLayoutHandle(api, workspace, showPanel),
  }
}

/** What a workspace does not hold comes where its notes are, so that nothing large is covered by it. */
function addBeside(api: DockviewApi, id: string): IDockviewPanel {
  const beside = placesOfNotes.find((note) => api.getPanel(note) !== undefined)
  return api.addPanel({ id, component: id, title: titleOf(id), ...(beside === undefined ? {} : { position: { referencePanel: beside } }) })
}

/** What dockview says of it to screen readers. */
function titleOf(id: string): string {
  const panel = panelOf(id)
  return panel === undefined ? id : textIn(usePreferences.getState().language)(panel.title)
}

const placesOfNotes: readonly string[] = ['activity', 'health', 'alerts', 'engine']

/** The panel that a command acts on: never one that is looked at in another window. */
function panelAtHand({ activePanel }: DockviewApi): IDockviewPanel | undefined {
  if (activePanel === undefined || !isAway(activePanel.id)) return activePanel
  sayAway()
  return undefined
}

function createLayoutHandle(api: DockviewApi, workspace: Workspace, showPanel: (id: string) => void): LayoutHandle {
  return {
    toggleMaximized() {
      if (api.hasMaximizedGroup()) return api.exitMaximizedGroup()
      const panel = panelAtHand(api)
      if (panel !== undefined && panel.api.location.type === 'grid') api.maximizeGroup(panel)
    },
    toggleFloating() {
      const group = panelAtHand(api)?.group
      if (group === undefined) return
      if (group.api.location.type === 'floating') group.api.moveTo({ position: 'right' })
      else api.addFloatingGroup(group, floatingPlace(api))
    },
    movePanel(direction) {
      const panel = panelAtHand(api)
      if (panel === undefined) return
      panel.api.moveTo({ group: api.addGroup({ direction: absoluteDirection[direction] }) })
      focusPanel(panel.id)
    },
    closePanel() {
      const panel = panelAtHand(api)
      if (panel === undefined || api.totalPanels === 1) return
      api.removePanel(panel)
      focusPanel(api.activePanel?.id ?? '')
    },
    activePanel: () => api.activePanel?.id,
    addChart() {
      const free = chartIds.find((id) => api.getPanel(id) === undefined)
      if (free === undefined) return false
      const beside = api.activePanel?.id
      const isByChart = beside !== undefined && chartIds.includes(beside)
      api.addPanel({ id: free, component: free, title: titleOf(free), ...(isByChart ? { position: { referencePanel: beside, direction: 'right' } } : {}) })
      showPanel(free)
      return true
    },
    reset: () => firstLayout(api, workspace),
    export: () => printLayout(api.toJSON()),
    import(text) {
      const layout = parseLayout(jsonOf(text), panelIds)
      if (layout === undefined) return false
      const before = api.toJSON()
      if (applyLayout(api, layout)) return true
      if (!applyLayout(api, before)) firstLayout(api, workspace)
      return false
    },
  }
}

const absoluteDirection = { left: 'left', right: 'right', top: 'above', bottom: 'below' } as const

/** A third of the desk, off its middle, so that what lies under it is still seen. */
function floatingPlace(api: DockviewApi): Required<Pick<FloatingGroupOptions, 'x' | 'y' | 'width' | 'height'>> {
  const width = Math.max(360, Math.round(api.width / 3))
  const height = Math.max(280, Math.round(api.height / 2))
  return { width, height, x: Math.round((api.width - width) / 2), y: Math.round((api.height - height) / 3) }
}
