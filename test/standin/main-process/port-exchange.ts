import type { PortId } from '../page-worlds/wire-frames.ts'
import { PortHalf } from './port-half.ts'

/** How an exchange speaks to the process at the other end. */
export interface PortWire {
  port(id: PortId, data: unknown, ports: readonly PortId[]): void
  portClosed(id: PortId): void
}

/** The ports whose other end lives in one other process, by the names that both processes use for them. */
export class PortExchange {
  readonly #wire: PortWire
  readonly #side: string
  readonly #halves = new Map<PortId, PortHalf>()
  #departed = 0

  /** `side` keeps the names given here apart from those given by the other process. */
  constructor(side: string, wire: PortWire) {
    this.#side = side
    this.#wire = wire
  }

  /** Gives the end to the other process. */
  depart(half: PortHalf): PortId {
    const id = `${this.#side}-${++this.#departed}`
    this.#bind(id, half)
    return id
  }

  /** An end that the other process gave to us. */
  arrive(id: PortId): PortHalf {
    const [ours, theirs] = PortHalf.pair()
    this.#bind(id, theirs)
    return ours
  }

  /** Something was posted at the other end. */
  deliver(id: PortId, data: unknown, ports: readonly PortId[]): void {
    this.#halves.get(id)?.post(data, ports.map((each) => this.arrive(each)))
  }

  closeOne(id: PortId): void {
    const half = this.#halves.get(id)
    this.#halves.delete(id)
    half?.close()
  }

  /** The other process is gone, or its document is. */
  closeAll(): void {
    for (const id of [...this.#halves.keys()]) this.closeOne(id)
  }

  #bind(id: PortId, half: PortHalf): void {
    this.#halves.set(id, half)
    half.receiveBy({
      message: (data, ports) => this.#wire.port(id, data, ports.map((each) => this.depart(each))),
      closed: () => {
        if (this.#halves.delete(id)) this.#wire.portClosed(id)
      },
    })
  }
}
