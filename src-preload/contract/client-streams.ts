import type { StreamEntry } from './entry.ts'
import { bridgeError, bridgeErrorSchema, type BridgeError } from './errors.ts'
import type { ClientMessage, ServerMessage } from './protocol.ts'

export interface StreamListener<Snapshot, Delta> {
  /** The state anew: at first, after each reconnection, and after a gap. */
  snapshot(value: Snapshot): void
  delta(value: Delta): void
  /** Deltas were left out; a new snapshot follows. */
  gap?(): void
  /** The stream is over and is not opened again. */
  ended?(error: BridgeError): void
}

/**
 * The streams that somebody listens to. They are opened anew on every new line and after every gap, so a listener sees
 * snapshot, deltas in order, and nothing in between that it was not told of.
 */
export interface StreamBook {
  add(wish: StreamWish, isOpen: boolean): () => void
  take(message: Extract<ServerMessage, { kind: 'snapshot' | 'delta' | 'ended' }>): void
  openAll(): void
}

export interface StreamWish {
  readonly name: string
  readonly input: Extract<ClientMessage, { kind: 'open' }>['input']
  readonly entry: StreamEntry
  readonly listener: StreamListener<never, never>
}

interface OpenStream {
  readonly wish: StreamWish
  id: number
  /** The number of the last message taken; undefined until the snapshot. */
  seq: number | undefined
}

interface StreamBookParts {
  readonly send: (message: ClientMessage) => void
  readonly nextId: () => number
}

export function createStreamBook(parts: StreamBookParts): StreamBook {
  const streams = new Map<number, OpenStream>()

  const open = (stream: OpenStream): void => {
    streams.delete(stream.id)
    stream.id = parts.nextId()
    stream.seq = undefined
    streams.set(stream.id, stream)
    parts.send({ kind: 'open', id: stream.id, name: stream.wish.name, input: stream.wish.input })
  }

  const openAnew = (stream: OpenStream): void => {
    stream.wish.listener.gap?.()
    parts.send({ kind: 'close', id: stream.id })
    open(stream)
  }

  const end = (stream: OpenStream, error: BridgeError): void => {
    streams.delete(stream.id)
    stream.wish.listener.ended?.(error)
  }

  return {
    add(wish, isOpen) {
      const stream: OpenStream = { wish, id: parts.nextId(), seq: undefined }
      streams.set(stream.id, stream)
      if (isOpen) open(stream)
      return () => {
        if (streams.delete(stream.id)) parts.send({ kind: 'close', id: stream.id })
      }
    },

    take(message) {
      const stream = streams.get(message.id)
      if (stream === undefined) return
      const { entry, listener } = stream.wish
      if (message.kind === 'ended') {
        const error = bridgeErrorSchema.safeParse(message.error).data ?? bridgeError('bridge.malformed-output', { name: stream.wish.name })
        return error.code === 'bridge.overflow' ? openAnew(stream) : end(stream, error)
      }
      const isSnapshot = message.kind === 'snapshot'
      if (!isSnapshot && !followsOn(entry, stream.seq, message.seq)) return openAnew(stream)
      const value = (isSnapshot ? entry.snapshot : entry.delta).safeParse(message.value)
      if (!value.success) {
        parts.send({ kind: 'close', id: stream.id })
        return end(stream, bridgeError('bridge.malformed-output', { name: stream.wish.name }))
      }
      stream.seq = message.seq
      // The schema of this very entry let the value through.
      if (isSnapshot) listener.snapshot(value.data as never)
      else listener.delta(value.data as never)
    },

    openAll() {
      for (const stream of [...streams.values()]) open(stream)
    },
  }
}

/** `every` may leave nothing out; `latest` may skip, but never go back. */
function followsOn(entry: StreamEntry, last: number | undefined, next: number): boolean {
  if (last === undefined) return false
  return entry.delivery === 'every' ? next === last + 1 : next > last
}
