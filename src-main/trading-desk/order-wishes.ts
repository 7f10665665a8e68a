import type { OrderWish } from '../../src-preload/contract/index.ts'
import { amountFromRaw, fail, lotsFromRaw, minimum, ok, rateDenominator, rateFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { Amount, Lots, Result, Ticks } from '../base/index.ts'
import type { OrderSize, OrderSpec, Refusal, RefusalRule, Tradable, Trail } from '../domain/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import { limitsFor, sizeByFraction, sizeByRisk, type SizeRoom, type SizingFault } from '../risk/index.ts'
import type { TradingView } from '../runtime/index.ts'

/** What a wish is turned into an order with. */
export interface WishContext {
  readonly setup: EngineSetup
  readonly trading: TradingView
}

type SizeWish = OrderWish['size']
type ByMoney = Extract<SizeWish, { readonly by: 'risk' | 'risk-part' | 'equity-part' }>

const whole = rateFromRaw(rateDenominator)

/** An order as the engine takes it: sizes that rest on the equity are counted here, at the prices of this moment, always rounded down. */
export function specOf(context: WishContext, wish: OrderWish, owner: string): Result<OrderSpec, Refusal> {
  const size = sizeOf(context, wish)
  if (!size.ok) return size
  const { account, instrument, side, type, timeInForce } = wish
  return ok({
    account, instrument, side, type, size: size.value, timeInForce, owner,
    ...(wish.limit === undefined ? {} : { limit: ticksFromRaw(wish.limit) }),
    ...(wish.trigger === undefined ? {} : { trigger: { price: ticksFromRaw(wish.trigger.price), source: wish.trigger.source } }),
    ...(wish.trail === undefined ? {} : { trail: trailOf(wish.trail) }),
    ...(wish.expiresAt === undefined ? {} : { expiresAt: wish.expiresAt }),
    ...(wish.postOnly === undefined ? {} : { postOnly: wish.postOnly }),
    ...(wish.reduceOnly === undefined ? {} : { reduceOnly: wish.reduceOnly }),
    ...(wish.display === undefined ? {} : { display: lotsFromRaw(wish.display) }),
    ...(wish.positionSide === undefined ? {} : { positionSide: wish.positionSide }),
  })
}

/** Each by itself, in their order; the first that cannot be counted refuses them all. */
export function specsOf(context: WishContext, wishes: readonly OrderWish[], owner: string): Result<readonly OrderSpec[], Refusal> {
  const specs: OrderSpec[] = []
  for (const wish of wishes) {
    const spec = specOf(context, wish, owner)
    if (!spec.ok) return spec
    specs.push(spec.value)
  }
  return ok(specs)
}

function trailOf({ distance, source, activation }: NonNullable<OrderWish['trail']>): Trail {
  return {
    distance: distance.by === 'amount' ? { by: 'amount', ticks: ticksFromRaw(distance.ticks) } : { by: 'percent', rate: rateFromRaw(distance.rate) },
    source,
    ...(activation === undefined ? {} : { activation: ticksFromRaw(activation) }),
  }
}

function sizeOf(context: WishContext, wish: OrderWish): Result<OrderSize, Refusal> {
  const { size } = wish
  switch (size.by) {
    case 'quantity': return ok({ by: 'quantity', lots: lotsFromRaw(size.lots) })
    case 'cash': return ok({ by: 'cash', cash: amountFromRaw(size.cash) })
    case 'all': return ok({ by: 'all' })
    default: {
      const lots = lotsByMoney(context, wish, size)
      return lots.ok ? ok({ by: 'quantity', lots: lots.value }) : lots
    }
  }
}

const refuse = (rule: RefusalRule, detail: string): { readonly ok: false; readonly error: Refusal } => fail({ rule, detail })

/** Which price it is expected to open at; what a trigger or a limit says, else the far side of the market. */
export function entryPriceOf({ trading }: WishContext, { account, instrument, side, limit, trigger }: OrderWish): Ticks | undefined {
  const named = limit ?? trigger?.price
  if (named !== undefined) return ticksFromRaw(named)
  const price = trading.risk(account).price(instrument)
  return side === 'buy' ? price?.ask : price?.bid
}

function lotsByMoney(context: WishContext, wish: OrderWish, size: ByMoney): Result<Lots, Refusal> {
  const { setup, trading } = context
  if (!setup.accounts.some(({ id }) => id === wish.account)) return refuse('order.unknown-account', `There is no account called ${wish.account}.`)
  const tradable = setup.tradables.find(({ instrument }) => instrument.id === wish.instrument)
  if (tradable === undefined) return refuse('order.unknown-instrument', `There is no instrument called ${wish.instrument}.`)
  const price = entryPriceOf(context, wish)
  if (price === undefined) return refuse('risk.no-price', `there is no price of ${wish.instrument} yet`)
  const risk = trading.risk(wish.account)
  const equity = risk.equity()
  if (equity === undefined) return refuse('risk.no-balance', 'the balance of the account is not known')
  const inQuote = (amount: Amount): Amount | undefined => quoteOf(amount, (units) => risk.inReporting(tradable.instrument.quote, units))
  const room = roomOf(context, tradable, price, inQuote)
  const quoteEquity = inQuote(size.by === 'risk' ? amountFromRaw(size.amount) : equity)
  if (room === undefined || quoteEquity === undefined) return refuse('risk.no-price', `there is no price of ${tradable.instrument.quote} in ${setup.reportingAsset}`)
  const isRightSide = size.by === 'equity-part' || (wish.side === 'buy' ? size.stop < rawOf(price) : size.stop > rawOf(price))
  if (!isRightSide) return refuse('order.malformed', 'the stop that the size rests on is not on the losing side of the price')
  const sized = size.by === 'equity-part'
    ? sizeByFraction({ equity: quoteEquity, fraction: rateFromRaw(size.rate) }, room)
    : sizeByRisk({ equity: quoteEquity, risk: size.by === 'risk' ? whole : rateFromRaw(size.rate), entry: price, stop: ticksFromRaw(size.stop) }, room)
  if (!sized.ok) return refuse(ruleOf(sized.error), `the size could not be counted: ${sized.error}`)
  if (rawOf(sized.value) > 0) return sized
  return fail({ rule: 'nothing-to-do', limit: rawOf(tradable.rules.quantityMin), actual: 0, detail: 'The size comes out as nothing.' })
}

const ruleOf = (fault: SizingFault): RefusalRule => {
  if (fault === 'no-equity') return 'risk.leverage'
  if (fault === 'no-price') return 'risk.no-price'
  return fault === 'overflow' ? 'risk.overflow' : 'order.malformed'
}

/** Money of the reporting currency in the quote currency, rounded down. */
function quoteOf(amount: Amount, reported: (units: Amount) => Amount | undefined): Amount | undefined {
  const unit = 10n ** 9n
  const worth = reported(amountFromRaw(Number(unit)))
  if (worth === undefined || rawOf(worth) <= 0) return undefined
  const value = Number((BigInt(rawOf(amount)) * unit) / BigInt(rawOf(worth)))
  return Number.isSafeInteger(value) ? amountFromRaw(value) : undefined
}

function roomOf(
  { setup }: WishContext, { instrument, rules, scale }: Tradable, price: Ticks, inQuote: (amount: Amount) => Amount | undefined,
): SizeRoom | undefined {
  const { orderLotsMax, orderNotionalMax } = limitsFor(setup.limits, instrument.id)
  const notionalMax = inQuote(orderNotionalMax)
  if (notionalMax === undefined) return undefined
  return { price, scale, lotsMin: rules.quantityMin, lotsMax: minimum(rules.quantityMax, orderLotsMax), notionalMax }
}
