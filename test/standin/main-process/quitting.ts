import type { App } from './app.ts'
import { stopChromium } from './chromium-instance.ts'
import { temporaryHome } from '../launch/temporary-home.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { isReady } from './readiness.ts'
import { allWindows } from './window-registry.ts'

// process.exit becomes app.exit, as in Electron; this is the one that ends the process.
const endProcess = process.exit.bind(process)

/** The ways in which an app ends, in Electron's order of events. */
export class Quitting {
  readonly #app: App
  #isQuitting = false
  #isExiting = false
  #isOver = false
  #exitCode = 0

  constructor(app: App) {
    this.#app = app
  }

  get hasBegun(): boolean {
    return this.#isQuitting
  }

  /** Asks: before-quit, every window's close and will-quit can each say no. */
  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = this.#isAllowed('before-quit')
    if (!this.#isQuitting) return
    if (allWindows.size === 0) this.#quitWithoutWindows()
    else for (const window of [...allWindows]) window.close()
  }

  /** Does not ask. */
  exit(code: number): void {
    this.#isQuitting = true
    this.#isExiting = true
    this.#exitCode = code
    for (const window of [...allWindows]) window.destroy()
    this.#end()
  }

  /** A window refused to close: then the app goes on. */
  cancel(): void {
    if (!this.#isExiting) this.#isQuitting = false
  }

  allWindowsClosed(): void {
    if (this.#isExiting) return
    if (this.#isQuitting) this.#quitWithoutWindows()
    else if (!this.#app.emit('window-all-closed')) this.quit()
  }

  #quitWithoutWindows(): void {
    if (this.#isAllowed('will-quit')) this.#end()
    else this.#isQuitting = false
  }

  #isAllowed(question: 'before-quit' | 'will-quit'): boolean {
    const event = createPreventableEvent({})
    this.#app.emit(question, event)
    return !event.defaultPrevented
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#app.emit('quit', createPreventableEvent({}), this.#exitCode)
    void this.#leave()
  }

  async #leave(): Promise<void> {
    // The rest of the caller's turn still runs, as it does in Electron.
    await new Promise((resolve) => setImmediate(resolve))
    if (isReady()) await stopChromium()
    temporaryHome.remove()
    endProcess(this.#exitCode)
  }
}
