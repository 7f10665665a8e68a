import { isPositive, rawOf } from '../../../base/index.ts'
import type { Instrument, VenueOrderSpec } from '../../../domain/index.ts'
import type { AccountDesk } from './account-desk.ts'
import { worth } from './exact-money.ts'
import { freeOf } from './free-money.ts'
import type { MoneyRules } from './free-money.ts'
import type { TradingFloor } from './trading-floor.ts'
import type { VenueCodeName } from './venue-codes.ts'
import { isClosing } from './venue-order.ts'
import type { VenueOrder } from './venue-order.ts'

/** Whom an order has to pass before the exchange takes it: form, abilities, filters, trigger and money, in that order. */
export interface GateCase {
  readonly desk: AccountDesk
  readonly floor: TradingFloor
  readonly order: VenueOrder
  readonly rules: MoneyRules
}

/** Nothing stands against it when nothing is returned. */
export const refusalOf = (gate: GateCase): VenueCodeName | undefined =>
  formRefusal(gate) ?? abilityRefusal(gate) ?? hoursRefusal(gate) ?? filterRefusal(gate) ?? countRefusal(gate) ?? stateRefusal(gate) ?? moneyRefusal(gate)

const hasLimit = (type: VenueOrderSpec['type']): boolean => type === 'limit' || type === 'stop-limit' || type === 'take-profit-limit'
const hasTrigger = (type: VenueOrderSpec['type']): boolean => type !== 'limit' && type !== 'market'

function formRefusal({ desk, floor, order: { spec } }: GateCase): VenueCodeName | undefined {
  const isWhole = isPositive(spec.lots)
    && hasLimit(spec.type) === (spec.limit !== undefined) && hasTrigger(spec.type) === (spec.trigger !== undefined)
    && (spec.timeInForce === 'gtd') === (spec.expiresAt !== undefined)
    && (!spec.postOnly || (hasLimit(spec.type) && spec.timeInForce !== 'ioc' && spec.timeInForce !== 'fok'))
  if (!isWhole) return 'malformed'
  const isHedged = desk.account.positions === 'hedging' && floor.tradable.settlement === 'linear'
  return isHedged === (spec.positionSide !== 'net') ? undefined : 'malformed'
}

function abilityRefusal({ floor, order: { spec } }: GateCase): VenueCodeName | undefined {
  const { abilities, settlement } = floor.tradable
  const isSupported = (abilities.triggerOrders || !hasTrigger(spec.type)) && (abilities.iceberg || spec.display === undefined)
    && (abilities.goodTillDate || spec.timeInForce !== 'gtd') && (abilities.postOnly || !spec.postOnly)
    && (!spec.reduceOnly || (abilities.reduceOnly && settlement === 'linear'))
  return isSupported ? undefined : 'unsupported'
}

function hoursRefusal({ desk, floor, order: { spec } }: GateCase): VenueCodeName | undefined {
  const now = desk.venueTime()
  if (now < floor.haltedUntil || !isOpenAt(floor.tradable.instrument, now)) return 'closed'
  return spec.expiresAt !== undefined && spec.expiresAt <= now ? 'filter' : undefined
}

export function isOpenAt({ hours }: Instrument, time: number): boolean {
  if (hours.kind === 'always') return true
  const minute = Math.floor(time / 60_000) % 1440
  // The first of January 1970 was a Thursday.
  const weekday = (Math.floor(time / 86_400_000) + 4) % 7
  return hours.weekdays.includes(weekday) && minute >= hours.openMinute && minute < hours.closeMinute
}

export function filterRefusal({ floor, order }: Pick<GateCase, 'floor' | 'order'>): VenueCodeName | undefined {
  const { rules, scale } = floor.tradable
  const prices = [order.limit, order.trigger].filter((price) => price !== undefined)
  if (order.lots < rawOf(rules.quantityMin) || order.lots > rawOf(rules.quantityMax)) return 'filter'
  if (prices.some((price) => price < rawOf(rules.priceMin) || price > rawOf(rules.priceMax))) return 'filter'
  if (order.limit !== undefined && !floor.isWithinBand(order.limit)) return 'filter'
  const price = order.limit ?? order.trigger ?? (floor.reference() || floor.core.worstPriceFor(order.isBuy, order.lots))
  // Nothing has a price: the order will find nobody to trade with, and expire.
  if (price === 0) return undefined
  const value = worth(price, order.lots, scale)
  if (rules.notionalMax !== undefined && value > rawOf(rules.notionalMax)) return 'filter'
  // What only closes may be small: a rest below the minimum would otherwise be locked in.
  return rules.notionalMin !== undefined && value < rawOf(rules.notionalMin) && !isClosing(order) ? 'filter' : undefined
}

function countRefusal({ desk, floor, order }: GateCase): VenueCodeName | undefined {
  const { ordersOpenMax, triggersOpenMax } = floor.tradable.rules
  let count = 0
  for (const other of desk.open.values()) {
    if (other !== order && other.spec.instrument === floor.id && other.isWaiting === order.isWaiting) count += 1
  }
  return count >= (order.isWaiting ? triggersOpenMax : ordersOpenMax) ? 'tooManyOrders' : undefined
}

function stateRefusal({ desk, floor, order, rules }: GateCase): VenueCodeName | undefined {
  if (order.isWaiting) return rules.behaviour.immediateTrigger === 'reject' && isTriggered(order, floor) ? 'wouldTrigger' : undefined
  if (isClosing(order) && desk.closable(order) === 0) return 'reduceOnly'
  if (order.spec.timeInForce === 'fok' && floor.core.available(order.isBuy, priceBound(order)) < order.lots) return 'fillOrKill'
  return order.spec.postOnly && order.limit !== undefined && crosses(floor, order.isBuy, order.limit) ? 'postOnly' : undefined
}

/** The worst that an order takes; one without a limit takes anything. */
export const priceBound = ({ limit, isBuy }: Pick<VenueOrder, 'limit' | 'isBuy'>): number => limit ?? (isBuy ? Infinity : 0)

export const crosses = (floor: TradingFloor, isBuy: boolean, price: number): boolean =>
  isBuy ? floor.core.bestAsk() <= price : floor.core.bestBid() >= price

/** Whether the price that a trigger watches has reached it. A stop follows the market away from us, a take-profit towards us. */
export function isTriggered({ spec, isBuy, trigger }: VenueOrder, floor: TradingFloor): boolean {
  const source = spec.triggerSource ?? 'last'
  const price = source === 'mark' ? floor.mark : source === 'index' ? floor.index : floor.last
  if (trigger === undefined || price === 0) return false
  const isStop = spec.type === 'stop' || spec.type === 'stop-limit'
  return isStop === isBuy ? price >= trigger : price <= trigger
}

/** The order counts as entered: what is free already has it taken off. */
function moneyRefusal({ desk, floor, order, rules }: GateCase): VenueCodeName | undefined {
  const { settlement, instrument } = floor.tradable
  if (settlement === 'delivery') {
    return freeOf(desk, order.isBuy ? instrument.quote : instrument.base, rules) < 0 ? 'balance' : undefined
  }
  return !isClosing(order) && freeOf(desk, instrument.quote, rules) < 0 ? 'margin' : undefined
}
