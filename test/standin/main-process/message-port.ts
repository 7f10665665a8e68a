import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { PortHalf } from './port-half.ts'

interface PortEvents {
  message: [event: { readonly data: unknown; readonly ports: readonly MessagePortMain[] }]
  close: []
}

/** Electron's MessagePortMain; the same class serves the utility process. */
export class MessagePortMain extends EventEmitter<PortEvents> implements Pick<Electron.MessagePortMain, 'start' | 'close'> {
  #half: PortHalf | undefined
  #isStarted = false

  constructor(half: PortHalf) {
    super()
    this.#half = half
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#half?.post(structuredClone(message), departing(transfer))
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#half?.receiveBy({
      // Never while the sender is still inside its own postMessage.
      message: (data, halves) => {
        const ports = halves.map((half) => new MessagePortMain(half))
        queueMicrotask(() => this.emit('message', { data, ports }))
      },
      closed: () => queueMicrotask(() => this.emit('close')),
    })
  }

  close(): void {
    this.#half?.close()
  }

  /** Takes the channel's end out of this object, which is dead from then on. */
  depart(): PortHalf {
    const half = this.#half
    if (half === undefined) throw new TypeError('Port at index 0 is already neutered')
    this.#half = undefined
    return half
  }
}

export function departing(ports: readonly MessagePortMain[]): readonly PortHalf[] {
  return ports.map((port) => port.depart())
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const [one, other] = PortHalf.pair()
    this.port1 = new MessagePortMain(one)
    this.port2 = new MessagePortMain(other)
  }
}
