/**
 * A two-way line that carries text in order: a MessagePort, a websocket, a pipe to a process, or two ends in one process.
 * Everything above it is the same for all of them.
 */
export interface Port {
  post(text: string, lane?: Lane): void
  onMessage(listener: (text: string) => void): void
  /** Called once; `cause` says why the line went. */
  onClose(listener: (cause: CloseCause) => void): void
  close(cause: CloseCause): void
}

/**
 * Commands keep their order. What is urgent overtakes what still waits, but no command: a halt that overtook an earlier
 * resume would be undone by it.
 */
export type Lane = 'command' | 'urgent'

export type CloseCause =
  /** The one who called close() wanted it so. */
  | 'closed'
  /** The other side went without a word. */
  | 'lost'
  /** The engine behind the line went and is being started again. */
  | 'engine-restarting'
  /** The engine behind the line went and stays down. */
  | 'engine-stopped'
  | 'token-refused'
  | 'rate-limited'
  | 'slow-reader'
  | 'malformed'
  | 'incompatible'

/** Two ends of a line inside one process, delivering in a later microtask as every real line does. */
export function portPair(): readonly [Port, Port] {
  const ends = [newEnd(), newEnd()] as const
  return [facing(ends[0], ends[1]), facing(ends[1], ends[0])]
}

interface End {
  closed: boolean
  messages: ((text: string) => void)[]
  closes: ((cause: CloseCause) => void)[]
  early: string[]
}

const newEnd = (): End => ({ closed: false, messages: [], closes: [], early: [] })

function facing(own: End, other: End): Port {
  return {
    post(text) {
      if (own.closed) return
      void Promise.resolve().then(() => {
        if (other.closed) return
        if (other.messages.length === 0) other.early.push(text)
        else for (const listener of other.messages) listener(text)
      })
    },
    onMessage(listener) {
      own.messages.push(listener)
      for (const text of own.early.splice(0)) listener(text)
    },
    onClose(listener) {
      own.closes.push(listener)
    },
    close(cause) {
      if (own.closed) return
      own.closed = true
      for (const listener of own.closes) listener(cause)
      void Promise.resolve().then(() => {
        if (other.closed) return
        other.closed = true
        for (const listener of other.closes) listener(cause === 'closed' ? 'lost' : cause)
      })
    },
  }
}
