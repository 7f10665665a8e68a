import type * as Electron from 'electron'
import { workArea } from './screen.ts'

type WindowState = 'normal' | 'minimized' | 'maximized' | 'full-screen'

export interface WindowPlacement extends Pick<Electron.BrowserWindowConstructorOptions, 'x' | 'y' | 'width' | 'height'> {}

/** Where a window is and what it looks like. Without a window manager a window has no frame: its page is all of it. */
export class WindowBounds {
  #state: WindowState = 'normal'
  #normal: Electron.Rectangle
  readonly #onResize: (size: Electron.Size) => void

  constructor({ x, y, width = 800, height = 600 }: WindowPlacement, onResize: (size: Electron.Size) => void) {
    this.#normal = { x: x ?? centered(workArea.width, width), y: y ?? centered(workArea.height, height), width, height }
    this.#onResize = onResize
  }

  get state(): WindowState {
    return this.#state
  }

  get normal(): Electron.Rectangle {
    return { ...this.#normal }
  }

  get current(): Electron.Rectangle {
    return this.#state === 'maximized' || this.#state === 'full-screen' ? { ...workArea } : this.normal
  }

  move(bounds: Partial<Electron.Rectangle>): void {
    this.#change(() => (this.#normal = { ...this.#normal, ...bounds }))
  }

  /** False when the window is in that state already. */
  enter(state: WindowState): boolean {
    if (this.#state === state) return false
    this.#change(() => (this.#state = state))
    return true
  }

  #change(change: () => void): void {
    const before = this.current
    change()
    const { width, height } = this.current
    if (width !== before.width || height !== before.height) this.#onResize({ width, height })
  }
}

function centered(available: number, needed: number): number {
  return Math.max(0, Math.round((available - needed) / 2))
}
