import { amountFromRaw } from '../../../base/index.ts'
import type { VenueBalance } from '../../../domain/index.ts'
import type { AccountDesk } from './account-desk.ts'
import { charged, dividedUp, worth } from './exact-money.ts'
import type { VenueBehaviour } from './exchange-setup.ts'
import { feeRate } from './fee-desk.ts'
import type { TradingFloor } from './trading-floor.ts'
import { isClosing, remainingOf } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

/** What of an account's money is bound, by whom the exchange asks before it takes an order. */
export interface MoneyRules {
  readonly floors: ReadonlyMap<string, TradingFloor>
  readonly behaviour: VenueBehaviour
}

/** What an asset could be spent on now: the total, less what orders and positions bind. */
export function freeOf(desk: AccountDesk, asset: string, rules: MoneyRules): number {
  let free = desk.total(asset) + Math.min(0, desk.unrealised(asset))
  for (const order of desk.open.values()) {
    const floor = rules.floors.get(order.spec.instrument)
    if (floor?.tradable.settlement === 'delivery') free -= lockedBy(desk, order, floor, asset, rules)
  }
  for (const floor of rules.floors.values()) {
    if (floor.tradable.settlement === 'linear' && floor.tradable.instrument.quote === asset) free -= marginOf(desk, floor)
  }
  return free
}

/** Of a spot order: the goods it sells, or the money it may cost with its fee. */
export function lockedBy(desk: AccountDesk, order: VenueOrder, floor: TradingFloor, asset: string, { behaviour }: MoneyRules): number {
  const { tradable } = floor
  const left = remainingOf(order)
  if (!order.isBuy) return asset === tradable.instrument.base ? left * tradable.baseUnitsPerLot : 0
  if (asset !== tradable.instrument.quote) return 0
  const value = worth(worstPriceOf(order, floor), left, tradable.scale)
  const rate = behaviour.fees.asset.by === 'received' ? 0 : feeRate(behaviour.fees, tradable, false, desk.volume.at(desk.venueTime()))
  return value + Math.max(0, charged(value, rate))
}

/** A limit bounds what a buy may cost; without one the book or the trigger tells. */
function worstPriceOf(order: VenueOrder, floor: TradingFloor): number {
  if (order.limit !== undefined) return order.limit
  if (order.isWaiting && order.trigger !== undefined) return order.trigger
  return floor.core.worstPriceFor(order.isBuy, remainingOf(order)) || floor.reference()
}

/** Of a contract: the larger of what would be long if all that buys filled, and short if all that sells did, over the leverage. */
function marginOf(desk: AccountDesk, floor: TradingFloor): number {
  const sides = desk.account.positions === 'hedging' ? (['long', 'short'] as const) : (['net'] as const)
  let lots = 0
  for (const side of sides) {
    const position = desk.positionLots(floor.id, side)
    let [long, short] = [Math.max(0, position), Math.max(0, -position)]
    if (side === 'net') [long, short] = [position, -position]
    for (const order of desk.open.values()) {
      if (order.spec.instrument !== floor.id || order.spec.positionSide !== side || isClosing(order)) continue
      if (order.isBuy) long += remainingOf(order)
      else short += remainingOf(order)
    }
    lots += Math.max(long, short, 0)
  }
  if (lots === 0) return 0
  const leverage = Math.min(desk.account.leverage ?? floor.tradable.leverageMax, floor.tradable.leverageMax)
  return dividedUp(worth(floor.reference(), lots, floor.tradable.scale), Math.max(1, leverage))
}

export const balancesOf = (desk: AccountDesk, rules: MoneyRules): readonly VenueBalance[] =>
  desk.assets().map((asset) => ({
    asset, total: amountFromRaw(desk.total(asset)), free: amountFromRaw(Math.max(0, freeOf(desk, asset, rules))),
  }))
