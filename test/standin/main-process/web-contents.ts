import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { chromium } from './chromium-instance.ts'
import { PageTarget } from '../chromium/page-target.ts'
import { debug } from '../launch/debugging.ts'
import { app } from './app.ts'
import type { WebContentsEvents } from './events.ts'
import { type IpcEvent, type IpcInvokeEvent, ipcMain } from './ipc-main.ts'
import { departing, MessagePortMain } from './message-port.ts'
import { PageNavigation } from './page-navigation.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { RendererLink } from './renderer-link.ts'
import { type Session, session } from './session.ts'
import { allWebContents } from './web-contents-registry.ts'
import { WebFrame } from './web-frame.ts'

export type WebPreferences = Omit<Electron.WebPreferences, 'session'> & { readonly session?: Session }
export type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse

export interface WebContentsOptions {
  readonly width: number
  readonly height: number
  readonly webPreferences: WebPreferences
}

type Copied = Pick<
  Electron.WebContents,
  | 'id' | 'send' | 'loadURL' | 'reload' | 'getURL' | 'getTitle' | 'isDestroyed' | 'isCrashed' | 'isLoading' | 'close'
  | 'executeJavaScript' | 'forcefullyCrashRenderer' | 'setWindowOpenHandler' | 'openDevTools' | 'closeDevTools'
  | 'isDevToolsOpened' | 'setZoomFactor' | 'getZoomFactor' | 'setBackgroundThrottling' | 'focus'
>

let lastId = 0

/** Electron's WebContents over one page of Chromium. */
export class WebContents extends EventEmitter<WebContentsEvents> implements Copied {
  readonly id = ++lastId
  readonly session: Session
  readonly mainFrame: WebFrame
  readonly target: PageTarget
  readonly #link: RendererLink
  readonly #navigation: PageNavigation
  #title = ''
  #zoomFactor = 1
  #decideOnWindow: WindowOpenHandler = () => ({ action: 'allow' })

  constructor({ width, height, webPreferences }: WebContentsOptions) {
    super()
    refuseWhatIsNotSandboxed(webPreferences)
    this.session = webPreferences.session ?? session.fromPartition(webPreferences.partition ?? '')
    const { preload = '', additionalArguments = [] } = webPreferences
    this.target = new PageTarget(chromium(), this.session.contextId(), {
      width,
      height,
      preload: { path: preload, argv: additionalArguments },
    })
    this.mainFrame = new WebFrame(this)
    this.#navigation = new PageNavigation(this, this.target)
    this.#link = new RendererLink(this.target, {
      message: (channel, args, halves) => {
        const ports = halves.map((half) => new MessagePortMain(half))
        ipcMain.emit(channel, this.#messageEvent(ports), ...args)
      },
      invoke: (channel, args) => ipcMain.invoke(this.#invokeEvent(), channel, args),
      preloadError: (message) => this.#preloadFailed(preload, new Error(message)),
      title: (title) => this.#titled(title),
      window: (url, name, features) => this.#windowWanted(url, name, features),
    })
    this.#watch(preload)
    allWebContents.add(this)
    app.emit('web-contents-created', createPreventableEvent({}), this)
  }

  send(channel: string, ...args: unknown[]): void {
    this.#link.send(channel, args, [])
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#link.send(channel, [message], departing(transfer))
  }

  loadURL(url: string): Promise<void> {
    return this.#navigation.load(url)
  }

  reload(): void {
    this.#navigation.reload()
  }

  getURL(): string {
    return this.target.url
  }

  getTitle(): string {
    return this.#title
  }

  isLoading(): boolean {
    return this.#navigation.isLoading
  }

  isDestroyed(): boolean {
    return this.target.isClosed
  }

  isCrashed(): boolean {
    return this.target.isCrashed
  }

  close(): void {
    this.target.close().catch((error: unknown) => debug('closing a page', error))
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.target.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  forcefullyCrashRenderer(): void {
    // The page is gone before it can answer.
    this.target.send('Page.crash').catch(() => undefined)
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#decideOnWindow = handler
  }

  openDevTools(): void {}

  closeDevTools(): void {}

  isDevToolsOpened(): boolean {
    return false
  }

  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor
  }

  getZoomFactor(): number {
    return this.#zoomFactor
  }

  setBackgroundThrottling(): void {}

  focus(): void {}

  #invokeEvent(): IpcInvokeEvent {
    const { processId, routingId } = this.mainFrame
    return { sender: this, senderFrame: this.mainFrame, processId, frameId: routingId, type: 'frame' }
  }

  #messageEvent(ports: readonly MessagePortMain[]): IpcEvent {
    return { ...this.#invokeEvent(), ports, reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args) }
  }

  #watch(preload: string): void {
    this.target.on('preload-error', (error) => this.#preloadFailed(preload, error))
    this.target.on('window-open', ({ url, windowName, windowFeatures }) => {
      this.#windowWanted(url, windowName, windowFeatures.join(','))
    })
    this.target.on('console', ({ type, args }) => {
      const message = args.map((each) => String(each.value ?? each.description ?? '')).join(' ')
      const level = type === 'log' ? 'info' : type
      this.emit('console-message', { level, message, lineNumber: 0, sourceId: '', frame: this.mainFrame })
    })
    this.target.on('crashed', (status, exitCode) => {
      const details = { reason: toReason(status), exitCode }
      app.emit('render-process-gone', createPreventableEvent({}), this, details)
      this.emit('render-process-gone', createPreventableEvent({}), details)
    })
    this.target.on('closed', () => {
      allWebContents.delete(this)
      this.emit('destroyed')
    })
  }

  #titled(title: string): void {
    this.#title = title
    this.emit('page-title-updated', createPreventableEvent({}), title, true)
  }

  #preloadFailed(path: string, error: Error): void {
    console.error(`Unable to load preload script: ${path}\n${error.stack ?? error.message}`)
    this.emit('preload-error', createPreventableEvent({}), path, error)
  }

  #windowWanted(url: string, frameName: string, features: string): void {
    const referrer = { url: this.getURL(), policy: 'strict-origin-when-cross-origin' } as const
    const decision = this.#decideOnWindow({ url, frameName, features, disposition: 'new-window', referrer })
    if (decision.action === 'allow') console.error(`the stand-in opens no window for a page: denied ${url}, which the app allows`)
  }
}

/** Chromium's word for how a renderer ended, as Electron passes it on. */
function toReason(status: string): Electron.RenderProcessGoneDetails['reason'] {
  if (status === 'killed' || status === 'oom') return status
  return 'crashed'
}

/** These settings would change what the page may do, and the stand-in cannot do it: better to stop than to test another app. */
function refuseWhatIsNotSandboxed(preferences: WebPreferences): void {
  const { nodeIntegration, contextIsolation, sandbox, webviewTag, webSecurity } = preferences
  const isSafe = !nodeIntegration && contextIsolation !== false && sandbox !== false && !webviewTag && webSecurity !== false
  if (!isSafe) throw new Error('the stand-in knows sandboxed, isolated pages only')
}
