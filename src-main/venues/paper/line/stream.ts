import type { OrderId, VenueReport } from '../../../domain/index.ts'
import type { StreamBody } from '../../sim/index.ts'
import type { FaultDice } from '../weather/fault-dice.ts'
import type { Timeline } from '../timeline.ts'
import { ownOrder, withOwnId } from './wire.ts'

/**
 * The private stream as an adapter hears it: text frames, a sequence of the venue's, a connection that drops. A gap, a frame that
 * cannot be read or silence for too long are told as a stream that was down; what was missed is for the next epoch to find.
 */
export interface StreamSetup {
  readonly schedule: Timeline
  readonly swarm: FaultDice
  readonly installation: string
  readonly account: string
  readonly now: () => number
  readonly deliver: (report: VenueReport) => void
}

const messageFaults = [
  'message-doubled', 'message-reordered', 'message-lost', 'messages-conflated', 'old-event-again', 'invalid-json', 'unknown-event-type', 'giant-frame', 'last-field-bigint',
  'skewed-event-time', 'event-for-unknown-order', 'sequence-gap',
] as const
const connectionFaults = [
  'close-1000', 'close-1001', 'close-1006', 'close-1008', 'close-1012', 'connect-refused', 'accept-then-silence', 'drop-during-auth', 'auth-rejected', 'listen-key-expired',
  'snapshot-missing', 'snapshot-late', 'public-up-private-down', 'rest-up-stream-down',
] as const
const silenceMs = 20_000

interface Frame {
  readonly sequence: number
  readonly text: string
}

export class PrivateStream {
  readonly #setup: StreamSetup
  readonly #idsByVenueOrder = new Map<string, OrderId>()
  #state: 'up' | 'silent' | 'down' = 'up'
  #isClosed = false
  #expected = 0
  #held: Frame | undefined
  readonly #recent: Frame[] = []

  constructor(setup: StreamSetup) {
    this.#setup = setup
  }

  connect(): void {
    this.#tell({ kind: 'stream-reported', state: 'up' })
  }

  close(): void {
    this.#isClosed = true
  }

  /** The line is dead and is noticed to be. */
  reconnect(): void {
    this.#drop(400)
  }

  /** Once a minute the connection may go. */
  shake(): void {
    const { swarm } = this.#setup
    const fault = swarm.firstOf(connectionFaults)
    if (fault === undefined || this.#state !== 'up') return
    swarm.struck(fault)
    if (fault === 'accept-then-silence') {
      this.#state = 'silent'
      this.#setup.schedule.after(silenceMs, () => this.#drop(1_000))
      return
    }
    const longMs = fault === 'public-up-private-down' || fault === 'rest-up-stream-down' ? 30_000 : fault === 'connect-refused' || fault === 'auth-rejected' ? 12_000 : 3_000
    this.#drop(longMs * (0.2 + swarm.shape(fault)))
  }

  /** Faults are over. */
  heal(): void {
    if (this.#state !== 'up') this.#drop(500)
  }

  frame(sequence: number, body: StreamBody): void {
    if (this.#isClosed) return
    if (this.#state !== 'up') return
    const { swarm } = this.#setup
    const frame = { sequence, text: JSON.stringify(body) }
    const fault = swarm.firstOf(messageFaults)
    if (fault !== undefined) swarm.struck(fault)
    this.#recent.push(frame)
    if (this.#recent.length > 20) this.#recent.shift()
    this.#pass(fault, frame)
  }

  #pass(fault: (typeof messageFaults)[number] | string | undefined, frame: Frame): void {
    const held = this.#held
    this.#held = undefined
    switch (fault) {
      case 'message-doubled': this.#read(frame); this.#read(frame); break
      // Both overtake: the gap that this makes is closed by the next frame, so nothing was lost.
      case 'message-reordered': this.#held = frame; break
      case 'message-lost': case 'sequence-gap': break
      case 'messages-conflated': this.#expected = frame.sequence + 1; break
      case 'old-event-again': this.#read(frame); for (const old of this.#recent.slice(0, 3)) this.#apply(old.text); break
      case 'invalid-json': this.#read({ ...frame, text: frame.text.slice(0, -2) }); break
      case 'unknown-event-type': this.#apply('{"kind":"announcement","text":"a new listing"}'); this.#read(frame); break
      case 'giant-frame': this.#read({ ...frame, text: `${frame.text.slice(0, -1)},"padding":"${'x'.repeat(70_000)}"}` }); break
      case 'last-field-bigint': this.#read({ ...frame, text: `${frame.text.slice(0, -1)},"nonce":9007199254740993}` }); break
      case 'skewed-event-time': this.#read({ ...frame, text: frame.text.replaceAll(/"updatedAt":(\d+)/g, (_all, at: string) => `"updatedAt":${Number(at) - 40}`) }); break
      case 'event-for-unknown-order': this.#apply(strangeFrame); this.#read(frame); break
      default: this.#read(frame)
    }
    if (held !== undefined) this.#apply(held.text)
  }

  #read(frame: Frame): void {
    const hasGap = this.#expected !== 0 && frame.sequence > this.#expected
    this.#expected = Math.max(this.#expected, frame.sequence + 1)
    if (!this.#apply(frame.text) || hasGap) this.#resync()
  }

  /** What was missed is not known here: whoever keeps the books has to ask. */
  #resync(): void {
    this.#tell({ kind: 'stream-reported', state: 'down' })
    this.#tell({ kind: 'stream-reported', state: 'up' })
  }

  #drop(forMs: number): void {
    if (this.#isClosed) return
    this.#state = 'down'
    this.#expected = 0
    this.#held = undefined
    this.#tell({ kind: 'stream-reported', state: 'down' })
    this.#setup.schedule.after(forMs, () => {
      if (this.#isClosed || this.#state === 'up') return
      this.#state = 'up'
      this.#tell({ kind: 'stream-reported', state: 'up' })
    })
  }

  #apply(text: string): boolean {
    const body = readFrame(text)
    if (body === undefined) return false
    const { installation } = this.#setup
    if (body.kind === 'order') {
      const own = ownOrder(body.view.clientId, installation)
      if (own !== undefined) this.#idsByVenueOrder.set(body.view.venueOrder, own)
      this.#tell({ kind: 'order-reported', via: 'stream', view: withOwnId(body.view, installation) })
    }
    if (body.kind === 'trade') {
      const order = body.trade.order ?? this.#idsByVenueOrder.get(body.trade.venueOrder)
      this.#tell({ kind: 'trade-reported', via: 'stream', trade: order === undefined ? body.trade : { ...body.trade, order } })
    }
    if (body.kind === 'posting') this.#tell({ kind: 'posting-reported', posting: body.posting })
    return true
  }

  #tell(report: Told): void {
    if (!this.#isClosed) this.#setup.deliver({ ...report, at: this.#setup.now(), account: this.#setup.account } as VenueReport)
  }
}

type Told = VenueReport extends infer Report ? (Report extends VenueReport ? Omit<Report, 'at' | 'account'> : never) : never

/** A type of event that is not known is passed over, not taken for damage. */
function readFrame(text: string): StreamBody | { readonly kind: 'other' } | undefined {
  try {
    const body = JSON.parse(text) as StreamBody
    return body.kind === 'order' || body.kind === 'trade' || body.kind === 'posting' ? body : { kind: 'other' }
  } catch {
    return undefined
  }
}

/** An old order of some other session, long ended. */
const strangeFrame = JSON.stringify({
  kind: 'order',
  view: { venueOrder: 'V-elsewhere', clientId: 'web_123', instrument: 'BTC/USD', side: 'buy', status: 'canceled', lots: 5, filled: 0, limit: 500_000, updatedAt: 1 },
})
