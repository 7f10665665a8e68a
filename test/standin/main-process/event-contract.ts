// Nothing here is ever called. It compiles only while Electron still has every event that the doubles emit, with what they
// emit: Electron's listeners are overloads, which `implements Pick<...>` cannot compare name by name.
import type * as Electron from 'electron'
import type { AppEvents, BrowserWindowEvents, UtilityProcessEvents, WebContentsEvents } from './events.ts'

type Listeners<Events> = {
  readonly [Name in keyof Events]: Events[Name] extends unknown[] ? (...args: Events[Name]) => void : never
}

export function checkAppEvents(app: Electron.App, heard: Listeners<AppEvents>): void {
  app.on('will-finish-launching', heard['will-finish-launching'])
  app.on('ready', heard.ready)
  app.on('second-instance', heard['second-instance'])
  app.on('activate', heard.activate)
  app.on('before-quit', heard['before-quit'])
  app.on('will-quit', heard['will-quit'])
  app.on('quit', heard.quit)
  app.on('window-all-closed', heard['window-all-closed'])
  app.on('web-contents-created', heard['web-contents-created'])
  app.on('browser-window-created', heard['browser-window-created'])
  app.on('browser-window-focus', heard['browser-window-focus'])
  app.on('browser-window-blur', heard['browser-window-blur'])
  app.on('render-process-gone', heard['render-process-gone'])
  app.on('child-process-gone', heard['child-process-gone'])
}

export function checkWebContentsEvents(contents: Electron.WebContents, heard: Listeners<WebContentsEvents>): void {
  contents.on('did-navigate', heard['did-navigate'])
  contents.on('did-navigate-in-page', heard['did-navigate-in-page'])
  contents.on('dom-ready', heard['dom-ready'])
  contents.on('did-finish-load', heard['did-finish-load'])
  contents.on('did-stop-loading', heard['did-stop-loading'])
  contents.on('did-fail-load', heard['did-fail-load'])
  contents.on('will-navigate', heard['will-navigate'])
  contents.on('will-frame-navigate', heard['will-frame-navigate'])
  contents.on('will-redirect', heard['will-redirect'])
  contents.on('page-title-updated', heard['page-title-updated'])
  contents.on('console-message', heard['console-message'])
  contents.on('preload-error', heard['preload-error'])
  contents.on('render-process-gone', heard['render-process-gone'])
  contents.on('destroyed', heard.destroyed)
}

export function checkBrowserWindowEvents(window: Electron.BrowserWindow, heard: Listeners<BrowserWindowEvents>): void {
  window.on('ready-to-show', heard['ready-to-show'])
  window.on('show', heard.show)
  window.on('hide', heard.hide)
  window.on('focus', heard.focus)
  window.on('blur', heard.blur)
  window.on('minimize', heard.minimize)
  window.on('restore', heard.restore)
  window.on('maximize', heard.maximize)
  window.on('unmaximize', heard.unmaximize)
  window.on('enter-full-screen', heard['enter-full-screen'])
  window.on('leave-full-screen', heard['leave-full-screen'])
  window.on('resize', heard.resize)
  window.on('resized', heard.resized)
  window.on('page-title-updated', heard['page-title-updated'])
  window.on('close', heard.close)
  window.on('closed', heard.closed)
}

export function checkUtilityProcessEvents(utility: Electron.UtilityProcess, heard: Listeners<UtilityProcessEvents>): void {
  utility.on('spawn', heard.spawn)
  utility.on('message', heard.message)
  utility.on('exit', heard.exit)
}
