import type { PageTarget } from '../chromium/page-target.ts'
import { debug } from '../launch/debugging.ts'
import { createPreventableEvent } from './preventable-event.ts'
import type { WebContents } from './web-contents.ts'

interface Awaited {
  readonly loaderId: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Loading of a page's main frame: Electron's navigation events, and the promise of loadURL. */
export class PageNavigation {
  isLoading = false
  readonly #contents: WebContents
  readonly #target: PageTarget
  #awaited: Awaited | undefined
  #lastLoaded: string | undefined

  constructor(contents: WebContents, target: PageTarget) {
    this.#contents = contents
    this.#target = target
    target.on('navigated', (url) => {
      this.isLoading = true
      contents.emit('did-navigate', createPreventableEvent({}), url, 200, 'OK')
    })
    target.on('navigated-in-page', (url) => contents.emit('did-navigate-in-page', createPreventableEvent({}), url, true, 1, 1))
    target.on('dom-ready', () => contents.emit('dom-ready'))
    target.on('loaded', (loaderId) => this.#loaded(loaderId))
    target.on('crashed', () => this.#fail('ERR_FAILED (-2): the renderer is gone'))
    target.on('closed', () => this.#fail('ERR_FAILED (-2): the page is closed'))
  }

  async load(url: string): Promise<void> {
    this.#fail('ERR_ABORTED (-3): another page is loaded')
    this.isLoading = true
    const { loaderId, errorText } = await this.#target.send('Page.navigate', { url })
    if (errorText !== undefined) return this.#refused(url, errorText)
    // A jump within the document loads nothing.
    if (loaderId === undefined || loaderId === this.#lastLoaded) return
    await new Promise<void>((resolve, reject) => (this.#awaited = { loaderId, resolve, reject }))
  }

  reload(): void {
    this.#target.send('Page.reload').catch((error: unknown) => debug('reload', error))
  }

  #loaded(loaderId: string): void {
    // The empty page that every window starts with is not a page that somebody loaded.
    if (this.#target.url === 'about:blank') return
    this.isLoading = false
    this.#lastLoaded = loaderId
    this.#contents.emit('did-finish-load')
    this.#contents.emit('did-stop-loading')
    if (this.#awaited?.loaderId !== loaderId) return
    this.#awaited.resolve()
    this.#awaited = undefined
  }

  #fail(reason: string): void {
    this.#awaited?.reject(new Error(reason))
    this.#awaited = undefined
  }

  #refused(url: string, errorText: string): void {
    this.isLoading = false
    const description = errorText.replace('net::', '')
    this.#contents.emit('did-fail-load', createPreventableEvent({}), -2, description, url, true, 1, 1)
    throw new Error(`${description} (-2) loading '${url}'`)
  }
}
