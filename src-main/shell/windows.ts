import { app, BrowserWindow, dialog, type WebPreferences } from 'electron'
import { pageOrigin } from './page-fence.ts'

/** A page that falls over again this soon would only fall over once more. */
const reloadAgainMs = 60_000

/** The windows of the app. None of them trades: they crash, close and come back without the engine noticing. */
export class Windows {
  readonly #open = new Set<BrowserWindow>()
  readonly #icon: string
  readonly #page: WebPreferences

  constructor(icon: string, page: Required<Pick<WebPreferences, 'session' | 'preload'>>) {
    this.#icon = icon
    const isolation = { sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: !app.isPackaged }
    // A throttled window would come to the front with an old price, and the spelling checker fetches its dictionaries.
    this.#page = { ...page, ...isolation, backgroundThrottling: false, spellcheck: false }
  }

  get count(): number {
    return this.#open.size
  }

  open(): BrowserWindow {
    const size = { width: 1440, height: 900, minWidth: 390, minHeight: 600 }
    const look = { title: 'Ballast', icon: this.#icon, backgroundColor: '#090a0c', autoHideMenuBar: true }
    const window = new BrowserWindow({ ...size, ...look, show: false, webPreferences: this.#page })
    this.#open.add(window)
    window.once('closed', () => this.#open.delete(window))
    window.once('ready-to-show', () => window.show())
    window.webContents.on('unresponsive', () => console.error('ballast: a window does not respond'))
    recoverFromCrash(window)
    load(window)
    return window
  }

  /** Brings the first window to the front. */
  show(): void {
    const [window] = this.#open
    if (window === undefined) return void this.open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  send(channel: string, value: unknown): void {
    for (const window of this.#open) window.webContents.send(channel, value)
  }
}

function recoverFromCrash(window: BrowserWindow): void {
  let lastCrashAt = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    console.error(`ballast: the page of a window is gone: ${reason}`)
    const isAgain = performance.now() - lastCrashAt < reloadAgainMs
    lastCrashAt = performance.now()
    if (isAgain) void askWhatNow(window)
    else load(window)
  })
}

async function askWhatNow(window: BrowserWindow): Promise<void> {
  const message = 'This window crashed again. The engine is not affected.'
  const buttons = ['Open it again', 'Close it']
  const { response } = await dialog.showMessageBox(window, { type: 'warning', message, buttons, cancelId: 1 })
  if (window.isDestroyed()) return
  if (response === 0) load(window)
  else window.destroy()
}

function load(window: BrowserWindow): void {
  window.loadURL(`${pageOrigin}/`).catch((error: unknown) => {
    // A window may be closed while it loads.
    if (!window.isDestroyed()) console.error('ballast: the page could not be loaded:', error)
  })
}
