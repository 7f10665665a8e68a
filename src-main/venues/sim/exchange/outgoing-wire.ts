import type { Random } from '../../../base/index.ts'
import type { MarketReport } from '../../../domain/index.ts'
import { drawDelay } from './drawn-laws.ts'
import { DueQueue } from './due-queue.ts'
import type { ExchangeAnswer, ExchangeCall, ExchangeOutput, StreamBody } from './exchange-call.ts'
import type { VenueBehaviour } from './exchange-setup.ts'

/** What is on its way from the exchange to its clients. Answers and prices may overtake each other; a stream keeps its order. */
export class OutgoingWire {
  readonly #queue = new DueQueue<ExchangeOutput>()
  readonly #streams = new Map<string, { sequence: number; at: number }>()
  readonly #behaviour: VenueBehaviour
  readonly #feed: Random
  readonly #response: Random

  constructor(behaviour: VenueBehaviour, random: Random) {
    this.#behaviour = behaviour
    this.#feed = random.split('feed')
    this.#response = random.split('response')
  }

  answer(ticket: number, call: ExchangeCall, answer: ExchangeAnswer, now: number): void {
    const at = now + drawDelay(this.#response, this.#behaviour.latency.response)
    this.#queue.add(at, { kind: 'answer', at, ticket, call, answer: { ...answer, at: Math.floor(now) + this.#behaviour.clockSkewMs } })
  }

  stream(account: string, body: StreamBody, now: number): void {
    const stream = this.#streams.get(account) ?? { sequence: 0, at: 0 }
    this.#streams.set(account, stream)
    stream.sequence += 1
    stream.at = Math.max(stream.at, now + drawDelay(this.#feed, this.#behaviour.latency.feed))
    this.#queue.add(stream.at, { kind: 'stream', at: stream.at, account, sequence: stream.sequence, body })
  }

  market(report: MarketReport, now: number): void {
    const at = now + drawDelay(this.#feed, this.#behaviour.latency.feed)
    this.#queue.add(at, { kind: 'market', at, report: { ...report, at } })
  }

  nextAt(): number {
    return this.#queue.nextAt()
  }

  takeUntil(time: number): readonly ExchangeOutput[] {
    const outputs: ExchangeOutput[] = []
    while (this.#queue.nextAt() <= time) {
      const output = this.#queue.take()
      if (output !== undefined) outputs.push(output)
    }
    return outputs
  }
}
