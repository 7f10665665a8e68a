import type * as Electron from 'electron'
import type { PreloadPorts } from './preload-ports.ts'
import type { WireCodec } from './wire-codec.ts'
import type { FrameToMain, FrameToRenderer } from './wire-frames.ts'

interface IpcRendererEvent {
  readonly sender: unknown
  readonly ports: readonly MessagePort[]
}

export type IpcListener = (event: IpcRendererEvent, ...args: unknown[]) => void

/** The part of Electron's ipcRenderer whose types do not mention ipcRenderer itself; the listeners' half is in `PreloadIpc`. */
type Sending = Pick<Electron.IpcRenderer, 'send' | 'invoke' | 'postMessage'>

export interface PreloadIpc extends Sending {
  on(channel: string, listener: IpcListener): PreloadIpc
  once(channel: string, listener: IpcListener): PreloadIpc
  off(channel: string, listener: IpcListener): PreloadIpc
  addListener(channel: string, listener: IpcListener): PreloadIpc
  removeListener(channel: string, listener: IpcListener): PreloadIpc
  removeAllListeners(channel?: string): PreloadIpc
  listenerCount(channel: string): number
  sendSync(channel: string): never
}

interface Calls {
  invoke(channel: string, args: readonly unknown[]): Promise<unknown>
  settle(frame: FrameToRenderer): void
}

/** Runs in the page as its own source text: it may use nothing from outside itself. */
export function createInvocations(codec: WireCodec, post: (frame: FrameToMain) => void): Calls {
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastCall = 0
  return {
    invoke: (channel, args) =>
      new Promise((resolve, reject) => {
        // Encoding comes first: what cannot be cloned must reject and leave nothing behind.
        const frame: FrameToMain = ['invoke', ++lastCall, channel, codec.encode(args)]
        calls.set(lastCall, { resolve, reject })
        post(frame)
      }),
    settle(frame) {
      if (frame[0] !== 'reply' && frame[0] !== 'failure') return
      const call = calls.get(frame[1])
      calls.delete(frame[1])
      if (frame[0] === 'reply') call?.resolve(codec.decode(frame[2]))
      else call?.reject(new Error(frame[2]))
    },
  }
}

/** Electron's ipcRenderer, and where frames from the main process come in. Runs in the page, beside `createInvocations`. */
export function createIpcRenderer(codec: WireCodec, ports: PreloadPorts, post: (frame: FrameToMain) => void) {
  const listeners = new Map<string, { listener: IpcListener; isOnce: boolean }[]>()
  const invocations = createInvocations(codec, post)
  const listen = (channel: string, listener: IpcListener, isOnce: boolean): PreloadIpc => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, isOnce }])
    return ipcRenderer
  }
  const forget = (channel: string, listener: IpcListener): PreloadIpc => {
    const kept = [...(listeners.get(channel) ?? [])]
    const at = kept.findLastIndex((entry) => entry.listener === listener)
    if (at >= 0) kept.splice(at, 1)
    listeners.set(channel, kept)
    return ipcRenderer
  }
  const ipcRenderer: PreloadIpc = {
    on: (channel, listener) => listen(channel, listener, false),
    once: (channel, listener) => listen(channel, listener, true),
    off: forget,
    addListener: (channel, listener) => listen(channel, listener, false),
    removeListener: forget,
    removeAllListeners(channel) {
      if (channel === undefined) listeners.clear()
      else listeners.delete(channel)
      return ipcRenderer
    },
    listenerCount: (channel) => listeners.get(channel)?.length ?? 0,
    send: (channel, ...args: unknown[]) => post(['send', channel, codec.encode(args), []]),
    invoke: (channel, ...args: unknown[]) => invocations.invoke(channel, args),
    postMessage: (channel, message: unknown, transfer = []) =>
      post(['send', channel, codec.encode([message]), transfer.map((port) => ports.depart(port))]),
    sendSync: (channel) => {
      throw new Error(`the stand-in has no synchronous messages: ${channel}`)
    },
  }
  const receive = (frame: FrameToRenderer): void => {
    if (frame[0] === 'port') return ports.deliver(frame[1], frame[2], frame[3])
    if (frame[0] === 'port-closed') return ports.close(frame[1])
    if (frame[0] !== 'message') return invocations.settle(frame)
    const [, channel, args, portIds] = frame
    const event = { sender: ipcRenderer, ports: portIds.map((id) => ports.arrive(id)) }
    // Arguments are always sent as one list.
    const decoded = codec.decode(args) as unknown[]
    for (const { listener, isOnce } of listeners.get(channel) ?? []) {
      if (isOnce) forget(channel, listener)
      listener(event, ...decoded)
    }
  }
  return { ipcRenderer, receive }
}
