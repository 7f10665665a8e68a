import type * as Electron from 'electron'
import { app } from './app.ts'
import type { BrowserWindow } from './browser-window.ts'

export type MenuRole = NonNullable<Electron.MenuItemConstructorOptions['role']>

interface RoleBehavior {
  readonly label: string
  readonly act?: (window: BrowserWindow | null) => void
}

/** The roles with which a menu of the app does something here. Every other role is accepted and does nothing. */
const behaviors: Partial<Record<MenuRole, RoleBehavior>> = {
  quit: { label: 'Quit', act: () => app.quit() },
  close: { label: 'Close Window', act: (window) => window?.close() },
  minimize: { label: 'Minimize', act: (window) => window?.minimize() },
  reload: { label: 'Reload', act: (window) => window?.reload() },
  forceReload: { label: 'Force Reload', act: (window) => window?.reload() },
  togglefullscreen: { label: 'Toggle Full Screen', act: (window) => window?.setFullScreen(!window.isFullScreen()) },
  about: { label: 'About' },
  undo: { label: 'Undo' },
  redo: { label: 'Redo' },
  cut: { label: 'Cut' },
  copy: { label: 'Copy' },
  paste: { label: 'Paste' },
  selectAll: { label: 'Select All' },
  resetZoom: { label: 'Actual Size' },
  zoomIn: { label: 'Zoom In' },
  zoomOut: { label: 'Zoom Out' },
  toggleDevTools: { label: 'Toggle Developer Tools' },
  fileMenu: { label: 'File' },
  editMenu: { label: 'Edit' },
  viewMenu: { label: 'View' },
  windowMenu: { label: 'Window' },
  help: { label: 'Help' },
}

export function labelOfRole(role: MenuRole | undefined): string {
  if (role === undefined) return ''
  return role === 'appMenu' ? app.name : (behaviors[role]?.label ?? role)
}

/** True when the role acts by itself, and then the item's own click is not called. */
export function performRole(role: MenuRole | undefined, window: BrowserWindow | null): boolean {
  const act = role === undefined ? undefined : behaviors[role]?.act
  act?.(window)
  return act !== undefined
}

/** These bring their own menu, which stays empty here. */
export function hasOwnSubmenu(role: MenuRole | undefined): boolean {
  return role === 'appMenu' || (role?.endsWith('Menu') ?? false)
}
