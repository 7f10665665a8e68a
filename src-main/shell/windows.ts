import { app, BrowserWindow, dialog, type WebPreferences } from 'electron'
import { pageOrigin } from './page-fence.ts'

/** A page that falls over again this soon would only fall over once more. */
const reloadAgainMs = 60_000

/** The windows of the app. None of them trades: they crash, close and come back without the engine noticing. */
export class Windows {
  /** Each with the panel that it shows alone, if it has no desk. */
  readonly #open = new Map<BrowserWindow, string | undefined>()
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

  /** A window with the desk, or with one panel alone. */
  open(panel?: string): BrowserWindow {
    const size = panel === undefined ? { width: 1440, height: 900, minWidth: 390, minHeight: 600 } : { width: 760, height: 560, minWidth: 390, minHeight: 360 }
    const address = addressOf(panel)
    const look = { title: 'Ballast', icon: this.#icon, backgroundColor: '#090a0c', autoHideMenuBar: true }
    const window = new BrowserWindow({ ...size, ...look, show: false, webPreferences: this.#page })
    this.#open.set(window, panel)
    window.once('closed', () => this.#open.delete(window))
    window.once('ready-to-show', () => window.show())
    window.webContents.on('unresponsive', () => console.error('ballast: a window does not respond'))
    recoverFromCrash(window, address)
    load(window, address)
    return window
  }

  /** Brings the first desk to the front: from a panel alone nobody would find the others. */
  show(): void {
    const [window] = [...this.#open].find(([, panel]) => panel === undefined) ?? []
    if (window === undefined) return void this.open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  send(channel: string, value: unknown): void {
    for (const window of this.#open.keys()) window.webContents.send(channel, value)
  }
}

/** What it shows is told in the fragment, which no server sees; only a panel's name can be in it. */
const addressOf = (panel: string | undefined): string => `${pageOrigin}/${panel === undefined ? '' : `#panel=${panel}`}`

function recoverFromCrash(window: BrowserWindow, address: string): void {
  let lastCrashAt = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    console.error(`ballast: the page of a window is gone: ${reason}`)
    const isAgain = performance.now() - lastCrashAt < reloadAgainMs
    lastCrashAt = performance.now()
    if (isAgain) void askWhatNow(window, address)
    else load(window, address)
  })
}

async function askWhatNow(window: BrowserWindow, address: string): Promise<void> {
  const message = 'This window crashed again. The engine is not affected.'
  const buttons = ['Open it again', 'Close it']
  const { response } = await dialog.showMessageBox(window, { type: 'warning', message, buttons, cancelId: 1 })
  if (window.isDestroyed()) return
  if (response === 0) load(window, address)
  else window.destroy()
}

function load(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch((error: unknown) => {
    // A window may be closed while it loads.
    if (!window.isDestroyed()) console.error('ballast: the page could not be loaded:', error)
  })
}
