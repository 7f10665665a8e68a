import type { CloseCause, Port } from '../../src-preload/contract/index.ts'
import type { FromEngine, ToEngine } from './link-messages.ts'

/** The engine's end of the link to whoever started it. */
export interface ParentLink {
  send(message: FromEngine): void
  onMessage(listener: (message: ToEngine, ports: readonly ProcessPort[]) => void): void
  /** The parent is gone: nobody supervises this process any more. */
  onGone(listener: () => void): void
}

/** A MessagePort as Electron gives it to a process. */
export interface ProcessPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** Electron's parentPort, which Node's types do not know. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ProcessPort[] }) => void): unknown
}

export function parentLink(): ParentLink {
  const parentPort = (process as { parentPort?: ElectronParentPort }).parentPort
  return parentPort === undefined ? nodeLink() : electronLink(parentPort)
}

function electronLink(parentPort: ElectronParentPort): ParentLink {
  return {
    send: (message) => parentPort.postMessage(message),
    // The parent is our own main process: what it sends is a ToEngine.
    onMessage: (listener) => void parentPort.on('message', ({ data, ports }) => listener(data as ToEngine, ports)),
    // Electron ends a utility process together with its parent.
    onGone: () => undefined,
  }
}

function nodeLink(): ParentLink {
  return {
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToEngine, [])),
    onGone: (listener) => void process.on('disconnect', listener),
  }
}

/** A line over one of Electron's ports; every message on it is text. */
export function portOfProcess(processPort: ProcessPort): Port {
  const closes: ((cause: CloseCause) => void)[] = []
  let isClosed = false
  const finish = (cause: CloseCause): void => {
    if (isClosed) return
    isClosed = true
    for (const listener of closes) listener(cause)
  }
  processPort.on('close', () => finish('lost'))
  return {
    post: (text) => {
      if (!isClosed) processPort.postMessage(text)
    },
    onMessage(listener) {
      processPort.on('message', ({ data }) => (typeof data === 'string' ? listener(data) : undefined))
      processPort.start()
    },
    onClose: (listener) => void closes.push(listener),
    close(cause) {
      finish(cause)
      processPort.close()
    },
  }
}
