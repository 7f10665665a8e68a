import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal } from '../../../src-main/domain/index.ts'
import type { OrderSpec, Tradable, VenueOrderSpec } from '../../../src-main/domain/index.ts'
import type { Checker, Scene, SimEvent } from './scene.ts'
import type { SeenOrder } from './witness.ts'

/**
 * The terms of an order. C5 what leaves says what was asked for, in each term that the venue understands, and an amend asks for what can be; C6 an
 * order with a date ends with it.
 */
export function createTermsChecker({ court, witness, facts, now }: Scene): Checker {
  /** Its terms are not those that it was intended with any more. */
  const changed = new Set<string>()
  let machineNow = 0

  const tradableOf = (instrument: string): Tradable | undefined => facts.tradables.find(({ instrument: { id } }) => id === instrument)

  const judgeSend = (order: SeenOrder, venueSpec: VenueOrderSpec): void => {
    const { spec } = order
    const tradable = spec === undefined ? undefined : tradableOf(spec.instrument)
    if (spec === undefined || tradable === undefined) return
    const wrong = wrongTerms(spec, venueSpec, tradable, changed.has(order.id) || (order.onBehalfOf !== undefined && changed.has(order.onBehalfOf)))
    court.check('C5', wrong.length === 0, () => `${order.id} leaves with another ${wrong.join(' and ')} than was asked for: ${JSON.stringify(venueSpec)} for ${JSON.stringify(spec)}`)
  }

  /** What is filled while it is on its way is nobody's fault. */
  const judgeAmend = (event: Extract<SimEvent, { kind: 'amend-changed' }>): void => {
    const order = witness.orders.get(event.order)
    const tradable = order?.spec === undefined ? undefined : tradableOf(order.spec.instrument)
    if (order === undefined || tradable === undefined || event.to !== 'sending') return
    const { quantityMax, priceMin, priceMax } = tradable.rules
    const lots = event.lots === undefined ? order.lots : rawOf(event.lots)
    court.check('C5', lots > order.filled && lots <= rawOf(quantityMax), () => `${order.id}, filled by ${order.filled}, is to be changed to ${lots} lots`)
    for (const price of [event.limit, event.trigger]) {
      if (price === undefined) continue
      court.check('C5', rawOf(price) >= rawOf(priceMin) && rawOf(price) <= rawOf(priceMax), () => `${order.id} is to be changed to a price of ${rawOf(price)}`)
    }
  }

  return {
    step(step) {
      machineNow = step.input.at
      for (const event of step.events) {
        if (event.kind === 'order-revised' || event.kind === 'amend-changed') changed.add(event.order)
        if (event.kind === 'amend-changed') judgeAmend(event)
      }
    },
    left({ request }) {
      const order = request.kind === 'send-order' ? witness.orders.get(request.order) : undefined
      if (request.kind === 'send-order' && order !== undefined) judgeSend(order, request.spec)
    },
    recovered({ recovered }) {
      for (const event of recovered) if (event.kind === 'order-revised' || event.kind === 'amend-changed') changed.add(event.order)
    },
    quiet() {
      for (const { id, spec, status } of witness.orders.values()) {
        if (spec?.timeInForce !== 'gtd' || spec.expiresAt === undefined) continue
        // Past by every clock, and by more than the venue takes to say so.
        const isPast = spec.expiresAt + lateMs < Math.min(machineNow, now())
        if (isPast) court.check('C6', isTerminal(status), () => `${id} was to end at ${spec.expiresAt} and is ${status} at ${machineNow}`)
      }
    },
  }
}

const lateMs = 30_000

function wrongTerms(spec: OrderSpec, sent: VenueOrderSpec, { abilities }: Tradable, isChanged: boolean): readonly string[] {
  const isPrice = sent.limit !== undefined && spec.limit !== undefined && !isChanged
  const isTrigger = sent.trigger !== undefined && spec.trigger !== undefined && !isChanged
  const isShort = sent.timeInForce === 'ioc' || sent.timeInForce === 'fok'
  const wasShort = spec.timeInForce === 'ioc' || spec.timeInForce === 'fok'
  const isDated = spec.timeInForce === 'gtd' && abilities.goodTillDate && sent.type !== 'market'
  const terms: readonly (readonly [string, boolean])[] = [
    ['instrument', sent.instrument === spec.instrument],
    ['side', sent.side === spec.side],
    ['size', spec.size.by !== 'quantity' || isChanged || rawOf(sent.lots) <= rawOf(spec.size.lots)],
    ['limit', !isPrice || rawOf(sent.limit) === rawOf(spec.limit)],
    ['limit', spec.limit === undefined || sent.type === 'market' || sent.type === 'stop' || sent.type === 'take-profit' || sent.limit !== undefined],
    ['trigger', !isTrigger || rawOf(sent.trigger) === rawOf(spec.trigger.price)],
    ['source of its trigger', sent.trigger === undefined || spec.trigger === undefined || sent.triggerSource === undefined || sent.triggerSource === spec.trigger.source],
    ['post-only', sent.postOnly === (spec.postOnly === true && abilities.postOnly && sent.limit !== undefined)],
    // The engine may ask for it by itself, where only reducing is allowed.
    ['reduce-only', sent.reduceOnly || spec.reduceOnly !== true || !abilities.reduceOnly],
    ['time in force', sent.type === 'market' || !wasShort || sent.timeInForce === spec.timeInForce],
    ['time in force', !isShort || wasShort || sent.type === 'market'],
    ['date', !isDated || isChanged || (sent.timeInForce === 'gtd' && sent.expiresAt === spec.expiresAt)],
    ['shown size', spec.display === undefined || !abilities.iceberg || sent.type !== 'limit' || (sent.display !== undefined && rawOf(sent.display) === rawOf(spec.display))],
  ]
  return terms.filter(([, holds]) => !holds).map(([name]) => name)
}
