import { isPositive, rateDenominator, rawOf } from '../base/index.ts'
import type { OrderSpec, OrderType, Refusal, Tradable } from '../domain/index.ts'
import { refuse } from './refuse.ts'

type Need = 'needed' | 'forbidden'

/** Which fields a type needs and which make no sense for it. A trailing stop gets its trigger from the prices that it sees. */
const needs: Readonly<Record<OrderType, { readonly limit: Need; readonly trigger: Need; readonly trail: Need }>> = {
  market: { limit: 'forbidden', trigger: 'forbidden', trail: 'forbidden' },
  limit: { limit: 'needed', trigger: 'forbidden', trail: 'forbidden' },
  stop: { limit: 'forbidden', trigger: 'needed', trail: 'forbidden' },
  'stop-limit': { limit: 'needed', trigger: 'needed', trail: 'forbidden' },
  'take-profit': { limit: 'forbidden', trigger: 'needed', trail: 'forbidden' },
  'take-profit-limit': { limit: 'needed', trigger: 'needed', trail: 'forbidden' },
  'trailing-stop': { limit: 'forbidden', trigger: 'forbidden', trail: 'needed' },
}

const malformed = (detail: string): Refusal => refuse('order.malformed', detail)

const fieldFault = (type: OrderType, need: Need, name: string, isGiven: boolean): Refusal | undefined => {
  if (isGiven === (need === 'needed')) return undefined
  return malformed(isGiven ? `an order of type ${type} takes no ${name}` : `an order of type ${type} needs a ${name}`)
}

const priceFault = (spec: OrderSpec): Refusal | undefined => {
  if (spec.limit !== undefined && !isPositive(spec.limit)) return malformed('the limit price is not above zero')
  if (spec.trigger !== undefined && !isPositive(spec.trigger.price)) return malformed('the trigger price is not above zero')
  return undefined
}

const trailFault = (spec: OrderSpec, { rules: { priceMax } }: Tradable): Refusal | undefined => {
  if (spec.trail === undefined) return undefined
  const { distance, activation } = spec.trail
  const length = distance.by === 'amount' ? distance.ticks : distance.rate
  if (!isPositive(length)) return malformed('the distance of the trail is not above zero')
  if (distance.by === 'amount' && rawOf(distance.ticks) > rawOf(priceMax)) return malformed('the distance of the trail is more than the highest price')
  if (distance.by === 'percent' && rawOf(distance.rate) >= rateDenominator) return malformed('the distance of the trail is the whole price or more')
  return activation !== undefined && !isPositive(activation) ? malformed('the activation price is not above zero') : undefined
}

const sizeFault = (spec: OrderSpec): Refusal | undefined => {
  const { size, limit } = spec
  if (size.by === 'quantity' && !isPositive(size.lots)) return malformed('the quantity is not above zero')
  if (size.by === 'cash' && !isPositive(size.cash)) return malformed('the cash is not above zero')
  if (size.by === 'cash' && limit !== undefined) return malformed('an order with a limit price is sized by quantity, not by cash')
  return undefined
}

const timeFault = (spec: OrderSpec): Refusal | undefined => {
  const { type, timeInForce, expiresAt } = spec
  if (timeInForce === 'gtd' && type === 'market') return malformed('a market order has no expiry')
  if (timeInForce === 'gtd') return Number.isSafeInteger(expiresAt) ? undefined : malformed('an order good till a date needs that date')
  return expiresAt === undefined ? undefined : malformed(`an order that is ${timeInForce} takes no expiry date`)
}

const isImmediate = (spec: OrderSpec): boolean => spec.timeInForce === 'ioc' || spec.timeInForce === 'fok'

const restingFault = (spec: OrderSpec): Refusal | undefined => {
  const { postOnly, display, limit, size } = spec
  if (postOnly !== true && display === undefined) return undefined
  if (limit === undefined) return malformed(`an order of type ${spec.type} never rests, so it is neither post-only nor shown in part`)
  if (isImmediate(spec)) return malformed(`an order that is ${spec.timeInForce} never rests, so it is neither post-only nor shown in part`)
  if (display === undefined) return undefined
  if (!isPositive(display)) return malformed('the shown part is not above zero')
  return size.by === 'quantity' && rawOf(display) > rawOf(size.lots) ? malformed('the shown part is more than the whole') : undefined
}

const sideFault = (spec: OrderSpec, positions: 'netting' | 'hedging'): Refusal | undefined => {
  const positionSide = spec.positionSide ?? 'net'
  if (positions === 'netting') return positionSide === 'net' ? undefined : malformed('the account holds one position, so the order names no side of it')
  if (positionSide === 'net') return malformed('the account holds long and short apart, so the order has to name one')
  const closing = positionSide === 'long' ? 'sell' : 'buy'
  return spec.reduceOnly === true && spec.side !== closing ? malformed(`a ${spec.side} cannot reduce a ${positionSide} position`) : undefined
}

/** Whether the order makes sense by itself. Looks at no price, no position and no limit, so that a held order can be judged too. */
export const reviewForm = (spec: OrderSpec, tradable: Tradable, positions: 'netting' | 'hedging'): Refusal | undefined => {
  if (spec.instrument !== tradable.instrument.id) return refuse('order.unknown-instrument', 'the order is of another instrument')
  // By that name the engine calls what nobody here placed: such an order would be left alone where ours are not.
  if (spec.owner === 'external') return malformed('an order placed here cannot be called somebody else\'s')
  const { type } = spec
  const need = needs[type]
  return fieldFault(type, need.limit, 'limit price', spec.limit !== undefined)
    ?? fieldFault(type, need.trigger, 'trigger', spec.trigger !== undefined)
    ?? fieldFault(type, need.trail, 'trail', spec.trail !== undefined)
    ?? priceFault(spec)
    ?? trailFault(spec, tradable)
    ?? sizeFault(spec)
    ?? timeFault(spec)
    ?? restingFault(spec)
    ?? sideFault(spec, positions)
}
