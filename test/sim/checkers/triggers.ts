import { rawOf } from '../../../src-main/base/index.ts'
import type { OrderSpec, TrailDistance } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent, Step } from './scene.ts'

/**
 * C8 an order that waits here for a price is pulled by that price and by no other; a trailing stop stands behind the best price that was
 * seen by its distance, and never gives way.
 */
interface Waiting {
  readonly spec: OrderSpec
  /** None: a trail that is not active yet. */
  trigger: number | undefined
}

export function createTriggersChecker({ court, witness }: Scene): Checker {
  const waiting = new Map<string, Waiting>()
  const feeds = new Map<string, string>()
  const crossed = new Set<string>()

  const read = (event: SimEvent): void => {
    if (event.kind === 'order-held' && event.why === 'trigger') {
      const spec = witness.orders.get(event.order)?.spec
      if (spec !== undefined && (spec.trail !== undefined || spec.trigger !== undefined)) waiting.set(event.order, { spec, trigger: spec.trigger === undefined ? undefined : rawOf(spec.trigger.price) })
    }
    // Where it stands after an amend is not told here in the same words.
    if (event.kind === 'order-sending' || event.kind === 'order-revised' || event.kind === 'amend-changed') waiting.delete(event.order)
    const known = 'order' in event ? waiting.get(event.order as string) : undefined
    if (known === undefined) return
    if (event.kind === 'stop-moved') moved(event, known)
    if (event.kind === 'order-triggered') {
      pulled(event, known)
      waiting.delete(event.order)
    }
  }

  const moved = ({ order, trigger }: Extract<SimEvent, { kind: 'stop-moved' }>, known: Waiting): void => {
    const [was, is] = [known.trigger, rawOf(trigger)]
    known.trigger = is
    if (was !== undefined) court.check('C8', known.spec.side === 'sell' ? is > was : is < was, () => `the trailing stop ${order} (${known.spec.side}) went from ${was} to ${is}`)
  }

  const pulled = ({ order, price }: Extract<SimEvent, { kind: 'order-triggered' }>, { spec, trigger }: Waiting): void => {
    if (trigger === undefined) return
    court.check('C8', isReached(spec, trigger, rawOf(price)), () => `${order} (${spec.side} ${spec.type}) waits for ${trigger} and is pulled by ${rawOf(price)}`)
  }

  /** The price that came was worth believing, and what waited for it did what it had to. */
  const judgePrice = (input: Extract<Step['input'], { kind: 'last-seen' | 'mark-seen' }>, events: Step['events']): void => {
    if ((feeds.get(input.instrument) ?? 'live') !== 'live' || crossed.has(input.instrument)) return
    const price = rawOf(input.kind === 'last-seen' ? input.price : input.mark)
    const source = input.kind === 'last-seen' ? 'last' : 'mark'
    for (const [id, { spec, trigger }] of waiting) {
      const order = witness.live.get(id as never)
      if (spec.instrument !== input.instrument || trigger === undefined || order?.status !== 'held' || order.cancel !== 'none') continue
      if ((spec.trail?.source ?? spec.trigger?.source) !== source) continue
      court.check('C8', !isReached(spec, trigger, price), () => `${id} (${spec.side} ${spec.type}) waits for ${trigger} still, and ${source} is ${price}`)
      if (spec.trail === undefined) continue
      const behind = behindOf(spec.side, price, spec.trail.distance)
      const isMoved = events.some((event) => event.kind === 'stop-moved' && event.order === id)
      const stands = isMoved ? trigger === behind : spec.side === 'sell' ? trigger >= behind : trigger <= behind
      court.check('C8', stands, () => `the trailing stop ${id} (${spec.side}) stands at ${trigger} and belongs to ${behind}`)
    }
  }

  return {
    step({ input, events }) {
      for (const event of events) read(event)
      if (input.kind === 'feed-judged') feeds.set(input.instrument, input.state)
      if (input.kind === 'quote-seen' && rawOf(input.bid) > rawOf(input.ask)) crossed.add(input.instrument)
      else if (input.kind === 'quote-seen') crossed.delete(input.instrument)
      if (input.kind === 'last-seen' || input.kind === 'mark-seen') judgePrice(input, events)
    },
    recovered({ recovered }) {
      for (const map of [waiting, feeds, crossed]) map.clear()
      for (const event of recovered) read(event)
    },
  }
}

const isStop = ({ type }: OrderSpec): boolean => type === 'stop' || type === 'stop-limit' || type === 'trailing-stop'

/** A stop leaves when the market goes against it, a take-profit when it comes towards it. */
const isReached = (spec: OrderSpec, trigger: number, price: number): boolean => (isStop(spec) === (spec.side === 'buy') ? price >= trigger : price <= trigger)

const one = 1_000_000_000n

/** In percent it is rounded away from the price. */
function behindOf(side: OrderSpec['side'], price: number, distance: TrailDistance): number {
  if (distance.by === 'amount') return side === 'sell' ? price - rawOf(distance.ticks) : price + rawOf(distance.ticks)
  const rate = BigInt(rawOf(distance.rate))
  return side === 'sell' ? Number((BigInt(price) * (one - rate)) / one) : Number((BigInt(price) * (one + rate) + one - 1n) / one)
}
