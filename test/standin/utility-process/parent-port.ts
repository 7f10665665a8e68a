import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { MessagePortMain } from '../main-process/message-port.ts'
import { PortExchange } from '../main-process/port-exchange.ts'
import type { FrameFromUtility, FrameToUtility } from './utility-frames.ts'

interface ParentMessage {
  readonly data: unknown
  readonly ports: readonly MessagePortMain[]
}

/** Electron's process.parentPort: messages wait until somebody listens. */
export class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  readonly #ports = new PortExchange('utility', {
    port: (id, data, ports) => send(['port', id, data, ports]),
    portClosed: (id) => send(['port-closed', id]),
  })
  #waiting: ParentMessage[] = []

  constructor() {
    super()
    process.on('message', (frame) => this.#receive(frame as FrameToUtility))
    // Chromium ends its children when it is gone, at once and without asking them.
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
    this.on('newListener', (name) => {
      if (name === 'message') queueMicrotask(() => this.#deliverWaiting())
    })
  }

  postMessage(message: unknown): void {
    send(['message', message])
  }

  #receive(frame: FrameToUtility): void {
    if (frame[0] === 'port') return this.#ports.deliver(frame[1], frame[2], frame[3])
    if (frame[0] === 'port-closed') return this.#ports.closeOne(frame[1])
    this.#waiting.push({ data: frame[1], ports: frame[2].map((id) => new MessagePortMain(this.#ports.arrive(id))) })
    this.#deliverWaiting()
  }

  #deliverWaiting(): void {
    if (this.listenerCount('message') === 0) return
    for (const message of this.#waiting.splice(0)) this.emit('message', message)
  }
}

function send(frame: FrameFromUtility): void {
  // The main process may be gone, and then we are about to be.
  if (process.connected) process.send?.(frame, undefined, undefined, () => undefined)
}
