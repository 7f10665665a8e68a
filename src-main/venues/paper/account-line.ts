import type { VenueReport, VenueRequest } from '../../domain/index.ts'
import type { ExchangeOutput, SimExchange } from '../sim/index.ts'
import { PrivateStream } from './line/stream.ts'
import { Transport } from './line/transport.ts'
import type { Timeline } from './timeline.ts'
import type { VenueMoments } from './weather/venue-moments.ts'
import type { Weather } from './weather/weather.ts'

export interface AccountLineParts {
  readonly account: string
  readonly installation: string
  readonly exchange: Pick<SimExchange, 'receive'>
  readonly timeline: Timeline
  readonly weather: Weather
  readonly moments: VenueMoments
  /** This machine's clock minus the venue's, measured at every call. */
  readonly clockOffset: () => number
  readonly deliver: (report: VenueReport) => void
}

/** A round is worth as much as its weakest part: on a bad line six questions would seldom all be answered at once. */
const questionTries = 3
const questionDeadlineMs = 2_000

/** One engine's line to one account: requests there and back, and the private stream. It ends with the engine that holds it. */
export class AccountLine {
  readonly #transport: Transport
  readonly #stream: PrivateStream

  constructor(parts: AccountLineParts) {
    const { account, installation, exchange, timeline, weather, moments, clockOffset, deliver } = parts
    this.#transport = new Transport({
      exchange, schedule: timeline, swarm: weather, installation, clockOffset, knownOffset: clockOffset, deliver,
      // The house's venue has no keys; the line looks for one in all that it passes on, so it must be something that nobody writes.
      secret: `no key of ${account}`,
      questions: { tries: questionTries, deadlineMs: questionDeadlineMs },
      heard: () => undefined, gate: (call) => moments.gateAnswer(call), isDown: () => moments.isRestDown,
    })
    this.#stream = new PrivateStream({ schedule: timeline, swarm: weather, installation, account, now: () => this.#transport.now(), deliver })
  }

  connect(): void {
    this.#stream.connect()
  }

  send(request: VenueRequest): void {
    this.#transport.send(request)
  }

  take(output: Exclude<ExchangeOutput, { kind: 'market' }>): void {
    if (output.kind === 'stream') this.#stream.frame(output.sequence, output.body)
    else this.#transport.answered(output.ticket, output.answer)
  }

  shake(): void {
    this.#stream.shake()
  }

  close(): void {
    this.#transport.close()
    this.#stream.close()
  }
}
