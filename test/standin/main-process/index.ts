// The face of the stand-in: what `import ... from 'electron'` gives to a main process. A name that is missing here is a name
// that the stand-in does not know, and importing it fails.
import type * as Electron from 'electron'
import { webContents } from './all-web-contents.ts'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { crashReporter } from './crash-reporter.ts'
import { dialog } from './dialog.ts'
import { globalShortcut } from './global-shortcut.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { MessageChannelMain } from './message-port.ts'
import { nativeImage } from './native-image.ts'
import { nativeTheme } from './native-theme.ts'
import { Notification } from './notification.ts'
import { powerMonitor, powerSaveBlocker } from './power.ts'
import { screen } from './screen.ts'
import { protocol, session } from './session.ts'
import { shell } from './shell.ts'
import { Tray } from './tray.ts'
import { utilityProcess } from './utility-process.ts'
import '../control.ts'

const electron = {
  app, BrowserWindow, crashReporter, dialog, globalShortcut, ipcMain, Menu, MenuItem, MessageChannelMain, nativeImage,
  nativeTheme, Notification, powerMonitor, powerSaveBlocker, protocol, screen, session, shell, Tray, utilityProcess, webContents,
} satisfies Partial<Record<keyof typeof Electron, unknown>>

// oxlint-disable-next-line import/no-default-export -- Electron's module has one, and apps import it
export default electron
export {
  app, BrowserWindow, crashReporter, dialog, globalShortcut, ipcMain, Menu, MenuItem, MessageChannelMain, nativeImage,
  nativeTheme, Notification, powerMonitor, powerSaveBlocker, protocol, screen, session, shell, Tray, utilityProcess, webContents,
}
