import { app, globalShortcut, Menu, Tray, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import type { Supervised, ToEngine } from '../supervisor/index.ts'
import type { Windows } from './windows.ts'

type HaltMessage = Extract<ToEngine, { kind: 'halt' }>
/** Halts without any page. */
export type Halt = (actor: HaltMessage['actor'], reason: string) => void

/** Not the page's own Ctrl+Shift+H: a key that is taken from the whole system has to be one that nobody else wants. */
const globalHaltKey = 'CommandOrControl+Alt+Shift+H'

/** The menu, the global key and the signal: like the tray they work while every window hangs. */
export function listenForHalt(windows: Windows, halt: Halt): void {
  const trading: MenuItemConstructorOptions[] = [
    { label: 'Halt trading', accelerator: 'CommandOrControl+Shift+H', click: () => halt('tray', 'halted from the menu') },
    { type: 'separator' },
    { label: 'New window', accelerator: 'CommandOrControl+Shift+N', click: () => void windows.open() },
    { role: 'quit' },
  ]
  const view: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }]
  if (!app.isPackaged) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ label: 'Ballast', submenu: trading }, { role: 'editMenu' }, { label: 'View', submenu: view }]),
  )
  if (process.platform !== 'win32') process.on('SIGUSR2', () => halt('signal', 'signal SIGUSR2'))
  if (globalShortcut.register(globalHaltKey, () => halt('hotkey', 'halted by the global hotkey'))) return
  console.error(`ballast: ${globalHaltKey} belongs to another program; the tray, the menu and the window still halt`)
}

/** The sign in the system's bar. It says how trading stands, told by what it returns, and halts it. */
export function createTray(iconFolder: string, profile: string, windows: Windows, halt: Halt): (state: Supervised) => void {
  const [usual, halted] = process.platform === 'darwin' ? ['trayTemplate', 'trayHaltedTemplate'] : ['tray', 'tray-halted']
  const tray = new Tray(join(iconFolder, `${usual}.png`))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Halt trading', click: () => halt('tray', 'halted from the tray') },
      { label: 'Show window', click: () => windows.show() },
      { type: 'separator' },
      { label: 'Quit', role: 'quit' },
    ]),
  )
  let shown = ''
  return (state) => {
    const stand = state.kind === 'running' ? state.state.mode : `engine ${state.kind}`
    // Told with every beat; the system's bar is not to be painted as often.
    if (stand === shown) return
    shown = stand
    tray.setToolTip(`Ballast ${profile}: ${stand}`)
    tray.setImage(join(iconFolder, `${stand === 'halted' || stand === 'killing' || stand === 'killed' ? halted : usual}.png`))
  }
}
