import type { SerializedDockview } from 'dockview-react'
import { isRecord } from './kept-text.ts'

export const layoutKey = (workspace: string): string => `ballast.layout.${workspace}`
const version = 1

export const printLayout = (layout: SerializedDockview): string => JSON.stringify({ version, layout })

/**
 * A layout is a file that a person may have edited or got from another version. It is taken only if every panel in it is
 * one of ours and stands in exactly one place; whatever dockview still trips over is caught where it is applied.
 */
export function parseLayout(json: unknown, knownPanels: readonly string[]): SerializedDockview | undefined {
  if (!isRecord(json) || json['version'] !== version || !isRecord(json['layout'])) return undefined
  const { grid, panels, floatingGroups = [], activeGroup } = json['layout']
  if (!isRecord(grid) || !isRecord(grid['root']) || !isRecord(panels) || !Array.isArray(floatingGroups)) return undefined
  if (!isSize(grid['width']) || !isSize(grid['height'])) return undefined
  const shown = [...viewsOf(grid['root']), ...floatingGroups.flatMap(viewsOfFloating)]
  const isSound =
    shown.length > 0 &&
    new Set(shown).size === shown.length &&
    shown.length === Object.keys(panels).length &&
    shown.every((id) => knownPanels.includes(id) && isPanel(panels[id], id))
  if (!isSound) return undefined
  // Checked above as far as we rely on it; dockview checks the rest, and throws.
  const layout = { grid, panels, floatingGroups } as unknown as SerializedDockview
  return typeof activeGroup === 'string' ? { ...layout, activeGroup } : layout
}

const isSize = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0

const isPanel = (panel: unknown, id: string): boolean => isRecord(panel) && panel['id'] === id && panel['contentComponent'] === id

/** The panels of a branch or leaf; an empty text, which is no panel's name, where the shape is not dockview's. */
function viewsOf(node: unknown): readonly string[] {
  if (!isRecord(node)) return ['']
  if (node['type'] === 'branch') return Array.isArray(node['data']) ? node['data'].flatMap(viewsOf) : ['']
  return viewsOfGroup(node['data'])
}

function viewsOfGroup(group: unknown): readonly string[] {
  if (!isRecord(group) || !Array.isArray(group['views'])) return ['']
  return group['views'].map((view: unknown) => (typeof view === 'string' ? view : ''))
}

function viewsOfFloating(floating: unknown): readonly string[] {
  if (!isRecord(floating)) return ['']
  return isRecord(floating['grid']) ? viewsOf(floating['grid']['root']) : viewsOfGroup(floating['data'])
}
