import type { WireCodec } from './wire-codec.ts'
import type { FrameToMain, PortId, WireValue } from './wire-frames.ts'

export interface PreloadPorts {
  /** A port that arrived: what comes out of it was posted in the other process. */
  arrive(id: PortId): MessagePort
  /** Sends a port away; the caller's own object is dead afterwards, as after any transfer. */
  depart(port: Transferable): PortId
  deliver(id: PortId, message: WireValue, ports: readonly PortId[]): void
  close(id: PortId): void
}

/**
 * The renderer's end of message ports whose other end lives in another process: real ports of the page, relayed.
 * Runs in the page as its own source text: it may use nothing from outside itself.
 */
export function createPreloadPorts(codec: WireCodec, post: (frame: FrameToMain) => void): PreloadPorts {
  const relayed = new Map<PortId, MessagePort>()
  let departed = 0

  const relay = (id: PortId, port: MessagePort): void => {
    relayed.set(id, port)
    port.addEventListener('message', (event) => post(['port', id, codec.encode(event.data), event.ports.map(depart)]))
    port.addEventListener('close', () => {
      if (relayed.delete(id)) post(['port-closed', id])
    })
    port.start()
  }
  const arrive = (id: PortId): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    relay(id, port1)
    return port2
  }
  const depart = (port: Transferable): PortId => {
    if (!(port instanceof MessagePort)) throw new TypeError('Invalid value for transfer')
    const id = `renderer-${++departed}`
    relay(id, structuredClone(port, { transfer: [port] }))
    return id
  }
  return {
    arrive,
    depart,
    deliver: (id, message, ports) => relayed.get(id)?.postMessage(codec.decode(message), ports.map(arrive)),
    close(id) {
      const port = relayed.get(id)
      relayed.delete(id)
      port?.close()
    },
  }
}
