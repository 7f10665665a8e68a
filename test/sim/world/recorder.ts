import type { OrderId, VenueRequest } from '../../../src-main/domain/index.ts'
import { TraceHash } from '../../../src-main/rehearsal/index.ts'
import type { SimEvent, SimInput } from '../checkers/index.ts'

/** Input that says nothing by itself and comes all the time. */
const quietKinds: ReadonlySet<string> = new Set(['quote-seen', 'last-seen', 'mark-seen', 'time-passed'])

type Requests = readonly { readonly kind: string }[]

/** Writes down what happens: as a hash, as counts, and as a text for who wants to read it. */
export class Recorder {
  readonly trace: string[] = []
  readonly intents = new Set<OrderId>()
  readonly unknown = new Set<OrderId>()
  sends = 0
  fills = 0
  crashes = 0
  steps = 0
  appends = 0
  readonly #hash = new TraceHash()
  readonly #traceMax: number | undefined

  constructor(traceMax: number | undefined) {
    this.#traceMax = traceMax
  }

  get digest(): string {
    return this.#hash.digest
  }

  get marks(): readonly string[] {
    return this.#hash.marks
  }

  /** Nothing followed from something that comes all the time. */
  isQuiet(input: SimInput, events: readonly SimEvent[], requests: Requests): boolean {
    return events.length === 0 && requests.length === 0 && quietKinds.has(input.kind)
  }

  step(input: SimInput, events: readonly SimEvent[], requests: Requests, at: number): void {
    if (events.length > 0 || requests.length > 0 || input.kind !== 'quote-seen') this.#hash.add('in', input)
    for (const event of events) this.#event(event)
    for (const request of requests) this.#hash.add('request', request)
    if (this.#traceMax !== undefined && !this.isQuiet(input, events, requests)) this.#write(input, events, requests, at)
  }

  left(request: VenueRequest, at: number): void {
    this.#hash.add('left', request)
    if (request.kind === 'send-order') this.sends += 1
    this.note(() => `    left +${at} ${request.kind} ${'order' in request ? request.order : ''}`)
  }

  note(line: () => string): void {
    if (this.#traceMax !== undefined) this.trace.push(line())
  }

  #event(event: SimEvent): void {
    this.#hash.add('event', event)
    if (event.kind === 'order-intended') this.intents.add(event.order)
    if (event.kind === 'order-filled') this.fills += 1
    if (event.kind === 'order-unknown') this.unknown.add(event.order)
  }

  #write(input: SimInput, events: readonly SimEvent[], requests: Requests, at: number): void {
    this.trace.push(`${this.steps} +${at} in ${JSON.stringify(input).slice(0, 1_500)}`)
    for (const event of events) this.trace.push(`    event ${JSON.stringify(event)}`)
    for (const request of requests) this.trace.push(`    request ${JSON.stringify(request)}`)
    const most = this.#traceMax ?? 0
    if (this.trace.length > most) this.trace.splice(0, this.trace.length - most)
  }
}
