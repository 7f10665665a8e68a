import type * as Electron from 'electron'
import { pathToFileURL } from 'node:url'
import { debug } from '../launch/debugging.ts'
import { app } from './app.ts'
import { BaseWindow, type FrameOptions } from './base-window.ts'
import { createPreventableEvent, type PreventableEvent } from './preventable-event.ts'
import { ensureReady } from './readiness.ts'
import { WebContents, type WebPreferences } from './web-contents.ts'
import { allWindows, focusedWindow } from './window-registry.ts'

export type BrowserWindowOptions = FrameOptions & { readonly webPreferences?: WebPreferences }

type Copied = Pick<Electron.BrowserWindow, 'loadURL' | 'loadFile' | 'reload' | 'close' | 'destroy'>

/** Electron's BrowserWindow: a frame, and a page of Chromium that fills it. */
export class BrowserWindow extends BaseWindow implements Copied {
  readonly webContents: WebContents

  static getAllWindows(): readonly BrowserWindow[] {
    return [...allWindows]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focusedWindow()
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...allWindows].find((window) => window.webContents === contents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return [...allWindows].find((window) => window.id === id) ?? null
  }

  constructor(options: BrowserWindowOptions = {}) {
    ensureReady('Cannot create BrowserWindow')
    super(options)
    allWindows.add(this)
    this.webContents = new WebContents({ ...this.bounds.current, webPreferences: options.webPreferences ?? {} })
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.on('page-title-updated', (event, title) => this.#pageTitled(event, title))
    this.webContents.once('destroyed', () => this.#gone())
    app.emit('browser-window-created', createPreventableEvent({}), this)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadURL(pathToFileURL(path).href)
  }

  reload(): void {
    this.webContents.reload()
  }

  close(): void {
    if (this.isDestroyed()) return
    const event = createPreventableEvent({})
    this.emit('close', event)
    if (event.defaultPrevented) app.quitting.cancel()
    else this.webContents.close()
  }

  destroy(): void {
    this.webContents.close()
    this.#gone()
  }

  protected override resized(width: number, height: number): void {
    this.webContents.target.resize(width, height).catch((error: unknown) => debug('resizing a window', error))
    super.resized(width, height)
  }

  #pageTitled(event: PreventableEvent, title: string): void {
    this.emit('page-title-updated', event, title, true)
    if (!event.defaultPrevented) this.setTitle(title)
  }

  #gone(): void {
    if (!this.vanish()) return
    allWindows.delete(this)
    this.emit('closed')
    if (allWindows.size === 0) app.quitting.allWindowsClosed()
  }
}
