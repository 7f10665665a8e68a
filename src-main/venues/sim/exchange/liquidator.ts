import { amountFromRaw, lotsFromRaw, rawOf, ticksFromRaw } from '../../../base/index.ts'
import type { PositionSide, VenuePosition, VenuePosting } from '../../../domain/index.ts'
import type { AccountDesk } from './account-desk.ts'
import { charged, worth } from './exact-money.ts'
import type { PlaceCall } from './exchange-call.ts'
import type { VenueBehaviour } from './exchange-setup.ts'
import type { OrderRoom } from './order-room.ts'
import type { TradingFloor } from './trading-floor.ts'
import type { VenueOrder } from './venue-order.ts'

export interface LiquidatorSurroundings {
  readonly behaviour: VenueBehaviour
  readonly floors: ReadonlyMap<string, TradingFloor>
  readonly desks: ReadonlyMap<string, AccountDesk>
  readonly room: OrderRoom
  post(desk: AccountDesk, posting: Omit<VenuePosting, 'reference' | 'at'>): void
}

/**
 * Takes away what an account can no longer carry: when its equity in a currency is below the maintenance margin of its contracts, its
 * orders there are canceled and its positions closed at the market. What the book cannot take, the insurance fund takes at the
 * mark.
 */
export class Liquidator {
  readonly #around: LiquidatorSurroundings
  /** How many there were; their names count on after a restart. */
  count = 0

  constructor(around: LiquidatorSurroundings) {
    this.#around = around
  }

  look(now: number): void {
    for (const desk of this.#around.desks.values()) {
      for (const quote of new Set(desk.positions().map(({ instrument }) => this.#floor(instrument).tradable.instrument.quote))) {
        if (desk.total(quote) + desk.unrealised(quote) < this.#maintenance(desk, quote)) this.#liquidate(desk, quote, now)
      }
    }
  }

  #maintenance(desk: AccountDesk, quote: string): number {
    let sum = 0
    for (const { instrument, lots } of desk.positions()) {
      const floor = this.#floor(instrument)
      const { tradable } = floor
      if (tradable.instrument.quote !== quote) continue
      sum += charged(worth(floor.reference(), Math.abs(rawOf(lots)), tradable.scale), rawOf(tradable.maintenanceMargin))
    }
    return sum
  }

  #liquidate(desk: AccountDesk, quote: string, now: number): void {
    for (const floor of this.#around.floors.values()) {
      if (floor.tradable.settlement === 'linear' && floor.tradable.instrument.quote === quote) this.#around.room.cancelAll(desk, floor.id)
    }
    for (const position of desk.positions()) {
      const floor = this.#floor(position.instrument)
      if (floor.tradable.instrument.quote === quote) this.#close(desk, floor, position, now)
    }
  }

  /** The whole of a position changes hands at the mark, past the book. */
  takeOver(desk: AccountDesk, floor: TradingFloor, { positionSide, clientId, now }: Omit<Closing, 'lots'>): void {
    const lots = desk.positionLots(floor.id, positionSide)
    if (lots === 0) return
    const order = this.#around.room.enter(desk, closingCall(desk, floor, { lots, positionSide, clientId, now }))
    this.#insure(desk, floor, order, Math.abs(lots))
  }

  #close(desk: AccountDesk, floor: TradingFloor, { lots, positionSide }: VenuePosition, now: number): void {
    const size = Math.abs(rawOf(lots))
    this.count += 1
    const order = this.#around.room.force(desk, closingCall(desk, floor, { lots: rawOf(lots), positionSide, clientId: `liquidation-${this.count}`, now }))
    const left = size - order.filled
    if (left > 0) this.#insure(desk, floor, order, left)
    const value = worth(floor.reference(), size, floor.tradable.scale)
    const fee = amountFromRaw(-charged(value, rawOf(this.#around.behaviour.liquidationFee)))
    this.#around.post(desk, { reason: 'liquidation-fee', asset: floor.tradable.instrument.quote, amount: fee, instrument: floor.id })
  }

  #insure(desk: AccountDesk, floor: TradingFloor, order: VenueOrder, lots: number): void {
    const price = rawOf(ticksFromRaw(floor.reference()))
    desk.settle(order, { number: floor.nextTradeNumber(), price, lots, isBuyerTaker: order.isBuy, taker: order, maker: undefined }, floor)
  }

  #floor(instrument: string): TradingFloor {
    return this.#around.floors.get(instrument) as TradingFloor
  }
}

interface Closing {
  /** Signed. */
  readonly lots: number
  readonly positionSide: PositionSide
  readonly clientId: string
  readonly now: number
}

const closingCall = (desk: AccountDesk, floor: TradingFloor, { lots, positionSide, clientId, now }: Closing): PlaceCall => ({
  kind: 'place', account: desk.account.id, timestamp: now, clientId,
  spec: {
    instrument: floor.id, side: lots < 0 ? 'buy' : 'sell', type: 'market', lots: lotsFromRaw(Math.abs(lots)), timeInForce: 'ioc', postOnly: false,
    reduceOnly: true, positionSide,
  },
})
