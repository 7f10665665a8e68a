import type * as Electron from 'electron'
import type { SameArguments } from '../same-arguments.ts'
import { createBridgeEnd } from './bridge-end.ts'
import { createIpcRenderer } from './ipc-renderer.ts'
import { createPreloadPorts } from './preload-ports.ts'
import { createPreloadRequire } from './preload-require.ts'
import { watchTitle } from './watch-title.ts'
import { createWireCodec } from './wire-codec.ts'
import type { FrameToMain, FrameToRenderer } from './wire-frames.ts'

export interface PreloadOptions {
  readonly preloadEvent: string
  readonly pageEvent: string
  readonly sendBinding: string
  readonly receiveFunction: string
  /** What the preload finds in `process`. */
  readonly process: Readonly<Record<string, unknown>>
}

export type PreloadCode = (
  require: (id: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
  setImmediate: (callback: () => void) => number,
  clearImmediate: (id: number) => void,
) => void

/** Sets up the preload world and runs the preload in it. Runs in the page, beside all the functions it imports. */
export function startPreload(options: PreloadOptions, preload: PreloadCode): void {
  // Electron runs the preload in the main frame only, unless nodeIntegrationInSubFrames.
  if (window !== window.top) return
  // The DevTools protocol put this function here, and into this world alone.
  const send = Reflect.get(globalThis, options.sendBinding) as (text: string) => void
  const post = (frame: FrameToMain): void => send(JSON.stringify(frame))

  const codec = createWireCodec()
  const { ipcRenderer, receive } = createIpcRenderer(codec, createPreloadPorts(codec, post), post)
  Object.defineProperty(globalThis, options.receiveFunction, {
    value: (batch: string) => (JSON.parse(batch) as FrameToRenderer[]).forEach(receive),
  })
  const bridge = createBridgeEnd(options.preloadEvent, options.pageEvent, (...window) => post(['window-open', ...window]))
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => bridge.expose(name, api),
    } satisfies SameArguments<Electron.ContextBridge, 'exposeInMainWorld'>,
    crashReporter: {},
    webFrame: {},
    webUtils: {},
  }
  watchTitle((title) => post(['title', title]))
  const module = { exports: {} }
  const immediately = (callback: () => void): number => window.setTimeout(callback, 0)
  try {
    preload(createPreloadRequire(electron), module, module.exports, options.process, immediately, (id) => clearTimeout(id))
  } catch (error) {
    post(['preload-error', error instanceof Error ? (error.stack ?? error.message) : String(error)])
  }
}
