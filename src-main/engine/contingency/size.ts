import {
  absolute, add, fail, isMore, isNegative, isPositive, isZero, lotsFromRaw, minimum, mulDiv, ok, rateDenominator, rateFromRaw,
  rawOf, settle, subtract, tryLotsFor,
} from '../../base/index.ts'
import type { Amount, Lots, Result, Ticks } from '../../base/index.ts'
import type { OrderSpec, Refusal, Side, Tradable } from '../../domain/index.ts'

/**
 * How much an order is, in lots, at the moment it is sent. It must never come out larger than was asked for.
 * Invariants: 1 a size by cash costs at most that cash at the price given; 2 `all` takes no more than what is free or held;
 * 3 a reduce-only size never passes the position less what other exits already take.
 */
export interface SizeFacts {
  /** What a lot costs at worst: the limit, or the far side of the market. None: no price that can be trusted. */
  readonly price?: Ticks | undefined
  /** Of the asset that is given away: quote of a buy, base of a sell; the margin asset of a contract. None: not known. */
  readonly free?: Amount | undefined
  /** Signed. */
  readonly position: Lots
  /** Lots of other orders on this side that close the position: working, in flight, unknown. */
  readonly otherExits: Lots
}

const zeroLots = lotsFromRaw(0)

const refuse = (rule: Refusal['rule'], detail: string): { readonly ok: false; readonly error: Refusal } => fail({ rule, detail })

/** The part of the position that an order on this side can close and that no other exit takes. */
export const closableLots = (side: Side, position: Lots, otherExits: Lots): Lots => {
  const against = side === 'sell' ? isPositive(position) : isNegative(position)
  if (!against) return zeroLots
  const left = subtract<Lots>(absolute<Lots>(position), otherExits)
  return isPositive(left) ? left : zeroLots
}

/** What a lot costs at worst: the limit of the order, else its trigger, else the far side of the market. */
export const worstPriceOf = (
  spec: OrderSpec, market: { readonly bid?: Ticks | undefined; readonly ask?: Ticks | undefined },
): Ticks | undefined =>
  spec.limit ?? spec.trigger?.price ?? (spec.side === 'buy' ? market.ask : market.bid)

const lotsForCash = (cash: Amount, price: Ticks | undefined, { scale }: Tradable): Result<Lots, Refusal> => {
  if (price === undefined) return refuse('risk.no-price', 'A size in cash needs a price, and there is none that can be trusted.')
  if (!isPositive(price)) return refuse('risk.no-price', 'A size in cash needs a price above zero.')
  const lots = settle<Lots>(tryLotsFor(cash, price, scale, 'floor'))
  return lots.ok ? lots : refuse('risk.overflow', 'The size is too large to be counted exactly.')
}

/** Fees of a buy come out of the same cash, so that the whole never costs more than what is free. */
const withoutFee = (free: Amount, { takerFee, makerFee }: Tradable): Amount => {
  const fee = isMore(takerFee, makerFee) ? takerFee : makerFee
  const one = rateFromRaw(rateDenominator)
  return isPositive(fee) ? mulDiv(free, one, add(one, fee), 'floor') : free
}

const wholeLots = (free: Amount, { baseUnitsPerLot }: Tradable): Lots => lotsFromRaw(Math.max(0, Math.floor(rawOf(free) / baseUnitsPerLot)))

/** Of what is delivered, a fee in the coin itself leaves less to sell than was bought. */
const sellable = (closable: Lots, { side }: OrderSpec, { free }: SizeFacts, tradable: Tradable): Lots =>
  tradable.settlement === 'delivery' && side === 'sell' && free !== undefined ? minimum<Lots>(closable, wholeLots(free, tradable)) : closable

const allOf = (spec: OrderSpec, facts: SizeFacts, tradable: Tradable): Result<Lots, Refusal> => {
  const closable = closableLots(spec.side, facts.position, facts.otherExits)
  const isDelivered = tradable.settlement === 'delivery'
  if (spec.reduceOnly === true || (!isDelivered && !isZero(closable))) return ok(closable)
  if (facts.free === undefined) return refuse('risk.no-balance', 'The free balance is not known, so "all" of it is not either.')
  if (isNegative(facts.free)) return ok(zeroLots)
  if (isDelivered && spec.side === 'sell') return ok(wholeLots(facts.free, tradable))
  return lotsForCash(withoutFee(facts.free, tradable), facts.price, tradable)
}

const wholeSize = (spec: OrderSpec, facts: SizeFacts, tradable: Tradable): Result<Lots, Refusal> => {
  if (spec.size.by === 'quantity') return ok(spec.size.lots)
  return spec.size.by === 'cash' ? lotsForCash(spec.size.cash, facts.price, tradable) : allOf(spec, facts, tradable)
}

/** The lots of an order, or why there are none. A size that comes out as nothing is refused, not sent as zero. */
export const resolveSize = (spec: OrderSpec, facts: SizeFacts, tradable: Tradable): Result<Lots, Refusal> => {
  const whole = wholeSize(spec, facts, tradable)
  if (!whole.ok) return whole
  const closable = closableLots(spec.side, facts.position, facts.otherExits)
  const lots = spec.reduceOnly === true ? minimum<Lots>(whole.value, sellable(closable, spec, facts, tradable)) : whole.value
  if (isPositive(lots)) return ok(lots)
  const limit = rawOf(tradable.rules.quantityMin)
  return fail({ rule: 'nothing-to-do', limit, actual: rawOf(lots), detail: 'The size comes out as nothing.' })
}
