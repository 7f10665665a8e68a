import { rawOf } from '../../../src-main/base/index.ts'
import { isTerminal, signOf } from '../../../src-main/domain/index.ts'
import type { GroupLink, OrderId, OrderSpec, OrderStatus, Tradable, VenueOrderSpec, VenueOrderView, VenueTrade } from '../../../src-main/domain/index.ts'
import { Coins } from './coins.ts'
import type { SimEvent } from './scene.ts'

/** An order as the events alone tell it. */
export interface SeenOrder {
  readonly id: OrderId
  readonly spec: OrderSpec | undefined
  readonly view: VenueOrderView | undefined
  readonly link: GroupLink | undefined
  readonly replaces: OrderId | undefined
  readonly onBehalfOf: OrderId | undefined
  readonly intendedAt: number
  lots: number
  status: OrderStatus
  filled: number
  /** By what was sent on its behalf. */
  filledByPieces: number
  venueSpec: VenueOrderSpec | undefined
  validUntil: number
  sendingSequence: number
  sendingAt: number
  unknownSince: number | undefined
  cancel: string
  amendLots: number | undefined
  /** Its price may not be the one it was sent with any more. */
  amended: boolean
  readonly fills: Map<string, { readonly trade: VenueTrade; readonly inferred: boolean }>
}

export const tradeKey = (trade: VenueTrade): string => `${trade.instrument} ${trade.trade} ${trade.side}`

/** Reads along: what orders and positions have come to, told by the events and by nothing else. */
export class Witness {
  readonly orders = new Map<OrderId, SeenOrder>()
  /** Those that may still trade or wait, so that a look at them stays short. */
  readonly live = new Map<OrderId, SeenOrder>()
  readonly positions = new Map<string, number>()
  readonly openings = new Map<string, number>()
  readonly balances = new Map<string, number>()
  readonly coins: Coins
  mode = 'starting'
  hasOpening = false

  constructor(tradables: readonly Tradable[]) {
    this.coins = new Coins(tradables)
  }

  read(event: SimEvent): void {
    switch (event.kind) {
      case 'order-intended':
        this.#open({ ...blank, id: event.order, spec: event.spec, view: undefined, link: event.link, replaces: event.replaces, onBehalfOf: event.onBehalfOf, intendedAt: event.at, lots: rawOf(event.lots), fills: new Map() })
        return
      case 'external-adopted':
        this.#open({ ...blank, id: event.order, spec: undefined, view: event.view, link: undefined, replaces: undefined, onBehalfOf: undefined, intendedAt: event.at, lots: rawOf(event.view.lots), status: 'working', fills: new Map() })
        return
      case 'mode-changed':
        this.mode = event.to
        return
      case 'engine-started':
        this.mode = event.mode
        return
      case 'opening-taken':
        this.hasOpening = true
        for (const { instrument, positionSide, lots } of event.positions) {
          this.positions.set(`${instrument} ${positionSide}`, rawOf(lots))
          this.openings.set(`${instrument} ${positionSide}`, rawOf(lots))
        }
        this.coins.open(event)
        this.#placeCoins(event.balances.map(({ asset }) => asset))
        return
      case 'money-posted':
        this.#placeCoins(this.coins.post(event))
        return
      case 'order-denied': case 'order-held': case 'order-triggered': case 'order-sending': case 'order-resized': case 'order-revised': case 'order-working': case 'order-rejected':
      case 'order-unknown': case 'order-absent': case 'order-stuck': case 'order-canceled': case 'order-expired': case 'order-corrected': case 'cancel-changed':
      case 'amend-changed': case 'order-filled': case 'fill-superseded': {
        const order = this.orders.get(event.order)
        if (order !== undefined) this.#change(order, event)
        return
      }
    }
  }

  /** Before what survived a crash is read again. */
  forget(): void {
    for (const held of [this.orders, this.live, this.positions, this.openings, this.balances]) held.clear()
    this.coins.forget()
    this.mode = 'starting'
    this.hasOpening = false
  }

  /** What there is to close: nobody lends a coin, so one that seems to be owed is only not told of yet. */
  positionOf(instrument: string): number {
    if (this.coins.coinOf(instrument) !== undefined) return Math.max(0, this.positions.get(`${instrument} net`) ?? 0)
    let sum = 0
    for (const side of ['net', 'long', 'short']) sum += this.positions.get(`${instrument} ${side}`) ?? 0
    return sum
  }

  #open(order: SeenOrder): void {
    this.orders.set(order.id, order)
    this.live.set(order.id, order)
  }

  #change(order: SeenOrder, event: Extract<SimEvent, { readonly order: OrderId }>): void {
    switch (event.kind) {
      case 'order-denied': order.status = 'denied'; break
      case 'order-held': order.status = 'held'; break
      case 'order-sending':
        Object.assign(order, { status: 'sending', venueSpec: event.venueSpec, validUntil: event.validUntil, sendingSequence: event.sequence, sendingAt: event.at, lots: rawOf(event.venueSpec.lots) })
        break
      case 'order-resized':
        order.lots = rawOf(event.lots)
        if (order.filled >= order.lots && order.filled > 0 && !isTerminal(order.status)) order.status = 'filled'
        break
      case 'order-revised':
        order.lots = rawOf(event.lots)
        if (order.filled >= order.lots && order.filled > 0 && !isTerminal(order.status)) order.status = 'filled'
        break
      case 'order-working': order.status = order.filled > 0 ? 'partial' : 'working'; break
      case 'order-rejected': order.status = 'rejected'; break
      case 'order-unknown': order.status = 'unknown'; order.unknownSince ??= event.at; break
      case 'order-absent': order.status = 'absent'; break
      case 'order-stuck': order.status = 'stuck'; break
      case 'order-canceled': order.status = 'canceled'; break
      case 'order-expired': order.status = 'expired'; break
      case 'order-corrected': order.status = event.to; break
      case 'cancel-changed': order.cancel = event.to; break
      case 'amend-changed':
        order.amended = true
        if (event.to === 'sending' && event.lots !== undefined) order.amendLots = rawOf(event.lots)
        if (event.to === 'acked') {
          order.lots = order.amendLots ?? order.lots
          if (order.filled >= order.lots && order.filled > 0 && !isTerminal(order.status)) order.status = 'filled'
        }
        if (event.to === 'acked' || event.to === 'none') order.amendLots = undefined
        break
      case 'order-filled': this.#fill(order, event.trade, event.inferred, 1); break
      case 'fill-superseded': this.#fill(order, event.trade, false, -1); break
      default: break
    }
    if (order.status !== 'unknown') order.unknownSince = undefined
    if (isTerminal(order.status)) this.live.delete(order.id)
    else this.live.set(order.id, order)
  }

  /** A held order ends when what was sent for it filled all of it. */
  #countForOwner(piece: SeenOrder, lots: number): void {
    const owner = piece.onBehalfOf === undefined ? undefined : this.orders.get(piece.onBehalfOf)
    if (owner === undefined) return
    owner.filledByPieces += lots
    if (isTerminal(owner.status) || owner.lots === 0 || owner.filledByPieces < owner.lots) return
    owner.status = 'filled'
    this.live.delete(owner.id)
  }

  #placeCoins(coins: readonly string[]): void {
    for (const coin of new Set(coins)) {
      const lots = this.coins.lotsOf(coin)
      for (const [place, { instrument }] of this.coins.pairsOf(coin).entries()) this.positions.set(`${instrument.id} net`, lots[place] ?? 0)
    }
  }

  #fill(order: SeenOrder, trade: VenueTrade, inferred: boolean, direction: 1 | -1): void {
    const lots = rawOf(trade.lots) * direction
    order.filled += lots
    if (direction === 1) order.fills.set(tradeKey(trade), { trade, inferred })
    else order.fills.delete(tradeKey(trade))
    if (!isTerminal(order.status) || order.status === 'filled') order.status = order.filled >= order.lots ? 'filled' : order.filled > 0 ? 'partial' : 'working'
    this.#countForOwner(order, lots)
    this.#placeCoins(this.coins.trade(trade, direction))
    if (this.coins.coinOf(trade.instrument) !== undefined) return
    const side = `${trade.instrument} ${trade.positionSide ?? 'net'}`
    this.positions.set(side, (this.positions.get(side) ?? 0) + signOf(trade.side) * lots)
  }
}

const blank = { status: 'intent' as OrderStatus, filled: 0, filledByPieces: 0, venueSpec: undefined, validUntil: 0, sendingSequence: 0, sendingAt: 0, unknownSince: undefined, cancel: 'none', amendLots: undefined, amended: false }
