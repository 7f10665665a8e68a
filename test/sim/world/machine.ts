import type { ModeState, VenueReport, VenueRequest } from '../../../src-main/domain/index.ts'
import { TradingEngine } from '../../../src-main/engine/index.ts'
import type { EngineSetup } from '../../../src-main/engine/index.ts'
import { Disk, JournalModel } from '../../../src-main/rehearsal/index.ts'
import type { SimExchange } from '../../../src-main/venues/sim/index.ts'
import { PrivateStream, Transport } from '../../../src-main/venues/paper/index.ts'
import type { Schedule, Swarm, TransportSetup } from '../../../src-main/venues/paper/index.ts'
import type { SimEvent, SimInput } from '../checkers/index.ts'
import { Outbox } from './outbox.ts'

/**
 * One run of the program, from its start to its end or its crash: the engine, its journal, its requests and its lines to the venue.
 * When it is dropped, everything that it held in memory is gone.
 */
export interface MachineSetup {
  readonly engine: EngineSetup
  readonly schedule: Schedule
  readonly swarm: Swarm
  readonly exchange: SimExchange
  readonly account: string
  readonly secret: string
  readonly clockOffset: () => number
  readonly knownOffset: () => number
  readonly gate: TransportSetup['gate']
  readonly isDown: () => boolean
  readonly keepLatch: (state: ModeState | undefined) => void
  /** Told of each thing that happened, for the checkers and the trace. */
  readonly stepped: (input: SimInput, events: readonly SimEvent[], requests: readonly { readonly kind: string }[]) => void
  readonly left: (request: VenueRequest, waitedMs: number) => void
  readonly heard: TransportSetup['heard']
  readonly written: (count: number) => void
  readonly flushed: () => void
  readonly journalFailed: () => void
}

export class Machine {
  readonly engine: TradingEngine
  readonly disk: Disk<SimEvent>
  readonly transport: Transport
  readonly stream: PrivateStream
  readonly outbox: Outbox
  readonly #setup: MachineSetup
  readonly #inbox: SimInput[] = []
  #stalledUntil = 0
  #asleepUntil = 0
  #isGone = false

  constructor(setup: MachineSetup, bodies: readonly string[]) {
    this.#setup = setup
    const { schedule, swarm, account, exchange, secret, clockOffset, knownOffset, gate, isDown } = setup
    this.engine = new TradingEngine(setup.engine)
    for (const body of bodies) this.engine.replay(JSON.parse(body) as SimEvent)
    this.disk = new Disk(JournalModel.continuing<SimEvent>(bodies), {
      schedule, swarm,
      flushed: () => {
        setup.flushed()
        if (!this.#isGone) this.outbox.release()
      },
      troubled: (trouble) => {
        this.hear({ kind: 'journal-in-trouble', at: this.now(), trouble, detail: 'the disk does not do as it should' })
        if (trouble === 'failed') setup.journalFailed()
      },
      well: () => this.hear({ kind: 'journal-well', at: this.now() }),
    })
    this.transport = new Transport({
      exchange, schedule, swarm, secret, clockOffset, knownOffset, gate, isDown, installation: setup.engine.installation, deliver: (report: VenueReport) => this.hear(report),
      heard: setup.heard,
    })
    this.outbox = new Outbox({
      schedule,
      durableSequence: () => this.disk.journal.durableSequence,
      sendEpoch: () => this.engine.sendEpoch,
      leave: (request, waitedMs) => {
        setup.left(request, waitedMs)
        if (!this.#isGone) this.transport.send(request)
      },
      stay: (request) => this.#stayed(request),
    })
    this.stream = new PrivateStream({
      schedule, swarm, account, installation: setup.engine.installation, now: () => this.now(), deliver: (report) => this.hear(report),
    })
  }

  now(): number {
    return Math.floor(this.#setup.schedule.now) + this.#setup.clockOffset()
  }

  get isGone(): boolean {
    return this.#isGone
  }

  get stalledUntil(): number {
    return this.#stalledUntil
  }

  get isStalled(): boolean {
    return this.#setup.schedule.now < this.#stalledUntil
  }

  /** The loop stands still for so long; what arrives waits. */
  stall(forMs: number): void {
    this.#stalledUntil = Math.max(this.#stalledUntil, this.#setup.schedule.now + forMs)
    this.#setup.schedule.at(this.#stalledUntil, () => this.#drain())
  }

  /** The machine sleeps: its lines are dead, so what is sent to it meanwhile is lost. */
  sleep(forMs: number): void {
    // Put to sleep while it sleeps, it wakes no sooner: else its loop would find hours of ticks that no sleeping machine counts.
    this.#asleepUntil = Math.max(this.#asleepUntil, this.#setup.schedule.now + forMs)
    this.#stalledUntil = Math.max(this.#stalledUntil, this.#asleepUntil)
    this.#setup.schedule.at(this.#stalledUntil, () => this.#drain())
  }

  hear(input: SimInput): void {
    if (this.#isGone) return
    if (this.#setup.schedule.now < this.#asleepUntil) return this.#missed(input)
    if (this.isStalled || this.#inbox.length > 0) this.#inbox.push(input)
    else this.#process(input)
  }

  /** The end of this process; what it wrote stays on the disk. */
  drop(): void {
    this.#isGone = true
    this.disk.close()
    this.outbox.close()
    this.transport.close()
    this.stream.close()
  }

  /** What the lines bring is lost; that the clock is another is seen as soon as the machine is awake. */
  #missed(input: SimInput): void {
    if (input.kind === 'clock-jumped') this.#setup.schedule.at(this.#asleepUntil, () => this.hear({ ...input, at: this.now() }))
  }

  #drain(): void {
    if (this.isStalled) return
    const waiting = this.#inbox.splice(0)
    for (const input of waiting) if (!this.#isGone) this.#process(input)
  }

  #process(input: SimInput): void {
    const { events, requests } = this.engine.process(input)
    this.#setup.stepped(input, events, requests)
    if (events.length > 0) {
      this.disk.write(events)
      this.#setup.written(events.length)
    }
    for (const request of requests) {
      if (this.#isGone) return
      if (request.kind === 'keep-latch') this.#setup.keepLatch(request.state)
      else if (request.kind === 'drop-latch') this.#setup.keepLatch(undefined)
      else this.outbox.take(request)
    }
  }

  #stayed(request: Extract<VenueRequest, { kind: 'send-order' | 'send-amend' }>): void {
    const told = { at: this.now(), account: request.account, order: request.order }
    if (request.kind === 'send-order') this.hear({ kind: 'send-not-sent', ...told, proof: 'overtaken by a halt' })
    else this.hear({ kind: 'amend-reported', ...told, amendment: request.amendment, outcome: 'not-sent', detail: 'overtaken by a halt' })
  }
}
