import { createRandom, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { VenueOrderSpec } from '../../../src-main/domain/index.ts'
import { SimExchange, venueCodes } from '../../../src-main/venues/sim/index.ts'
import type { ExchangeCall } from '../../../src-main/venues/sim/index.ts'
import { Schedule, Swarm, Transport, changeFaults, questionFaults } from '../../../src-main/venues/paper/index.ts'
import type { RawReply, ReadReply } from '../../../src-main/venues/paper/index.ts'
import { drawMarkets, openingBalances } from '../world/catalogue.ts'
import { exchangeBehaviour } from '../world/exchange-behaviour.ts'

/**
 * What happens to orders under the ways of trading bots in the field, on the same exchange and the same faults: they send again, ask
 * once, or take what they cannot read for a refusal. They are here to show that the simulation would notice.
 */
export const policies = ['resend-same-id', 'query-once-then-resend', 'unreadable-is-a-refusal', 'unknown-is-a-state'] as const
export type Policy = (typeof policies)[number]

export interface PolicyResult {
  readonly policy: Policy
  readonly intents: number
  /** More than one order at the venue for one intent. */
  readonly duplicated: number
  /** The venue has an order that the trader takes for refused or never placed. */
  readonly lost: number
}

const startAt = Date.UTC(2026, 2, 2, 9, 0, 0)
const account = 'main'
type Belief = 'open' | 'placed' | 'gone'

interface Intent {
  readonly ids: string[]
  belief: Belief
  tries: number
}

export function runPolicy(policy: Policy, seed: number, count: number): PolicyResult {
  const random = createRandom(seed)
  const ties = random.split('ties')
  const schedule = new Schedule(startAt, () => ties.nextUint32())
  const swarm = new Swarm(random, new Set())
  const markets = drawMarkets(random)
  const exchange = new SimExchange(exchangeBehaviour(random, swarm, markets, startAt, account, openingBalances))
  const transport = new Transport({
    exchange, schedule, swarm, installation: 'a1b2c3d4e5f6', secret: 'key-9f3b71c2d8e64a05', clockOffset: () => 0, knownOffset: () => 0, deliver: () => undefined,
    heard: () => undefined, gate: () => undefined, isDown: () => false,
  })
  const trader = new NaiveTrader(policy, transport, schedule)
  const drawn = random.split('naive')
  for (let index = 0; index < count; index++) {
    const side = drawn.nextFloat53() < 0.5 ? 'buy' : 'sell'
    // Half of them meet the market at once, so that their id is free again at venues that allow it.
    const away = drawn.nextFloat53() < 0.5 ? -300 : 4_000
    schedule.at(startAt + 5_000 + index * 400, () => trader.place(index, side, 640_000 + (side === 'buy' ? -away : away)))
  }
  const end = startAt + 5_000 + count * 400 + 90_000
  for (;;) {
    const there = exchange.nextAt()
    if (there <= end && there <= schedule.nextAt) schedule.passTo(there)
    else if (!schedule.step(end)) break
    for (const output of exchange.advance(schedule.now)) if (output.kind === 'answer') transport.answered(output.ticket, output.answer)
  }
  const placed = new Map<string, number>()
  for (const { clientId } of exchange.truth(account).orders) if (clientId !== undefined) placed.set(clientId, (placed.get(clientId) ?? 0) + 1)
  return { policy, intents: count, ...trader.judge(placed) }
}

class NaiveTrader {
  readonly #intents: Intent[] = []
  readonly #policy: Policy
  readonly #transport: Transport
  readonly #schedule: Schedule

  constructor(policy: Policy, transport: Transport, schedule: Schedule) {
    this.#policy = policy
    this.#transport = transport
    this.#schedule = schedule
  }

  place(index: number, side: 'buy' | 'sell', limit: number): void {
    const intent: Intent = { ids: [], belief: 'open', tries: 0 }
    this.#intents.push(intent)
    this.#send(intent, this.#newId(index, 0), {
      instrument: 'BTC/USD', side, type: 'limit', lots: lotsFromRaw(5), limit: ticksFromRaw(limit), timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net',
    })
  }

  judge(placed: ReadonlyMap<string, number>): { readonly duplicated: number; readonly lost: number } {
    let [duplicated, lost] = [0, 0]
    for (const { ids, belief } of this.#intents) {
      const there = [...new Set(ids)].reduce((sum, id) => sum + (placed.get(id) ?? 0), 0)
      if (there > 1) duplicated += 1
      if (there > 0 && belief === 'gone') lost += 1
    }
    return { duplicated, lost }
  }

  #newId(index: number, attempt: number): string {
    return `n${index}a${attempt}`
  }

  #send(intent: Intent, id: string, spec: VenueOrderSpec): void {
    intent.tries += 1
    intent.ids.push(id)
    const call: ExchangeCall = { kind: 'place', account, timestamp: this.#schedule.now, validUntil: this.#schedule.now + 5_000, clientId: id, spec }
    const sentAt = this.#schedule.now
    this.#transport.call(call, changeFaults, (read, raw) => {
      if (read?.code === 0 && read.body?.kind === 'order' && read.body.view.clientId === id) intent.belief = 'placed'
      else this.#doubt(intent, id, spec, read, raw, sentAt)
    })
  }

  #doubt(intent: Intent, id: string, spec: VenueOrderSpec, read: ReadReply | undefined, raw: RawReply, sentAt: number): void {
    const isRefusal = read !== undefined && read.code !== 0 && read.status >= 400 && read.status < 500
    switch (this.#policy) {
      case 'resend-same-id':
        if (isRefusal || intent.tries >= 3) intent.belief = 'gone'
        else this.#send(intent, id, spec)
        return
      case 'query-once-then-resend':
        if (isRefusal || intent.tries >= 3) intent.belief = 'gone'
        else this.#ask(id, (answer) => {
          if (answer === 'found') intent.belief = 'placed'
          else this.#send(intent, `${id}b`, spec)
        })
        return
      case 'unreadable-is-a-refusal':
        // Only what looks like the network's fault is doubted.
        if (raw.kind === 'broken') this.#wait(intent, id, sentAt, 0)
        else intent.belief = 'gone'
        return
      case 'unknown-is-a-state':
        if (isRefusal && read?.code !== venueCodes.duplicate.code) intent.belief = 'gone'
        else this.#wait(intent, id, sentAt, 0)
    }
  }

  #ask(id: string, done: (answer: 'found' | 'not-found' | 'failed') => void): void {
    this.#transport.call({ kind: 'lookup', account, timestamp: this.#schedule.now, instrument: 'BTC/USD', clientId: id }, questionFaults, (read) => {
      if (read?.body?.kind === 'order' && read.body.view.clientId === id) done('found')
      else done(read?.code === venueCodes.notFound.code ? 'not-found' : 'failed')
    })
  }

  /** Nothing is decided before the order can no longer arrive, and then only on two searches that worked. */
  #wait(intent: Intent, id: string, sentAt: number, misses: number): void {
    this.#schedule.at(Math.max(this.#schedule.now + 5_000, sentAt + 11_000), () => this.#ask(id, (answer) => {
      if (answer === 'found') intent.belief = 'placed'
      else if (answer === 'not-found' && misses === 1) intent.belief = 'gone'
      else this.#wait(intent, id, sentAt, answer === 'not-found' ? misses + 1 : misses)
    }))
  }
}
