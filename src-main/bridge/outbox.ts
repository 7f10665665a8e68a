import {
  bridgeError, coalesceMs, unacknowledgedFramesMax, type ServerFrame, type ServerMessage, type StreamEntry,
} from '../../src-preload/contract/index.ts'

/**
 * What waits to leave for one client.
 * Invariants: 1 an answer never waits; 2 of a `latest` stream at most one delta waits, the newest; 3 of an `every` stream
 * nothing is left out: past its bound the stream is ended with bridge.overflow; 4 no more than a window of frames with
 * stream messages is on its way unacknowledged, so a slow reader costs bounded memory.
 */
export interface OutboxParts {
  readonly post: (text: string) => void
  readonly schedule: (action: () => void, delayMs: number) => () => void
  /** The stream was ended here; its source must be let go. */
  readonly onOverflow: (streamId: number) => void
}

type StreamMessage = Extract<ServerMessage, { kind: 'snapshot' | 'delta' | 'ended' }>

/** Keeps one frame small enough to be taken in without a pause that a person would see. */
const messagesPerFrameMax = 1_024

export class Outbox {
  readonly #parts: OutboxParts
  /** Snapshots, ends and deltas of `every` streams, in order. */
  #waiting: StreamMessage[] = []
  /** The one delta that waits of each `latest` stream. Leaves after its snapshot, which is in `#waiting`. */
  readonly #latest = new Map<number, StreamMessage>()
  /** How many deltas of each `every` stream wait. */
  readonly #depth = new Map<number, number>()
  #onTheirWay: number[] = []
  #frame = 0
  #cancelFlush: (() => void) | undefined
  /** Set while whatever comes is gathered, because something has just left. */
  #cancelGathering: (() => void) | undefined

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  answer(message: ServerMessage): void {
    this.#flush()
    this.#send([message])
  }

  stream(entry: StreamEntry, message: StreamMessage): void {
    if (message.kind === 'ended') this.forget(message.id)
    if (message.kind === 'delta' && entry.delivery === 'latest') this.#latest.set(message.id, message)
    else if (message.kind !== 'delta' || this.#hasRoom(entry, message.id)) this.#waiting.push(message)
    else this.#overflow(message.id)
    this.#plan()
  }

  /** Nothing of this stream leaves any more. */
  forget(streamId: number): void {
    this.#waiting = this.#waiting.filter((message) => message.id !== streamId)
    this.#latest.delete(streamId)
    this.#depth.delete(streamId)
  }

  /** Frames are taken in order, so one acknowledgement is for all before it too. */
  acknowledge(frame: number): void {
    this.#onTheirWay = this.#onTheirWay.filter((sent) => sent > frame)
    if (this.#hasWaiting) this.#plan()
  }

  dispose(): void {
    this.#cancelFlush?.()
    this.#cancelGathering?.()
    this.#waiting = []
    this.#latest.clear()
  }

  get #hasWaiting(): boolean {
    return this.#waiting.length > 0 || this.#latest.size > 0
  }

  #hasRoom(entry: StreamEntry, id: number): boolean {
    const depth = (this.#depth.get(id) ?? 0) + 1
    if (depth > entry.bound) return false
    this.#depth.set(id, depth)
    return true
  }

  #overflow(id: number): void {
    this.forget(id)
    this.#parts.onOverflow(id)
    this.#waiting.push({ kind: 'ended', id, error: bridgeError('bridge.overflow') })
  }

  /** The first word leaves with what is said in the same breath; only what follows it closely is gathered. */
  #plan(): void {
    if (this.#cancelGathering !== undefined) return
    this.#cancelFlush ??= this.#parts.schedule(() => {
      this.#cancelFlush = undefined
      this.#flush()
      this.#gather()
    }, 0)
  }

  #gather(): void {
    this.#cancelGathering = this.#parts.schedule(() => {
      this.#cancelGathering = undefined
      // A reader that is behind says itself when there is room again.
      if (!this.#hasWaiting || this.#onTheirWay.length >= unacknowledgedFramesMax) return
      this.#flush()
      this.#gather()
    }, coalesceMs)
  }

  #flush(): void {
    while (this.#onTheirWay.length < unacknowledgedFramesMax) {
      const leaving = this.#waiting.splice(0, messagesPerFrameMax)
      for (const { kind, id } of leaving) if (kind === 'delta') this.#depth.set(id, (this.#depth.get(id) ?? 1) - 1)
      if (this.#waiting.length === 0) {
        leaving.push(...this.#latest.values())
        this.#latest.clear()
      }
      if (leaving.length === 0) return
      this.#send(leaving)
      this.#onTheirWay.push(this.#frame)
    }
  }

  #send(messages: readonly ServerMessage[]): void {
    this.#parts.post(JSON.stringify({ frame: ++this.#frame, messages } satisfies ServerFrame))
  }
}
