import { EventEmitter } from 'node:events'
import { debug } from '../launch/debugging.ts'
import {
  pageWorldScript, preloadWorld, preloadWorldScript, type PreloadDescription, receiveFunction, sendBinding,
} from '../page-worlds/page-scripts.ts'
import type { Chromium, OpenedTarget } from './chromium.ts'
import type { CommandName, CommandParameters, CommandResult, EventPayload } from './devtools-types.ts'

export interface PageTargetEvents {
  'navigated': [url: string]
  'navigated-in-page': [url: string]
  'dom-ready': []
  'loaded': [loaderId: string]
  'crashed': [status: string, exitCode: number]
  'closed': []
  'window-open': [request: EventPayload<'Page.windowOpen'>]
  'console': [message: EventPayload<'Runtime.consoleAPICalled'>]
  /** The preload's world is gone, and with it every port in it; there may be a new one already. */
  'preload-world-gone': []
  'frame-from-preload': [text: string]
  'preload-error': [error: Error]
}

export interface PageTargetOptions {
  readonly width: number
  readonly height: number
  readonly preload: PreloadDescription
}

/** One page of Chromium with the two worlds of an Electron page in it. */
export class PageTarget extends EventEmitter<PageTargetEvents> {
  /** Chromium's name of the page, which is also that of its main frame; known once it is open. */
  id = ''
  url = 'about:blank'
  isClosed = false
  isCrashed = false
  readonly #opened: Promise<OpenedTarget>
  #preloadContext: string | undefined
  /** Where the page itself wants to go: what Electron calls renderer-initiated. */
  #wanted: string | undefined

  constructor(chromium: Promise<Chromium>, contextId: Promise<string | undefined>, options: PageTargetOptions) {
    super()
    this.#opened = this.#open(chromium, contextId, options)
    // Every later command fails with the same error; this one handler only keeps it from being reported as unhandled.
    this.#opened.catch((error: unknown) => debug('opening a page', error))
  }

  async send<Name extends CommandName>(method: Name, parameters?: CommandParameters<Name>): Promise<CommandResult<Name>> {
    const { session } = await this.#opened
    return session.send(method, parameters)
  }

  /** Whether the page asked for this navigation of its main frame; the question uses the answer up. */
  takeWanted(url: string): boolean {
    const isWanted = this.#wanted !== undefined && withoutHash(this.#wanted) === withoutHash(url)
    this.#wanted = undefined
    return isWanted
  }

  /** Hands frames to the preload world; without one (no preload, or no document yet) nobody hears them, as in Electron. */
  async sendToPreload(batch: string): Promise<void> {
    if (this.#preloadContext === undefined) return
    await this.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (batch) { globalThis[${JSON.stringify(receiveFunction)}]?.(batch) }`,
      arguments: [{ value: batch }],
      uniqueContextId: this.#preloadContext,
      silent: true,
    })
  }

  async resize(width: number, height: number): Promise<void> {
    const { windowId } = await this.send('Browser.getWindowForTarget')
    await this.send('Browser.setContentsSize', { windowId, width, height })
  }

  async close(): Promise<void> {
    const { id } = await this.#opened
    if (!this.isClosed) await this.send('Target.closeTarget', { targetId: id })
  }

  async #open(
    chromiumStarted: Promise<Chromium>,
    context: Promise<string | undefined>,
    options: PageTargetOptions,
  ): Promise<OpenedTarget> {
    const [chromium, contextId] = await Promise.all([chromiumStarted, context])
    const target = await chromium.openTarget(contextId, {
      crashed: (status, exitCode) => this.#crashed(status, exitCode),
      destroyed: () => this.#destroyed(),
    })
    this.id = target.id
    this.#listen(target)
    await this.#furnish(target, options)
    return target
  }

  async #furnish({ session, id }: OpenedTarget, options: PageTargetOptions): Promise<void> {
    const preload = this.#preloadScript(options.preload)
    const { windowId } = await session.send('Browser.getWindowForTarget', { targetId: id })
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Browser.setContentsSize', { windowId, width: options.width, height: options.height }),
      session.send('Runtime.addBinding', { name: sendBinding, executionContextName: preloadWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript() }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: preloadWorld }),
    ])
  }

  #preloadScript(preload: PreloadDescription): string {
    try {
      return preloadWorldScript(preload)
    } catch (error) {
      this.emit('preload-error', error instanceof Error ? error : new Error(String(error)))
      return preloadWorldScript({ ...preload, path: '' })
    }
  }

  #listen({ session, id }: OpenedTarget): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === preloadWorld && context.auxData?.['frameId'] === id) this.#setPreloadContext(context.uniqueId)
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      if (executionContextUniqueId === this.#preloadContext) this.#setPreloadContext(undefined)
    })
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === sendBinding) this.emit('frame-from-preload', payload)
    })
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (frameId === id && disposition === 'currentTab') this.#wanted = url
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === id) this.#navigated(frame.url)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== id) return
      this.url = url
      this.emit('navigated-in-page', url)
    })
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== id) return
      if (name === 'DOMContentLoaded') this.emit('dom-ready')
      if (name === 'load') this.emit('loaded', loaderId)
    })
    session.on('Page.windowOpen', (request) => this.emit('window-open', request))
    session.on('Runtime.consoleAPICalled', (message) => this.emit('console', message))
  }

  #navigated(url: string): void {
    this.url = url
    this.isCrashed = false
    this.emit('navigated', url)
  }

  #setPreloadContext(uniqueId: string | undefined): void {
    if (this.#preloadContext !== undefined) this.emit('preload-world-gone')
    this.#preloadContext = uniqueId
  }

  #crashed(status: string, exitCode: number): void {
    this.isCrashed = true
    this.#setPreloadContext(undefined)
    this.emit('crashed', status, exitCode)
  }

  #destroyed(): void {
    this.isClosed = true
    this.#setPreloadContext(undefined)
    this.emit('closed')
  }
}

function withoutHash(url: string): string {
  return url.split('#')[0] ?? url
}
