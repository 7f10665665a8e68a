import { add, assert, createNotionalScale, ensureDefined, ensureOk, isLess, isMore, isPositive, lotsFromRaw, maximum, rateFromRaw, rawOf, subtract, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { Lots, Ticks } from '../../../../src-main/base/index.ts'
import { isTerminal, orderIdShape, signOf } from '../../../../src-main/domain/index.ts'
import type {
  FeedJudged, GroupKind, GroupLink, MarketReport, OrderHeld, OrderId, OrderSpec, OrderStatus, Overlay, PositionSide, SelfTradePolicy, Tradable, VenueAbilities,
  VenueOrderSpec,
} from '../../../../src-main/domain/index.ts'
import { Contingencies, heldFor, preventSelfTrade, venueSpecOf } from '../../../../src-main/engine/contingency/index.ts'
import type { ContingencyView, Intention, OrderSeen } from '../../../../src-main/engine/contingency/index.ts'

/**
 * The smallest engine that does what contingencies intend: orders in a map, a venue that does what a test tells it. It knows nothing of risk,
 * journals or money; what it does know it keeps in the plainest form.
 */
export const lots = (raw: number): Lots => lotsFromRaw(raw)
export const ticks = (raw: number): Ticks => ticksFromRaw(raw)

export const allAbilities: VenueAbilities = {
  triggerOrders: true, trailing: false, oco: false, iceberg: false, amend: true, goodTillDate: true, postOnly: true, reduceOnly: true, locksBalance: false,
}
export const perpetual = (abilities: Partial<VenueAbilities> = {}): Tradable => tradableWith({ ...allAbilities, ...abilities }, 'linear')
/** A spot venue: it locks what an order sells, and knows no reduce-only. */
export const spot = (abilities: Partial<VenueAbilities> = {}): Tradable =>
  tradableWith({ ...allAbilities, reduceOnly: false, locksBalance: true, amend: false, ...abilities }, 'delivery')

const step = { units: 1, decimals: 2 }
const tradableWith = (abilities: VenueAbilities, settlement: Tradable['settlement']): Tradable => ({
  instrument: { id: 'BTC/USD', venue: 'sim', kind: settlement === 'linear' ? 'perpetual' : 'spot', name: 'Bitcoin', base: 'BTC', quote: 'USD', sector: 'coin', tick: step, lot: step, hours: { kind: 'always' } },
  settlement,
  rules: { quantityMin: lots(1), quantityMax: lots(1_000_000), priceMin: ticks(1), priceMax: ticks(1_000_000), ordersOpenMax: 100, triggersOpenMax: 50 },
  abilities,
  scale: ensureOk(createNotionalScale({ tick: step, lot: step, multiplier: { units: 1, decimals: 0 }, amountDecimals: 6 }), 'a scale'),
  baseUnitsPerLot: 1_000_000,
  makerFee: rateFromRaw(1_000_000),
  takerFee: rateFromRaw(2_000_000),
  leverageMax: settlement === 'linear' ? 10 : 0,
  maintenanceMargin: rateFromRaw(5_000_000),
})

export interface SmallOrder extends OrderSeen {
  status: OrderStatus
  lots: Lots
  filled: Lots
  cancel: Overlay
  isCancelWanted: boolean
  amend: Overlay
  amendTo: { readonly lots: Lots } | undefined
  heldFor: OrderHeld['why'] | undefined
  limit: Ticks | undefined
  trigger: Ticks | undefined
  triggered: boolean
  endedBy: 'venue' | 'engine' | 'person' | undefined
  venueSpec: VenueOrderSpec | undefined
  expiring: boolean
  changedAt: number
}

export const orderSpec = (parts: Partial<OrderSpec> & Pick<OrderSpec, 'side' | 'type'>, size = 100): OrderSpec => ({
  account: 'main', instrument: 'BTC/USD', size: { by: 'quantity', lots: lots(size) }, timeInForce: 'gtc', owner: 'hand', ...parts,
})

export class SmallEngine implements ContingencyView {
  readonly orders = new Map<OrderId, SmallOrder>()
  readonly done: Intention[] = []
  readonly #tradable: Tradable
  readonly #endedGroups = new Set<string>()
  contingencies: Contingencies
  /** While trading is halted, nothing that is intended is done. */
  isHalted = false
  /** None: orders of ours may meet. */
  selfTrade: SelfTradePolicy | undefined
  #position = lots(0)
  at = 1_000

  constructor(tradable: Tradable) {
    this.#tradable = tradable
    this.contingencies = new Contingencies(this)
  }

  deliverable: () => Lots | undefined = () => undefined
  order = (id: OrderId): SmallOrder | undefined => this.orders.get(id)
  membersOf = (group: string): readonly SmallOrder[] => [...this.orders.values()].filter(({ link }) => link?.group === group)
  hasGroupEnded = (group: string): boolean => this.#endedGroups.has(group)
  piecesOf = (of: OrderId): readonly SmallOrder[] => [...this.orders.values()].filter(({ onBehalfOf }) => onBehalfOf === of)
  openOrders = (): readonly SmallOrder[] => [...this.orders.values()].filter(({ status }) => !isTerminal(status))
  tradable = (): Tradable => this.#tradable
  position = (_account: string, _instrument: string, _side: PositionSide): Lots => this.#position

  /** A new order: held, or on its way to the venue. */
  place(spec: OrderSpec): SmallOrder {
    const made = this.#admit(spec)
    this.run()
    return made
  }

  /** All of a group exist before the first is looked at. */
  placeGroup(group: string, kind: GroupKind, specs: readonly OrderSpec[]): readonly SmallOrder[] {
    const made = specs.map((spec, place) => this.#admit(spec, { group, kind, role: kind !== 'oco' && place === 0 ? 'parent' : 'child' }))
    this.run()
    return made
  }

  /** What the venue has, or may have, on behalf of an order. */
  livePieces(of: SmallOrder): readonly SmallOrder[] {
    return this.piecesOf(of.id).filter(({ status }) => !isTerminal(status)) as readonly SmallOrder[]
  }

  livePiece(of: SmallOrder): SmallOrder {
    const [piece, more] = this.livePieces(of)
    assert(more === undefined, 'expected one live piece, there are several')
    return ensureDefined(piece, 'a live piece')
  }

  accept(order: SmallOrder): void {
    order.status = isPositive(order.filled) ? 'partial' : 'working'
    this.#touch(order.id)
  }

  acceptAll(): void {
    for (const order of this.orders.values()) if (order.status === 'sending') this.accept(order)
  }

  end(order: SmallOrder, status: OrderStatus): void {
    Object.assign(order, { status, endedBy: 'venue', cancel: 'none' })
    this.#touch(order.id)
  }

  doubt(order: SmallOrder): void {
    order.status = 'unknown'
    this.#touch(order.id)
  }

  fill(order: SmallOrder, size: number): void {
    const parent = order.onBehalfOf === undefined ? undefined : this.orders.get(order.onBehalfOf)
    for (const each of parent === undefined ? [order] : [order, parent]) {
      each.filled = add<Lots>(each.filled, lots(size))
      if (!isLess<Lots>(each.filled, each.lots) && isPositive(each.lots)) each.status = 'filled'
      else if (each === order && !isTerminal(each.status)) each.status = 'partial'
    }
    order.changedAt = this.at
    this.moveTo(rawOf(this.#position) + signOf(order.spec.side) * size)
    this.#touch(order.id)
  }

  /** What a venue says of a cancel or an amend that is under way. */
  proveCanceled(order: SmallOrder): void {
    assert(order.cancel === 'sending', 'expected a cancel under way')
    Object.assign(order, { status: order.expiring ? 'expired' : 'canceled', cancel: 'none', endedBy: 'engine' })
    this.#touch(order.id)
  }

  refuseCancel(order: SmallOrder): void {
    order.cancel = 'none'
    this.#touch(order.id)
  }

  answerAmend(order: SmallOrder, isTaken: boolean): void {
    assert(order.amend === 'sending' && order.amendTo !== undefined, 'expected an amend under way')
    if (isTaken) order.lots = order.amendTo.lots
    Object.assign(order, { amend: isTaken ? 'acked' : 'none', amendTo: undefined })
    if (isTaken) order.amend = 'none'
    if (!isMore<Lots>(order.lots, order.filled)) order.status = 'filled'
    this.#touch(order.id)
  }

  /** A person cancels: of a held order with pieces at the venue, the pieces go first. */
  cancelByHand(order: SmallOrder): void {
    const isHeld = order.heldFor !== undefined && order.venueSpec === undefined
    if (isHeld && this.livePieces(order).length === 0) Object.assign(order, { status: 'canceled', endedBy: 'person' })
    else Object.assign(order, { cancel: 'sending', isCancelWanted: true })
    this.#touch(order.id)
  }

  moveTo(position: number): void {
    this.#position = lots(position)
  }

  report(report: MarketReport): void {
    this.#perform(this.contingencies.seen(report))
    this.run()
  }

  last(price: number): void {
    this.report({ kind: 'last-seen', at: this.at, instrument: 'BTC/USD', price: ticks(price) })
  }

  quote(bid: number, ask: number): void {
    this.report({ kind: 'quote-seen', at: this.at, instrument: 'BTC/USD', bid: ticks(bid), ask: ticks(ask) })
  }

  mark(mark: number, index: number): void {
    this.report({ kind: 'mark-seen', at: this.at, instrument: 'BTC/USD', mark: ticks(mark), index: ticks(index), fundingRate: rateFromRaw(0) })
  }

  feed(state: FeedJudged['state']): void {
    this.report({ kind: 'feed-judged', at: this.at, instrument: 'BTC/USD', state })
  }

  pass(ms: number): void {
    this.at += ms
    this.#perform(this.contingencies.passed(this.at))
    this.run()
  }

  /** All that is volatile is gone; what was written is still there. */
  restart(): void {
    this.contingencies = new Contingencies(this)
    for (const id of this.orders.keys()) this.contingencies.touched(id)
    this.contingencies.recheck()
    this.run()
  }

  run(): void {
    for (let round = 0; round < 100; round += 1) {
      const steps = this.contingencies.settle(this.at)
      if (steps.length === 0) return
      this.#perform(steps)
    }
    throw new Error('the intentions never came to rest')
  }

  kinds(): readonly string[] {
    return this.done.map(({ kind }) => kind)
  }

  #perform(steps: readonly Intention[]): void {
    if (this.isHalted) return
    for (const intention of steps) {
      this.done.push(intention)
      this.#do(intention)
    }
  }

  #do(intention: Intention): void {
    switch (intention.kind) {
      case 'trigger-order': return this.#change(intention.order, { triggered: true })
      case 'move-stop': return this.#change(intention.order, { trigger: intention.trigger })
      case 'release-order': {
        const order = this.#get(intention.order)
        assert(order.status === 'held' && order.venueSpec === undefined, 'expected an order that never left')
        this.#send(order)
        return this.contingencies.touched(order.id)
      }
      case 'place-piece': {
        const made = this.#make(intention.spec, intention.lots, undefined, intention.onBehalfOf)
        this.#send(made)
        return this.contingencies.touched(made.id)
      }
      case 'resize-order': return this.#change(intention.order, { amend: 'sending', amendTo: { lots: intention.lots } })
      case 'cancel-order':
      case 'expire-order': return this.#stop(this.#get(intention.order), intention.kind === 'expire-order')
      case 'end-group': {
        assert(!this.#endedGroups.has(intention.group), 'expected a group to end once')
        this.#endedGroups.add(intention.group)
        return undefined
      }
      case 'flag-order': return undefined
    }
  }

  #stop(order: SmallOrder, expiring: boolean): void {
    assert(!isTerminal(order.status), 'expected an order that has not ended')
    if (order.heldFor !== undefined && order.venueSpec === undefined) {
      if (this.livePieces(order).length > 0) this.#change(order.id, { cancel: 'sending', isCancelWanted: true })
      else this.#change(order.id, { status: expiring ? 'expired' : 'canceled', endedBy: 'engine' })
    } else {
      assert(order.cancel === 'none', 'expected no cancel under way')
      this.#change(order.id, { cancel: 'sending', isCancelWanted: true, expiring })
    }
  }

  #admit(spec: OrderSpec, link?: GroupLink): SmallOrder {
    const made = this.#make(spec, spec.size.by === 'quantity' ? spec.size.lots : lots(0), link)
    const why = heldFor(spec, this.#tradable, link?.role)
    // A size of `all` is resolved by whoever knows balances; here it is a round number.
    if (spec.size.by === 'all') made.lots = lots(100)
    if (why === 'nothing') this.#send(made)
    else Object.assign(made, { status: 'held', heldFor: why })
    this.contingencies.touched(made.id)
    return made
  }

  #make(spec: OrderSpec, size: Lots, link?: GroupLink, onBehalfOf?: OrderId): SmallOrder {
    const id = orderIdShape.ensure((this.orders.size + 1).toString(16).padStart(32, '0'))
    const made: SmallOrder = {
      id, spec, status: 'intent', lots: size, filled: lots(0), cancel: 'none', isCancelWanted: false, amend: 'none', amendTo: undefined, heldFor: undefined, link, onBehalfOf,
      limit: spec.limit, trigger: spec.trigger?.price, triggered: false, intendedAt: this.at, endedBy: undefined, venueSpec: undefined, expiring: false, changedAt: this.at,
    }
    this.orders.set(id, made)
    return made
  }

  #send(order: SmallOrder): void {
    assert(isPositive(order.lots), 'expected a size')
    if (this.selfTrade !== undefined && !this.#mayLeave(order, this.selfTrade)) return
    Object.assign(order, { status: 'sending', venueSpec: venueSpecOf(order, order.lots, this.#tradable) })
  }

  #mayLeave(order: SmallOrder, policy: SelfTradePolicy): boolean {
    const verdict = preventSelfTrade(order, order.lots, this.openOrders(), policy)
    order.lots = isPositive(verdict.lots) ? verdict.lots : order.lots
    if (verdict.newcomer === 'denied') order.status = 'denied'
    if (verdict.newcomer === 'waits' && order.status !== 'held') Object.assign(order, { status: 'held', heldFor: 'sibling' })
    this.contingencies.touched(order.id)
    this.#perform(verdict.steps)
    return verdict.newcomer === 'goes'
  }

  #get(id: OrderId): SmallOrder {
    return ensureDefined(this.orders.get(id), 'an order')
  }

  #change(id: OrderId, parts: Partial<SmallOrder>): void {
    Object.assign(this.#get(id), parts)
    this.contingencies.touched(id)
  }

  #touch(id: OrderId): void {
    this.contingencies.touched(id)
    this.run()
  }
}

/** What may still fill at the venue on behalf of these, counted the plainest way. */
export const openOf = (engine: SmallEngine, ...legs: readonly SmallOrder[]): number =>
  legs.reduce(
    (sum, leg) => sum + engine.livePieces(leg).reduce((open, piece) => open + rawOf(subtract<Lots>(maximum<Lots>(piece.lots, piece.amendTo?.lots ?? piece.lots), piece.filled)), 0),
    0,
  )
