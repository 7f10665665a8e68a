import { debug } from '../launch/debugging.ts'
import { temporaryHome } from '../launch/temporary-home.ts'
import { ChromiumProcess } from './chromium-process.ts'
import type { DevtoolsSession, EventPayload } from './devtools-types.ts'

export type PausedRequest = EventPayload<'Fetch.requestPaused'>

export interface TargetWatcher {
  crashed(status: string, exitCode: number): void
  destroyed(): void
}

export interface OpenedTarget {
  readonly id: string
  readonly session: DevtoolsSession
}

/** Decides about one request, and tells Chromium what becomes of it. */
export type RequestPolicy = (request: PausedRequest, chromium: Chromium) => Promise<void>

/** The one Chromium behind all windows of this main process. */
export class Chromium {
  readonly #process: ChromiumProcess
  readonly #prepared: Promise<void>
  readonly #watchers = new Map<string, TargetWatcher>()
  /** Windows that pages asked for, closed ones too, whose requests may still come. The app never allows one. */
  readonly #popups = new Set<string>()

  constructor(profile: string, debuggingPort: string, policy: RequestPolicy) {
    this.#process = new ChromiumProcess({ profile, scratch: temporaryHome.folder('scratch'), debuggingPort })
    if (this.#process.pid !== undefined) temporaryHome.entrustChromium(this.#process.pid)
    this.#watchTargets()
    this.browser.on('Fetch.requestPaused', (request) => {
      policy(request, this).catch((error: unknown) => debug(`request ${request.request.url}`, error))
    })
    this.#prepared = this.#prepare()
  }

  get browser(): DevtoolsSession {
    return this.#process.connection.browser
  }

  get gone(): Promise<void> {
    return this.#process.gone
  }

  isPopup(targetId: string): boolean {
    return this.#popups.has(targetId)
  }

  /** A storage of its own, for a partition that is not kept. */
  async createContext(): Promise<string> {
    await this.#prepared
    return (await this.browser.send('Target.createBrowserContext')).browserContextId
  }

  async openTarget(contextId: string | undefined, watcher: TargetWatcher): Promise<OpenedTarget> {
    await this.#prepared
    const place = { url: 'about:blank', newWindow: true, ...(contextId === undefined ? {} : { browserContextId: contextId }) }
    const { targetId } = await this.browser.send('Target.createTarget', place)
    this.#watchers.set(targetId, watcher)
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true })
    return { id: targetId, session: this.#process.connection.session(sessionId) }
  }

  stop(): Promise<void> {
    return this.#process.stop()
  }

  async #prepare(): Promise<void> {
    await Promise.all([
      this.browser.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }] }),
      // On the browser's own session, so that frames, workers and popups are caught as well as pages.
      this.browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.browser.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
    ])
  }

  #watchTargets(): void {
    this.browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId === undefined) return
      this.#popups.add(targetInfo.targetId)
      this.browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch((error: unknown) => debug('popup', error))
    })
    this.browser.on('Target.targetCrashed', ({ targetId, status, errorCode }) => {
      this.#watchers.get(targetId)?.crashed(status, errorCode)
    })
    this.browser.on('Target.targetDestroyed', ({ targetId }) => {
      const watcher = this.#watchers.get(targetId)
      this.#watchers.delete(targetId)
      watcher?.destroyed()
    })
  }
}
