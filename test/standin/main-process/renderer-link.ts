import type { PageTarget } from '../chromium/page-target.ts'
import { debug } from '../launch/debugging.ts'
import { createWireCodec } from '../page-worlds/wire-codec.ts'
import type { FrameToMain, FrameToRenderer, PortId, WireValue } from '../page-worlds/wire-frames.ts'
import { PortExchange } from './port-exchange.ts'
import type { PortHalf } from './port-half.ts'

/** What the link does with what the preload sent. */
export interface RendererLinkHandler {
  message(channel: string, args: readonly unknown[], ports: readonly PortHalf[]): void
  invoke(channel: string, args: readonly unknown[]): Promise<unknown>
  preloadError(message: string): void
  title(title: string): void
  window(url: string, name: string, features: string): void
}

const codec = createWireCodec()

/** The messages between the main process and one page's preload world, in the order in which they were sent. */
export class RendererLink {
  readonly #target: PageTarget
  readonly #handler: RendererLinkHandler
  readonly #ports: PortExchange
  #outgoing: FrameToRenderer[] = []
  #isSending = false

  constructor(target: PageTarget, handler: RendererLinkHandler) {
    this.#target = target
    this.#handler = handler
    this.#ports = new PortExchange('main', {
      port: (id, data, ports) => this.#post(['port', id, codec.encode(data), ports]),
      portClosed: (id) => this.#post(['port-closed', id]),
    })
    target.on('frame-from-preload', (text) => this.#receive(JSON.parse(text)))
    target.on('preload-world-gone', () => this.#forgetWorld())
  }

  send(channel: string, args: readonly unknown[], ports: readonly PortHalf[]): void {
    // Encoded now, so that a later change to an argument is not sent and a bad argument throws here.
    const encoded = codec.encode(args)
    this.#post(['message', channel, encoded, ports.map((half) => this.#ports.depart(half))])
  }

  #post(frame: FrameToRenderer): void {
    this.#outgoing.push(frame)
    if (!this.#isSending) void this.#flush()
  }

  /** One call at a time: what is posted meanwhile goes with the next, so a burst costs few calls and keeps its order. */
  async #flush(): Promise<void> {
    this.#isSending = true
    // To the end of the caller's turn, which may post more.
    await Promise.resolve()
    while (this.#outgoing.length > 0) {
      const batch = JSON.stringify(this.#outgoing.splice(0))
      await this.#target.sendToPreload(batch).catch((error: unknown) => debug('message to the preload', error))
    }
    this.#isSending = false
  }

  #receive(frame: FrameToMain): void {
    switch (frame[0]) {
      case 'send':
        return this.#handler.message(frame[1], decodeList(frame[2]), frame[3].map((id) => this.#ports.arrive(id)))
      case 'invoke':
        return void this.#answer(frame[1], frame[2], decodeList(frame[3]))
      case 'port':
        return this.#deliver(frame[1], frame[2], frame[3])
      case 'port-closed':
        return this.#ports.closeOne(frame[1])
      case 'preload-error':
        return this.#handler.preloadError(frame[1])
      case 'title':
        return this.#handler.title(frame[1])
      case 'window-open':
        return this.#handler.window(frame[1], frame[2], frame[3])
    }
  }

  #deliver(id: PortId, message: WireValue, ports: readonly PortId[]): void {
    this.#ports.deliver(id, codec.decode(message), ports)
  }

  async #answer(call: number, channel: string, args: readonly unknown[]): Promise<void> {
    try {
      this.#post(['reply', call, codec.encode(await this.#handler.invoke(channel, args))])
    } catch (error) {
      this.#post(['failure', call, error instanceof Error ? error.message : String(error)])
    }
  }

  #forgetWorld(): void {
    this.#ports.closeAll()
    this.#outgoing = []
  }
}

function decodeList(wire: WireValue): readonly unknown[] {
  // Arguments are always sent as one list.
  return codec.decode(wire) as unknown[]
}
