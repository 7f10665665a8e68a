import type { DockviewApi, SerializedDockview } from 'dockview-react'
import { keep, putAside, readKept, type KeptPlace } from '../stores/kept-text.ts'
import { layoutKey, parseLayout, printLayout } from '../stores/layout.ts'
import { panelIds } from './panel-registry.ts'
import type { Workspace } from './workspaces.ts'

/** A drag moves a sash on every frame; the disk needs to know only where it came to rest. */
const restMs = 250

export const firstLayout = (api: DockviewApi, workspace: Workspace): void => api.fromJSON(workspace.firstLayout)

/** The layout as it was left, else the first one. One that cannot be applied is put aside, not lost. */
export function restoreLayout(api: DockviewApi, workspace: Workspace, place: KeptPlace): void {
  const key = layoutKey(workspace.id)
  const layout = readKept(place, key, (json) => parseLayout(json, panelIds))
  if (layout !== undefined && applyLayout(api, layout)) return
  const text = place.getItem(key)
  if (text !== null) putAside(place, key, text)
  firstLayout(api, workspace)
}

/** False if dockview refuses it, in which case the desk may be left empty. */
export function applyLayout(api: DockviewApi, layout: SerializedDockview): boolean {
  try {
    api.fromJSON(layout)
    return api.totalPanels > 0
  } catch {
    return false
  }
}

/** Keeps the layout whenever it has come to rest. Returns what ends it. */
export function keepLayout(api: DockviewApi, workspace: Workspace, place: KeptPlace): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let kept: string | undefined
  const save = (): void => {
    clearTimeout(timer)
    timer = undefined
    const text = printLayout(api.toJSON())
    if (text !== kept) keep(place, layoutKey(workspace.id), text)
    kept = text
  }
  const plan = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, restMs)
  }
  const changes = api.onDidLayoutChange(plan)
  const leave = (): void => {
    if (timer !== undefined) save()
  }
  addEventListener('pagehide', leave)
  return () => {
    removeEventListener('pagehide', leave)
    changes.dispose()
    leave()
  }
}
