import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import type { BrowserWindowEvents } from './events.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { WindowBounds } from './window-bounds.ts'

export type FrameOptions = Omit<Electron.BrowserWindowConstructorOptions, 'webPreferences'>

type Copied = Pick<
  Electron.BaseWindow,
  | 'id' | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'isVisible' | 'isFocused' | 'minimize' | 'restore'
  | 'isMinimized' | 'maximize' | 'unmaximize' | 'isMaximized' | 'setFullScreen' | 'isFullScreen' | 'isDestroyed' | 'getBounds'
  | 'getNormalBounds' | 'setBounds' | 'getSize' | 'setSize' | 'getContentSize' | 'setContentSize' | 'getPosition'
  | 'setPosition' | 'center' | 'getTitle' | 'setTitle' | 'removeMenu' | 'setMenuBarVisibility' | 'setAutoHideMenuBar'
  | 'setProgressBar' | 'flashFrame' | 'setBackgroundColor' | 'setAlwaysOnTop' | 'isAlwaysOnTop' | 'moveTop'
  | 'setMinimumSize' | 'setContentProtection'
>

let lastId = 0
/** At most one window has the keyboard. */
const keyboard: { owner: BaseWindow | null } = { owner: null }

/** The frame of a window: what the app believes about it, since nobody draws it. */
export class BaseWindow extends EventEmitter<BrowserWindowEvents> implements Copied {
  readonly id = ++lastId
  protected readonly bounds: WindowBounds
  #title: string
  #isVisible: boolean
  #isDestroyed = false
  #isAlwaysOnTop = false

  constructor(options: FrameOptions) {
    super()
    this.bounds = new WindowBounds(options, ({ width, height }) => this.resized(width, height))
    this.#isVisible = options.show !== false
    this.#title = options.title ?? app.name
    if (this.#isVisible) keyboard.owner = this
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    if (this.#isVisible) return
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    if (!this.#isVisible) return
    this.blur()
    this.#isVisible = false
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  focus(): void {
    if (this.isFocused()) return
    keyboard.owner?.blur()
    keyboard.owner = this
    this.emit('focus')
    app.emit('browser-window-focus', createPreventableEvent({}), this)
  }

  blur(): void {
    if (!this.isFocused()) return
    keyboard.owner = null
    this.emit('blur')
    app.emit('browser-window-blur', createPreventableEvent({}), this)
  }

  isFocused(): boolean {
    return keyboard.owner === this
  }

  minimize(): void {
    if (this.bounds.enter('minimized')) this.emit('minimize')
  }

  restore(): void {
    if (this.bounds.enter('normal')) this.emit('restore')
  }

  isMinimized(): boolean {
    return this.bounds.state === 'minimized'
  }

  maximize(): void {
    if (this.bounds.enter('maximized')) this.emit('maximize')
  }

  unmaximize(): void {
    if (this.isMaximized() && this.bounds.enter('normal')) this.emit('unmaximize')
  }

  isMaximized(): boolean {
    return this.bounds.state === 'maximized'
  }

  setFullScreen(isFullScreen: boolean): void {
    const hasChanged = this.bounds.enter(isFullScreen ? 'full-screen' : 'normal')
    if (hasChanged) this.emit(isFullScreen ? 'enter-full-screen' : 'leave-full-screen')
  }

  isFullScreen(): boolean {
    return this.bounds.state === 'full-screen'
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  getBounds(): Electron.Rectangle {
    return this.bounds.current
  }

  getNormalBounds(): Electron.Rectangle {
    return this.bounds.normal
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds.move(bounds)
  }

  getSize(): number[] {
    return [this.getBounds().width, this.getBounds().height]
  }

  setSize(width: number, height: number): void {
    this.bounds.move({ width, height })
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  setContentSize(width: number, height: number): void {
    this.setSize(width, height)
  }

  getPosition(): number[] {
    return [this.getBounds().x, this.getBounds().y]
  }

  setPosition(x: number, y: number): void {
    this.bounds.move({ x, y })
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  isAlwaysOnTop(): boolean {
    return this.#isAlwaysOnTop
  }

  setAlwaysOnTop(isOnTop: boolean): void {
    this.#isAlwaysOnTop = isOnTop
  }

  // There is no desktop that could show the effect of these.
  center(): void {}

  moveTop(): void {}

  removeMenu(): void {}

  setMenuBarVisibility(): void {}

  setAutoHideMenuBar(): void {}

  setMinimumSize(): void {}

  setProgressBar(): void {}

  flashFrame(): void {}

  setBackgroundColor(): void {}

  setContentProtection(): void {}

  protected resized(_width: number, _height: number): void {
    this.emit('resize')
    this.emit('resized')
  }

  /** False when it is gone already. */
  protected vanish(): boolean {
    if (this.#isDestroyed) return false
    this.#isDestroyed = true
    if (this.isFocused()) keyboard.owner = null
    return true
  }
}
