import { rawOf } from '../../base/index.ts'
import { isTerminal } from '../../domain/index.ts'
import type { MarketReport, OrderId } from '../../domain/index.ts'
import { Deadlines } from './deadlines.ts'
import { expiryOf } from './expiry.ts'
import { groupFrom } from './group.ts'
import type { Intention } from './intention.ts'
import { Members } from './members.ts'
import type { ContingencyView, OrderSeen } from './order-seen.ts'
import { Patience } from './patience.ts'
import type { Settling } from './piece.ts'
import { settleGroup } from './settle-group.ts'
import { isWaitingForAnother } from './self-trade.ts'
import { settleSingle, settleWaiting, watchesOfSingle } from './settle-single.ts'
import { movedStop } from './trail.ts'
import { InstrumentTriggers } from './trigger-book.ts'
import type { Reached } from './trigger-book.ts'
import type { TriggerWatch } from './trigger-watch.ts'

/**
 * Watches what orders wait for and says what should follow. It must never change anything itself, and never keep what a
 * restart would need.
 * Invariants: 1 all it knows is derived from the view and from prices, so after a restart `recheck` brings everything back; 2
 * an order that was triggered is not triggered again; 3 what is intended and not done is intended again, what was done is
 * not; 4 an input that concerns nothing costs a look and allocates nothing.
 */
const nothing: readonly Intention[] = []


/** Free, or ended, for as long as nobody asked anything about it here. */
const isAlone = ({ spec, heldFor, link, onBehalfOf }: OrderSeen): boolean =>
  heldFor === undefined && link === undefined && onBehalfOf === undefined && spec.timeInForce !== 'gtd' && spec.timeInForce !== 'day'

interface Concerned {
  readonly singles: Iterable<OrderSeen>
  readonly groups: Iterable<string>
  readonly waiting: Iterable<OrderSeen>
}

export class Contingencies {
  readonly #view: ContingencyView
  readonly #triggers = new Map<string, InstrumentTriggers>()
  readonly #patience = new Patience()
  readonly #deadlines = new Deadlines()
  readonly #touched = new Set<OrderId>()
  /** Instruments whose known prices may already reach what now waits for them. */
  readonly #fresh = new Set<string>()
  readonly #groups = new Members<string>()
  readonly #waiting = new Members<OrderId>()
  /** Orders that have not ended, and those of groups that have not: what a recheck looks at. */
  readonly #known = new Set<OrderId>()
  readonly #restless = new Set<OrderId>()
  readonly #flagged = new Map<string, number>()

  constructor(view: ContingencyView) {
    this.#view = view
  }

  /** An event that was applied changed this order. Cheap; the work is done by `settle`. */
  touched(order: OrderId): void {
    this.#touched.add(order)
  }

  /** Everything is looked at anew: after a replay, a change of mode, or money that moved a position without an order. */
  recheck(): void {
    for (const order of this.#known) this.#touched.add(order)
    for (const instrument of this.#triggers.keys()) this.#fresh.add(instrument)
  }

  /** What the orders that were touched ask for, and what known prices already reach. */
  settle(at: number, expiryAt = at): readonly Intention[] {
    if (this.#touched.size > 0 && this.#areTouchedAlone()) this.#touched.clear()
    if (this.#touched.size === 0 && this.#fresh.size === 0) return nothing
    const settling: Settling = { at, expiryAt, patience: this.#patience }
    const { singles, groups, waiting } = this.#concerned()
    const steps: Intention[] = []
    for (const seen of singles) steps.push(...this.#patiently(seen.id, this.#settleSingle(seen, settling)))
    for (const group of groups) steps.push(...this.#settleGroup(group, settling))
    for (const seen of waiting) steps.push(...this.#patiently(seen.id, settleWaiting(this.#view, seen, settling)))
    const pulled = [...this.#fresh].flatMap((instrument) => this.#pulled(this.#triggersOf(instrument).standing()))
    this.#fresh.clear()
    // What is triggered this instant is not sent as a trigger order first: it is looked at again, and leaves as what it now is.
    const isPulled = ({ onBehalfOf }: Extract<Intention, { readonly kind: 'place-piece' }>): boolean =>
      pulled.some((step) => step.kind === 'trigger-order' && step.order === onBehalfOf)
    return [...pulled, ...steps.filter((step) => (step.kind === 'place-piece' ? !isPulled(step) : this.#isNews(step)))]
  }

  /** A price, or what is thought of a feed. */
  seen(report: MarketReport): readonly Intention[] {
    const reached = this.#triggersOf(report.instrument).take(report)
    return reached.length === 0 ? nothing : this.#pulled(reached)
  }

  /** Time passes: what is over by `expiryAt` ends, what was put off is looked at again. */
  passed(at: number, expiryAt = at): readonly Intention[] {
    if (expiryAt >= this.#deadlines.nextAt) for (const order of this.#deadlines.due(expiryAt)) this.#touched.add(order)
    if (at >= this.#patience.wakeAt) {
      this.#patience.woke()
      for (const order of this.#restless) this.#touched.add(order)
      this.#restless.clear()
    }
    return this.settle(at, expiryAt)
  }

  /** Whether the engine itself watches prices for this order, because nothing at a venue does. */
  isGuarding(order: OrderId): boolean {
    const seen = this.#view.order(order)
    return seen !== undefined && this.#triggers.get(seen.spec.instrument)?.isWatching(order) === true
  }

  /** Most orders wait for nothing, and nothing waits for them: they are passed by without an allocation. */
  #areTouchedAlone(): boolean {
    if (!this.#groups.isEmpty || !this.#waiting.isEmpty) return false
    for (const id of this.#touched) {
      const seen = this.#view.order(id)
      if (seen !== undefined && !isAlone(seen)) return false
    }
    return true
  }

  /** The orders, groups and waiting orders that the touched ones may have changed. */
  #concerned(): Concerned {
    const singles = new Map<OrderId, OrderSeen>()
    const groups = new Set<string>()
    const keys = new Set<string>()
    for (const id of this.#touched) {
      const seen = this.#view.order(id)
      if (seen === undefined) continue
      const root = seen.onBehalfOf === undefined ? seen : (this.#view.order(seen.onBehalfOf) ?? seen)
      this.#keepTrack(seen)
      keys.add(this.#keyOf(seen))
      if (root.link !== undefined) groups.add(root.link.group)
      if (root.link?.role !== 'child') singles.set(root.id, root)
    }
    this.#touched.clear()
    // A fill of any order moves the position that the groups of its instrument protect.
    for (const key of keys) for (const group of this.#groups.of(key)) groups.add(group)
    // What is released now need not be looked at twice.
    return { singles: singles.values(), groups, waiting: this.#waitingIn(keys).filter(({ id }) => !singles.has(id)) }
  }

  /** What one order of it may change for another: all pairs of a coin hold it together. */
  #keyOf({ spec: { account, instrument } }: OrderSeen): string {
    const { settlement, instrument: { base } } = this.#view.tradable(account, instrument)
    return settlement === 'delivery' ? `${account}|of ${base}` : `${account}|${instrument}`
  }

  #keepTrack(seen: OrderSeen): void {
    const { id, spec, link } = seen
    if (isTerminal(seen.status)) {
      this.#patience.forget(id)
      this.#deadlines.set(id, undefined)
      if (link === undefined) this.#known.delete(id)
    } else {
      this.#known.add(id)
      const tradable = this.#view.tradable(spec.account, spec.instrument)
      this.#deadlines.set(id, seen.venueSpec?.timeInForce === 'gtd' ? undefined : expiryOf(spec, tradable, seen.intendedAt))
    }
    if (link !== undefined) this.#groups.add(this.#keyOf(seen), link.group)
    if (isWaitingForAnother(seen)) this.#waiting.add(this.#keyOf(seen), id)
  }

  #waitingIn(keys: Iterable<string>): readonly OrderSeen[] {
    const waiting: OrderSeen[] = []
    for (const key of keys) {
      for (const id of this.#waiting.of(key)) {
        const seen = this.#view.order(id)
        if (seen !== undefined && isWaitingForAnother(seen)) waiting.push(seen)
        else this.#waiting.remove(key, id)
      }
    }
    return waiting
  }

  #settleSingle(seen: OrderSeen, settling: Settling): readonly Intention[] {
    this.#watch(seen, watchesOfSingle(seen))
    return settleSingle(this.#view, seen, settling)
  }

  #settleGroup(id: string, settling: Settling): readonly Intention[] {
    const group = groupFrom(this.#view, id, settling.at, settling.expiryAt)
    if (group === undefined) return nothing
    const { intentions, watches } = settleGroup(group, settling)
    for (const { seen } of group.legs) this.#watch(seen, watches.get(seen.id) ?? [])
    if (group.hasEnded) this.#forgetGroup(id)
    const [first] = group.legs
    return first === undefined ? intentions : this.#patiently(first.seen.id, intentions)
  }

  #forgetGroup(id: string): void {
    for (const seen of this.#view.membersOf(id)) {
      this.#groups.remove(this.#keyOf(seen), id)
      if (isTerminal(seen.status)) this.#known.delete(seen.id)
    }
  }

  /** Who was put off is looked at again when the time comes. */
  #patiently(order: OrderId, steps: readonly Intention[]): readonly Intention[] {
    if (this.#patience.takeRestless()) this.#restless.add(order)
    return steps
  }

  #watch(seen: OrderSeen, watches: readonly TriggerWatch[]): void {
    const triggers = this.#triggersOf(seen.spec.instrument)
    triggers.set(seen.id, watches)
    if (watches.length > 0) this.#fresh.add(seen.spec.instrument)
  }

  #triggersOf(instrument: string): InstrumentTriggers {
    const known = this.#triggers.get(instrument)
    if (known !== undefined) return known
    const triggers = new InstrumentTriggers()
    this.#triggers.set(instrument, triggers)
    return triggers
  }

  #pulled(reached: readonly Reached[]): readonly Intention[] {
    return reached.flatMap(({ order, does, price }): readonly Intention[] => {
      const seen = this.#view.order(order)
      if (seen === undefined || seen.triggered || seen.cancel !== 'none') return nothing
      if (does === 'fire') return [{ kind: 'trigger-order', order, price }]
      const { side, trail } = seen.spec
      const trigger = trail === undefined ? undefined : movedStop(side, price, trail.distance, seen.trigger)
      return trigger === undefined ? nothing : [{ kind: 'move-stop', order, trigger }]
    })
  }

  /** A person is told once, and again when the amount is another one. */
  #isNews(step: Intention): boolean {
    if (step.kind !== 'flag-order') return true
    const name = `${step.order}|${step.what}`
    if (this.#flagged.get(name) === rawOf(step.lots)) return false
    this.#flagged.set(name, rawOf(step.lots))
    return true
  }
}
