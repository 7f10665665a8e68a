/** Where the messages of one half of a channel come out: a port object of this process, or the wire to another one. */
export interface PortReceiver {
  message(data: unknown, ports: readonly PortHalf[]): void
  closed(): void
}

interface Waiting {
  readonly data: unknown
  readonly ports: readonly PortHalf[]
}

/** One end of a message channel, apart from the object that scripts hold: it can be given away and that object cannot. */
export class PortHalf {
  #partner: PortHalf | undefined
  #receiver: PortReceiver | undefined
  #waiting: Waiting[] = []
  #isClosed = false

  static pair(): readonly [PortHalf, PortHalf] {
    const one = new PortHalf()
    const other = new PortHalf()
    one.#partner = other
    other.#partner = one
    return [one, other]
  }

  /** To the other half. */
  post(data: unknown, ports: readonly PortHalf[]): void {
    if (!this.#isClosed && this.#partner !== undefined) this.#partner.#take({ data, ports })
  }

  /** Messages that came before are delivered now. */
  receiveBy(receiver: PortReceiver): void {
    this.#receiver = receiver
    for (const { data, ports } of this.#waiting.splice(0)) receiver.message(data, ports)
    if (this.#isClosed) receiver.closed()
  }

  /** Closes both halves; each receiver hears of it once. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#receiver?.closed()
    this.#partner?.close()
  }

  #take(message: Waiting): void {
    if (this.#isClosed) return
    if (this.#receiver === undefined) this.#waiting.push(message)
    else this.#receiver.message(message.data, message.ports)
  }
}
