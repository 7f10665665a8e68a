import { BrowserWindow } from 'electron'
import { join } from 'node:path'

export const origin = 'https://localhost'

/** Opens one window of the app, which stays on its page and comes back when its renderer is gone. */
export function openWindow(pages, seen) {
  const window = new BrowserWindow({
    width: 1100,
    height: 700,
    show: false,
    webPreferences: { session: pages, preload: join(import.meta.dirname, 'preload.cjs'), additionalArguments: ['--from-main'] },
  })
  const contents = window.webContents
  contents.setWindowOpenHandler(({ url }) => {
    seen.push(['window-open', url])
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => {
    if (new URL(event.url).origin === origin) return
    seen.push(['will-navigate', event.url])
    event.preventDefault()
  })
  contents.on('render-process-gone', () => contents.reload())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${origin}/`)
}
