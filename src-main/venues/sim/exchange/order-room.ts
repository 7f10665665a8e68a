import { assert, rawOf } from '../../../base/index.ts'
import type { VenueOrderStatus } from '../../../domain/index.ts'
import { closableLots } from './account-desk.ts'
import type { AccountDesk } from './account-desk.ts'
import type { AmendCall, CancelCall, PlaceCall } from './exchange-call.ts'
import type { MoneyRules } from './free-money.ts'
import { freeOf } from './free-money.ts'
import { entries } from './matching-core.ts'
import { crosses, filterRefusal, isTriggered, priceBound, refusalOf } from './placement-gate.ts'
import type { FloorTrade, TradingFloor } from './trading-floor.ts'
import type { VenueCodeName } from './venue-codes.ts'
import { createVenueOrder, firstOrderNumber, isClosing, remainingOf, venueIdOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

export type RoomOutcome = { readonly ok: true; readonly order: VenueOrder } | { readonly ok: false; readonly code: VenueCodeName }

export interface RoomSurroundings extends MoneyRules {
  readonly desks: ReadonlyMap<string, AccountDesk>
  readonly viewsKeptMs: number
  now(): number
}

/**
 * Where orders are taken, changed and ended. It must never let an order trade more than it holds, let one that may only close open
 * anything, or tell of a change before it has happened.
 *
 * Invariants:
 * 1. A refused call changes nothing.
 * 2. What may only close never stands for more than the position: the youngest gives way.
 * 3. An order that has ended never trades again.
 */
export class OrderRoom {
  readonly #around: RoomSurroundings
  readonly #desksTouched = new Set<AccountDesk>()
  /** How many orders were ever accepted: the next one's number follows. */
  given = 0

  constructor(around: RoomSurroundings) {
    this.#around = around
  }

  place(desk: AccountDesk, call: PlaceCall): RoomOutcome {
    const floor = this.#around.floors.get(call.spec.instrument)
    if (floor === undefined) return { ok: false, code: 'unknownInstrument' }
    if (this.#isTaken(desk, call.clientId)) return { ok: false, code: 'duplicate' }
    const order = this.#create(desk, call)
    desk.open.set(order.number, order)
    const code = refusalOf({ desk, floor, order, rules: this.#around })
    if (code !== undefined) {
      desk.open.delete(order.number)
      return { ok: false, code }
    }
    this.given += 1
    desk.enter(order)
    desk.noteChange(order)
    if (!order.isWaiting) this.#work(desk, floor, order)
    else if (isTriggered(order, floor)) this.#fire(desk, floor, order)
    else floor.waiting.push(order)
    this.react(floor)
    return { ok: true, order }
  }

  /**
   * The exchange's own order for an account, past every check. It stays open with what the book could not take: its caller settles
   * that.
   */
  force(desk: AccountDesk, call: PlaceCall): VenueOrder {
    const floor = this.#around.floors.get(call.spec.instrument)
    assert(floor !== undefined, 'expected an instrument of the exchange')
    const order = this.enter(desk, call)
    const { isBuy, lots } = order
    floor.execute({ taker: order, isBuy, price: priceBound(order), lots, entry: entries.immediate, peak: 0 }, this.#around.now())
    return order
  }

  /** The exchange's own order for an account, in no book: its caller settles it. */
  enter(desk: AccountDesk, call: PlaceCall): VenueOrder {
    const order = this.#create(desk, call)
    this.given += 1
    desk.enter(order)
    desk.noteChange(order)
    return order
  }

  cancel(desk: AccountDesk, call: Pick<CancelCall, 'instrument' | 'clientId' | 'venueOrder'>): RoomOutcome {
    const order = this.#find(desk, call)
    const floor = this.#around.floors.get(call.instrument)
    if (order === undefined || floor === undefined) return { ok: false, code: 'cancelRejected' }
    this.end(desk, floor, order, 'canceled')
    return { ok: true, order }
  }

  cancelAll(desk: AccountDesk, instrument?: string): number {
    const orders = [...desk.open.values()].filter(({ spec }) => instrument === undefined || spec.instrument === instrument)
    for (const order of orders) this.end(desk, this.#floorOf(order), order, 'canceled')
    return orders.length
  }

  amend(desk: AccountDesk, call: AmendCall): RoomOutcome {
    const order = this.#find(desk, call)
    const floor = this.#around.floors.get(call.instrument)
    if (order === undefined || floor === undefined) return { ok: false, code: 'cancelRejected' }
    if (!floor.tradable.abilities.amend) return { ok: false, code: 'unsupported' }
    const before = { lots: order.lots, limit: order.limit, trigger: order.trigger }
    order.lots = rawOf(call.lots)
    if (call.limit !== undefined && order.limit !== undefined) order.limit = rawOf(call.limit)
    if (call.trigger !== undefined && order.isWaiting) order.trigger = rawOf(call.trigger)
    if (!this.#mayBecome(desk, floor, order, before)) {
      Object.assign(order, before)
      return { ok: false, code: 'amendRejected' }
    }
    this.#rework(desk, floor, order, before)
    this.react(floor)
    return { ok: true, order }
  }

  /** An order ends with what it has filled. */
  end(desk: AccountDesk, floor: TradingFloor, order: VenueOrder, status: Extract<VenueOrderStatus, 'canceled' | 'expired'>): void {
    if (order.status !== 'open') return
    floor.withdraw(order)
    if (order.isWaiting) floor.waiting = floor.waiting.filter((other) => other !== order)
    order.status = status
    desk.noteChange(order)
  }

  /** Both sides of a trade that has just been made. */
  settle(floor: TradingFloor, trade: FloorTrade): void {
    for (const order of [trade.maker, trade.taker]) {
      const desk = order === undefined ? undefined : this.#around.desks.get(order.account)
      if (order === undefined || desk === undefined) continue
      desk.settle(order, trade, floor)
      this.#desksTouched.add(desk)
    }
    if (floor.hasClosers()) this.#shrinkClosers(floor)
    this.#desksTouched.clear()
  }

  /** Pulls the triggers that the last prices have reached, and those that their trades reach in turn. */
  react(floor: TradingFloor): void {
    for (;;) {
      const order = floor.waiting.find((waiting) => isTriggered(waiting, floor))
      const desk = order === undefined ? undefined : this.#around.desks.get(order.account)
      if (order === undefined || desk === undefined) return
      floor.waiting = floor.waiting.filter((other) => other !== order)
      this.#fire(desk, floor, order)
    }
  }

  #create(desk: AccountDesk, { clientId, spec }: PlaceCall): VenueOrder {
    const number = firstOrderNumber + this.given
    return createVenueOrder({ number, account: desk.account.id, clientId, spec, at: desk.venueTime(), viewsKeptMs: this.#around.viewsKeptMs })
  }

  #fire(desk: AccountDesk, floor: TradingFloor, order: VenueOrder): void {
    order.isWaiting = false
    if (isClosing(order) && desk.closable(order) === 0) return this.end(desk, floor, order, 'expired')
    desk.noteChange(order)
    this.#work(desk, floor, order)
  }

  /** Into the book with it; what may not rest ends. */
  #work(desk: AccountDesk, floor: TradingFloor, order: VenueOrder): void {
    const { spec, isBuy } = order
    const isCapped = isClosing(order)
    const lots = isCapped ? Math.min(remainingOf(order), desk.closable(order)) : remainingOf(order)
    if (isCapped && lots < remainingOf(order)) order.lots = order.filled + lots
    const price = priceBound(order)
    const entry = spec.timeInForce === 'fok' ? entries.allOrNone
      : spec.timeInForce === 'ioc' || order.limit === undefined ? entries.immediate
      : spec.postOnly ? entries.makerOnly : entries.rest
    floor.execute({ taker: order, isBuy, price, lots, entry, peak: spec.display === undefined ? 0 : rawOf(spec.display) }, this.#around.now())
    if (order.status === 'open' && order.row < 0) this.end(desk, floor, order, 'expired')
    else if (isCapped && lots < rawOf(spec.lots) && order.status === 'open') desk.noteChange(order)
  }

  #mayBecome(desk: AccountDesk, floor: TradingFloor, order: VenueOrder, before: Changeable): boolean {
    if (order.lots <= order.filled || filterRefusal({ floor, order }) !== undefined) return false
    if (isClosing(order) && !order.isWaiting && remainingOf(order) > desk.closable(order)) return false
    if (order.spec.postOnly && order.limit !== before.limit && order.limit !== undefined && crosses(floor, order.isBuy, order.limit)) return false
    const { settlement, instrument } = floor.tradable
    const asset = settlement === 'delivery' && !order.isBuy ? instrument.base : instrument.quote
    return (settlement === 'linear' && isClosing(order)) || freeOf(desk, asset, this.#around) >= 0
  }

  /** Smaller at the same price keeps its place; anything else goes to the end. */
  #rework(desk: AccountDesk, floor: TradingFloor, order: VenueOrder, before: Changeable): void {
    if (order.isWaiting) {
      desk.noteChange(order)
      return
    }
    if (order.limit === before.limit && order.lots <= before.lots) {
      floor.shrink(order, before.lots - order.lots)
      desk.noteChange(order)
      return
    }
    floor.withdraw(order)
    desk.noteChange(order)
    this.#work(desk, floor, order)
  }

  #shrinkClosers(floor: TradingFloor): void {
    for (const desk of this.#desksTouched) {
      const sides = desk.account.positions === 'hedging' ? (['long', 'short'] as const) : (['net'] as const)
      for (const side of sides) for (const isBuy of [true, false]) this.#shrinkSide(desk, floor, side, isBuy)
    }
  }

  #shrinkSide(desk: AccountDesk, floor: TradingFloor, side: 'long' | 'short' | 'net', isBuy: boolean): void {
    const closers = desk.restingClosers(floor.id, side, isBuy)
    let excess = closers.reduce((sum, order) => sum + remainingOf(order), 0) - closableLots(desk.positionLots(floor.id, side), isBuy)
    for (const order of closers.toReversed()) {
      if (excess <= 0) return
      const by = Math.min(excess, remainingOf(order))
      excess -= by
      if (by === remainingOf(order)) {
        this.end(desk, floor, order, 'expired')
        continue
      }
      floor.shrink(order, by)
      order.lots -= by
      desk.noteChange(order)
    }
  }

  #isTaken(desk: AccountDesk, clientId: string): boolean {
    const isUnique = this.#around.behaviour.clientIds === 'unique'
    return desk.archive.named(clientId).some(({ status }) => isUnique || status === 'open')
  }

  #find(desk: AccountDesk, { instrument, clientId, venueOrder }: Pick<CancelCall, 'instrument' | 'clientId' | 'venueOrder'>): VenueOrder | undefined {
    return [...desk.open.values()].find((order) => order.spec.instrument === instrument
      && (venueOrder === undefined ? order.clientId === clientId : venueIdOf(order) === venueOrder))
  }

  #floorOf(order: VenueOrder): TradingFloor {
    return this.#around.floors.get(order.spec.instrument) as TradingFloor
  }
}

type Changeable = Pick<VenueOrder, 'lots' | 'limit' | 'trigger'>
