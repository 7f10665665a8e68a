import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { AppPaths, type PathName } from './app-paths.ts'
import { CommandLineSwitches } from './command-line-switches.ts'
import type { AppEvents } from './events.ts'
import { createPreventableEvent } from './preventable-event.ts'
import { Quitting } from './quitting.ts'
import { becomeReady, isReady } from './readiness.ts'
import { type SecondInstance, SingleInstanceLock } from './single-instance-lock.ts'

export interface AppDescription {
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly switches: ReadonlyMap<string, string>
}

type Copied = Pick<
  Electron.App,
  | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'getPath' | 'setPath' | 'getAppPath' | 'getVersion' | 'getName' | 'setName'
  | 'name' | 'isPackaged' | 'setAppUserModelId' | 'enableSandbox' | 'disableHardwareAcceleration' | 'getLocale' | 'focus'
  | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'setAboutPanelOptions'
  | 'isAccessibilitySupportEnabled'
>

/** Electron's app. */
export class App extends EventEmitter<AppEvents> implements Copied {
  readonly isPackaged = false
  readonly quitting = new Quitting(this)
  commandLine = new CommandLineSwitches(new Map())
  name = 'Electron'
  paths = new AppPaths(() => this.name, undefined)
  readonly #ready = Promise.withResolvers<void>()
  #folder = process.cwd()
  #version = '0.0.0'
  #lock: SingleInstanceLock | undefined
  #onWaitedFor: () => void = () => undefined

  /** Says which app this is; before any of its code runs. */
  describe({ folder, name, version, switches }: AppDescription): void {
    this.#folder = folder
    this.#version = version
    this.name = name
    this.commandLine = new CommandLineSwitches(switches)
    this.paths = new AppPaths(() => this.name, switches.get('user-data-dir'))
  }

  /** `listener` hears when somebody waits for the app to be ready. */
  onWaitedFor(listener: () => void): void {
    this.#onWaitedFor = listener
  }

  announceReady(): void {
    if (isReady() || this.quitting.hasBegun) return
    becomeReady()
    this.emit('will-finish-launching')
    this.emit('ready', createPreventableEvent({}), {})
    this.#ready.resolve()
  }

  whenReady(): Promise<void> {
    this.#onWaitedFor()
    return this.#ready.promise
  }

  isReady(): boolean {
    return isReady()
  }

  quit(): void {
    this.quitting.quit()
  }

  exit(code = 0): void {
    this.quitting.exit(code)
  }

  getPath(name: PathName): string {
    return this.paths.get(name)
  }

  setPath(name: string, path: string): void {
    // Electron's type takes any string here and refuses the unknown ones, as `set` does by its switch.
    this.paths.set(name as PathName, path)
  }

  getAppPath(): string {
    return this.#folder
  }

  getVersion(): string {
    return this.#version
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    this.#lock ??= new SingleInstanceLock(this.getPath('userData'))
    const us = { argv: process.argv, workingDirectory: process.cwd(), additionalData: additionalData ?? null }
    return this.#lock.acquire(us, (second) => void this.#ready.promise.then(() => this.#secondInstance(second)))
  }

  #secondInstance({ argv, workingDirectory, additionalData }: SecondInstance): void {
    this.emit('second-instance', createPreventableEvent({}), [...argv], workingDirectory, additionalData)
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.isHeld ?? false
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release()
  }

  getLocale(): string {
    return isReady() ? 'en-US' : ''
  }

  isAccessibilitySupportEnabled(): boolean {
    return false
  }

  // Pages are always sandboxed here.
  enableSandbox(): void {}

  disableHardwareAcceleration(): void {}

  setAppUserModelId(): void {}

  setAboutPanelOptions(): void {}

  focus(): void {}
}

export const app = new App()
