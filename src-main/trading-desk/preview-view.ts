import type { Contract, InputOf, OrderWish, PreviewedOrder as PreviewedOrderView, PreviewView, VerdictView } from '../../src-preload/contract/index.ts'
import { amountFromRaw, applyRate, isPositive, lotsFromRaw, notional, printSteps, rateDenominator, rawOf, ticksFromRaw } from '../base/index.ts'
import type { Amount, Lots, Ticks } from '../base/index.ts'
import type { OrderSpec, Refusal, Tradable } from '../domain/index.ts'
import { initialMarginOf, liquidationPriceOf, type Preview, type PreviewedCommand, type PreviewedOrder } from '../engine/index.ts'
import { averageOfCost } from './average-text.ts'
import { backingOf, heldAfter, safely } from './money-views.ts'
import { entryPriceOf, specsOf } from './order-wishes.ts'
import { requiredAssetOf } from './refusal-views.ts'
import { amendOf } from './trading-commands.ts'
import type { OpenTrading, TradingDesk } from './trading-desk.ts'

type PreviewWish = InputOf<Contract['trading.preview']>

/** What an order would do, before it is asked for. The verdict is the engine's; the figures beside it are counted here and decide nothing. */
export function previewViewOf(desk: TradingDesk, open: OpenTrading, wish: PreviewWish): PreviewView {
  if (wish.of === 'amend') return amendPreview(desk, open, wish)
  const wishes = wish.of === 'place' ? [wish.order] : wish.orders
  const [entry] = wishes
  const about = entry === undefined ? {} : { instrument: entry.instrument, side: entry.side }
  const specs = specsOf(open, wishes, 'hand')
  if (!specs.ok) return nothingBut(desk.refused(open, specs.error, about))
  const [first] = specs.value
  const tradable = open.setup.tradables.find(({ instrument }) => instrument.id === entry?.instrument)
  const command: PreviewedCommand | undefined = wish.of === 'place-group'
    ? { kind: 'place-group', group: wish.group, orders: specs.value }
    : first && { kind: 'place-order', order: first }
  if (command === undefined || entry === undefined || first === undefined) return nothingBut({ ok: true })
  const preview = open.trading.preview(command)
  const verdict = verdictOf(desk, open, preview.refusal, about)
  if (tradable === undefined || !open.setup.accounts.some(({ id }) => id === first.account)) return nothingBut(verdict)
  const legs = specs.value.map((spec, place): Leg => ({ spec, wish: wishes[place] ?? entry, found: preview.orders[place], tradable }))
  return wholeView(desk, open, verdict, legs, wish.of === 'place-group' && wish.group === 'oco' ? undefined : legs[0])
}

const verdictOf = (desk: TradingDesk, open: OpenTrading, refusal: Refusal | undefined, about: { readonly instrument?: string; readonly side?: OrderSpec['side'] }): VerdictView =>
  (refusal === undefined ? { ok: true } : desk.refused(open, refusal, about))

const nothingBut = (verdict: VerdictView): PreviewView => ({
  verdict, orders: [], position: null, averagePriceAfter: null, liquidationPriceAfter: null, risk: null, free: null, priceAgeMs: null,
})

/** An order of what is previewed, with what the engine found. */
interface Leg {
  readonly spec: OrderSpec
  readonly wish: OrderWish
  readonly found: Preview['orders'][number] | undefined
  readonly tradable: Tradable
}

function amendPreview(desk: TradingDesk, open: OpenTrading, wish: Extract<PreviewWish, { readonly of: 'amend' }>): PreviewView {
  const command = amendOf(wish)
  const order = open.trading.order(command.order)
  const about = order === undefined ? {} : { instrument: order.spec.instrument, side: order.spec.side }
  const verdict = verdictOf(desk, open, open.trading.preview(command).refusal, about)
  const tradable = open.setup.tradables.find(({ instrument }) => instrument.id === order?.spec.instrument)
  if (order === undefined || tradable === undefined) return nothingBut(verdict)
  const limit = command.limit ?? order.limit
  const spec: OrderSpec = { ...order.spec, ...(limit === undefined ? {} : { limit }) }
  const found: PreviewedOrder = { lots: command.lots ?? order.lots, isHeld: order.status === 'held' }
  const price = limit ?? command.trigger ?? order.trigger
  return { ...nothingBut(verdict), orders: [{ ...figuresOf({ spec, found, tradable }, price), verdict }], priceAgeMs: ageOf(desk, open, spec) }
}

function ageOf(desk: TradingDesk, { trading }: OpenTrading, { account, instrument }: OrderSpec): number | null {
  const price = trading.risk(account).price(instrument)
  return price === undefined ? null : Math.max(0, desk.now() - price.at)
}

/** Where it is expected to trade: a limit that the market has not reached waits for its price, what crosses takes the other side's. */
function expectedPrice(open: OpenTrading, { spec, wish }: Leg): Ticks | undefined {
  const named = entryPriceOf(open, wish)
  const price = open.trading.risk(spec.account).price(spec.instrument)
  if (spec.limit === undefined || price === undefined || spec.trigger !== undefined) return named
  const crosses = spec.side === 'buy' ? rawOf(spec.limit) >= rawOf(price.ask) : rawOf(spec.limit) <= rawOf(price.bid)
  return crosses ? (spec.side === 'buy' ? price.ask : price.bid) : spec.limit
}

const worthOf = (price: Ticks, lots: Lots, { scale }: Tradable): number | null => {
  const value = safely(() => notional(price, lots, scale, 'ceil'))
  return value === undefined ? null : rawOf(value)
}

function figuresOf({ found, tradable }: Pick<Leg, 'spec' | 'found' | 'tradable'>, price: Ticks | undefined): Omit<PreviewedOrderView, 'verdict'> {
  const { lots, worstPrice, reduces, isHeld = false } = found ?? {}
  const cost = lots === undefined || price === undefined ? null : worthOf(price, lots, tradable)
  const fee = (rate: Tradable['makerFee']): number | null => (cost === null ? null : rawOf(applyRate(amountFromRaw(cost), rate, 'ceil')))
  const isContract = tradable.settlement === 'linear'
  const margin = !isContract || lots === undefined || price === undefined ? undefined : safely(() => initialMarginOf({ lots, cost: amountFromRaw(0) }, price, tradable))
  return {
    lots: lots === undefined ? null : rawOf(lots),
    expectedPrice: price === undefined ? null : printSteps(rawOf(price), tradable.instrument.tick),
    worstPrice: worstPrice === undefined ? null : rawOf(worstPrice),
    cost,
    worstCost: lots === undefined || worstPrice === undefined ? null : worthOf(worstPrice, lots, tradable),
    makerFee: fee(tradable.makerFee),
    takerFee: fee(tradable.takerFee),
    margin: margin === undefined ? null : rawOf(margin),
    reduces: reduces ?? null,
    isHeld,
  }
}

/** The entry and what follows from it; of an oco there is none. */
function wholeView(desk: TradingDesk, open: OpenTrading, verdict: VerdictView, legs: readonly Leg[], entry: Leg | undefined): PreviewView {
  const orders = legs.map((leg) => ({
    ...figuresOf(leg, expectedPrice(open, leg)),
    verdict: verdictOf(desk, open, leg.found?.refusal, { instrument: leg.spec.instrument, side: leg.spec.side }),
  }))
  const [first] = legs
  const priceAgeMs = first === undefined ? null : ageOf(desk, open, first.spec)
  if (entry === undefined) return { ...nothingBut(verdict), orders, priceAgeMs }
  const price = expectedPrice(open, entry)
  const lots = entry.found?.lots
  return {
    verdict, orders, priceAgeMs,
    ...positionAfter(desk, open, entry, lots, price),
    risk: riskOf(open, legs, lots, price),
    free: freeOf(open, entry, orders[0] ?? null),
  }
}

function positionAfter(
  desk: TradingDesk, open: OpenTrading, { spec, tradable }: Leg, lots: Lots | undefined, price: Ticks | undefined,
): Pick<PreviewView, 'position' | 'averagePriceAfter' | 'liquidationPriceAfter'> {
  const { account, instrument, side, positionSide = 'net' } = spec
  const none = { position: null, averagePriceAfter: null, liquidationPriceAfter: null }
  if (lots === undefined) return none
  const { trading, setup } = open
  const exposure = trading.risk(account).exposure(instrument, positionSide)
  const before = rawOf(exposure.position)
  const change = side === 'buy' ? rawOf(lots) : -rawOf(lots)
  const position = {
    before, after: before + change,
    worstLong: before + rawOf(exposure.buying) + Math.max(0, change), worstShort: before - rawOf(exposure.selling) + Math.min(0, change),
  }
  if (price === undefined) return { ...none, position }
  const held = trading.positions(account).find((each) => each.instrument === instrument && each.positionSide === positionSide)
  const after = safely(() => heldAfter({ lots: lotsFromRaw(before), cost: held?.cost ?? amountFromRaw(0) }, change, (part) => notional(price, lotsFromRaw(part), tradable.scale, 'halfEven')))
  if (after === undefined) return { ...none, position }
  const backing = backingOf({ setup, trading, account, marks: desk.marks(setup) }, { instrument, positionSide, asset: tradable.instrument.quote })
  const liquidation = backing === undefined ? undefined : safely(() => liquidationPriceOf(after, backing, tradable))
  return { position, averagePriceAfter: averageOfCost(after.cost, after.lots, tradable), liquidationPriceAfter: liquidation === undefined ? null : rawOf(liquidation) }
}

const isStop = ({ spec }: Leg): boolean => spec.type === 'stop' || spec.type === 'stop-limit'
const isTarget = ({ spec }: Leg): boolean => spec.type === 'take-profit' || spec.type === 'take-profit-limit' || spec.type === 'limit'

/** From the entry down to the stop, with the fees of both trades; what the first target would bring, with its fees taken off. */
function riskOf(open: OpenTrading, [entry, ...legs]: readonly Leg[], lots: Lots | undefined, price: Ticks | undefined): PreviewView['risk'] {
  if (entry === undefined || lots === undefined || price === undefined || !isPositive(lots)) return null
  const { wish, tradable, spec } = entry
  const stop = legs.find(isStop)?.spec.trigger?.price ?? ('stop' in wish.size ? ticksFromRaw(wish.size.stop) : undefined)
  if (stop === undefined) return null
  const stopped = wonBetween(price, stop, lots, entry)
  const lost = stopped === undefined ? undefined : -stopped
  const targetSpec = legs.find(isTarget)?.spec
  const target = targetSpec?.trigger?.price ?? targetSpec?.limit
  const won = target === undefined ? undefined : wonBetween(price, target, lots, entry)
  const risk = open.trading.risk(spec.account)
  const reported = (amount: number | undefined): number | undefined => {
    const value = amount === undefined ? undefined : risk.inReporting(tradable.instrument.quote, amountFromRaw(Math.abs(amount)))
    return value === undefined || amount === undefined ? undefined : Math.sign(amount) * rawOf(value)
  }
  const [amount, reward, equity] = [reported(lost), reported(won), risk.equity()]
  if (amount === undefined) return null
  const part = equity === undefined || !isPositive(equity) ? null : Math.ceil((amount / rawOf(equity)) * rateDenominator)
  return { stop: rawOf(stop), amount, ofEquity: part !== null && Number.isSafeInteger(part) ? part : null, reward: reward ?? null }
}

/** What a round trip wins, the fees of both trades taken off, in the quote currency; below zero it is lost. None past counting. */
function wonBetween(from: Ticks, to: Ticks, lots: Lots, { spec, tradable }: Leg): number | undefined {
  const worths = safely(() => [notional(from, lots, tradable.scale, 'halfEven'), notional(to, lots, tradable.scale, 'halfEven')] as const)
  if (worths === undefined) return undefined
  const [opened, closed] = worths
  const feeOf = (value: Amount): number => Math.max(0, rawOf(applyRate(value, tradable.takerFee, 'ceil')))
  return (rawOf(closed) - rawOf(opened)) * (spec.side === 'buy' ? 1 : -1) - feeOf(opened) - feeOf(closed)
}

function freeOf({ trading }: OpenTrading, { spec, tradable }: Leg, order: PreviewedOrderView | null): PreviewView['free'] {
  const asset = requiredAssetOf(tradable, spec.side)
  const free = trading.risk(spec.account).free(asset)
  if (free === undefined || order === null) return { asset, before: free === undefined ? null : rawOf(free), after: null }
  const before = rawOf(free)
  const needed = neededOf(tradable, spec, order)
  return { asset, before, after: needed === null ? null : before - needed }
}

/** What the order sets aside at its worst: coins that are sold, money that is paid, margin of a contract; fees on top. */
function neededOf(tradable: Tradable, { side }: OrderSpec, { lots, worstCost, cost, reduces }: PreviewedOrderView): number | null {
  const value = worstCost ?? cost
  if (lots === null || value === null) return null
  if (tradable.settlement === 'delivery' && side === 'sell') return lots * tradable.baseUnitsPerLot
  const fee = rawOf(applyRate(amountFromRaw(value), tradable.takerFee, 'ceil'))
  if (tradable.settlement === 'delivery') return value + fee
  if (reduces === true) return fee
  return Math.ceil(value / Math.max(1, tradable.leverageMax)) + fee
}
