import { amountFromRaw, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { EngineCommand, OrderId, OrderSpec, Side, SingleCommand, TradingCommand } from '../../../src-main/domain/index.ts'
import type { SeenOrder } from '../checkers/index.ts'
import type { Market } from '../world/catalogue.ts'
import type { Action } from './plan.ts'

/** What the trader has before his eyes when he acts. */
export interface Desk {
  readonly account: string
  readonly markets: readonly Market[]
  readonly now: number
  readonly quoteOf: (instrument: string) => { readonly bid: number; readonly ask: number }
  readonly live: readonly SeenOrder[]
  readonly positionOf: (instrument: string) => number
  readonly lastCommand: TradingCommand | undefined
}

export type UserCommand = TradingCommand | EngineCommand

/** One command for one action; nothing where there is nothing to act on. */
export function commandOf(action: Action, desk: Desk): UserCommand | undefined {
  const asked = { commandId: `c${action.number}`, at: desk.now }
  const [pick = 0, chance = 0] = action.dice
  switch (action.kind) {
    case 'amend': return amend(action, desk)
    case 'cancel': {
      const target = pickLive(desk, pick)
      return target === undefined ? undefined : { kind: 'cancel-order', ...asked, order: target.id }
    }
    case 'cancel-all': case 'cancel-all-external': return cancelAll(action, desk)
    case 'close': case 'reverse': {
      const { instrument } = marketAt(desk, pick).tradable
      return { kind: action.kind === 'close' ? 'close-position' : 'reverse-position', ...asked, account: desk.account, instrument: instrument.id }
    }
    case 'oco': case 'oto': case 'bracket': return { kind: 'place-group', ...asked, group: action.kind, orders: group(action, desk) }
    case 'batch': return { kind: 'batch', ...asked, items: batchItems(action, desk) }
    // The screen sent it again because no answer came.
    case 'repeat': return desk.lastCommand
    case 'halt': return { kind: 'halt-trading', at: desk.now, reason: 'halted by hand', actor: 'hand' }
    case 'reduce': return { kind: 'resume-trading', at: desk.now, reason: 'only reducing', actor: 'hand', to: 'reducing' }
    case 'against-own': {
      const order = againstOwn(action, desk)
      return order === undefined ? undefined : { kind: 'place-order', ...asked, order }
    }
    default: return { kind: 'place-order', ...asked, order: specOf(action.kind, desk, marketAt(desk, pick), chance < 0.5 ? 'buy' : 'sell', action.dice) }
  }
}

const marketAt = (desk: Desk, pick: number): Market => {
  const market = desk.markets[Math.floor(pick * desk.markets.length)]
  if (market === undefined) throw new Error('expected a market')
  return market
}

const ours = (desk: Desk): readonly SeenOrder[] => desk.live.filter(({ spec }) => spec !== undefined)
const pickLive = (desk: Desk, pick: number): SeenOrder | undefined => ours(desk)[Math.floor(pick * ours(desk).length)]

function specOf(kind: string, desk: Desk, market: Market, side: Side, dice: readonly number[]): OrderSpec {
  const { instrument } = market.tradable
  const { bid, ask } = desk.quoteOf(instrument.id)
  const [, , size = 0, far = 0, near = 0, extra = 0] = dice
  const lots = 1 + Math.floor(size * size * 4 * market.lots)
  const unit = market.stepTicks
  const behind = (ticks: number) => ticksFromRaw(Math.max(1, Math.round(side === 'buy' ? bid - ticks : ask + ticks)))
  const beyond = (ticks: number) => behind(-ticks)
  const base: OrderSpec = {
    account: desk.account, instrument: instrument.id, side, type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(lots) }, limit: behind(Math.floor(unit * 4 * near)),
    timeInForce: 'gtc', owner: 'hand',
  }
  const { limit: _limit, ...bare } = base
  const source = far < 0.5 ? 'last' : 'mark'
  switch (kind) {
    case 'limit-far': return { ...base, limit: behind(unit * (20 + Math.floor(60 * far))) }
    case 'limit-crossing': return { ...base, limit: beyond(unit * 3) }
    case 'market': return { ...bare, type: 'market', timeInForce: 'ioc' }
    case 'market-cash': return { ...bare, type: 'market', timeInForce: 'ioc', size: { by: 'cash', cash: amountFromRaw(Math.floor((20 + 3_000 * size) * 1_000_000)) } }
    case 'market-all': return { ...bare, side: desk.positionOf(instrument.id) < 0 ? 'buy' : 'sell', type: 'market', timeInForce: 'ioc', size: { by: 'all' }, reduceOnly: true }
    case 'stop': return { ...bare, type: 'stop', trigger: { price: beyond(unit * (4 + Math.floor(10 * far))), source }, ...(extra < 0.6 ? { reduceOnly: true } : {}) }
    case 'stop-limit': return { ...base, type: 'stop-limit', trigger: { price: beyond(unit * 6), source }, limit: beyond(unit * 12) }
    case 'take-profit': return { ...bare, type: 'take-profit', trigger: { price: behind(unit * (4 + Math.floor(10 * far))), source }, ...(extra < 0.6 ? { reduceOnly: true } : {}) }
    case 'take-profit-limit': return { ...base, type: 'take-profit-limit', trigger: { price: behind(unit * 6), source }, limit: behind(unit * 5) }
    case 'trailing-amount': return { ...bare, type: 'trailing-stop', trail: { distance: { by: 'amount', ticks: ticksFromRaw(unit * (4 + Math.floor(6 * far))) }, source: 'last' }, ...(extra < 0.6 ? { reduceOnly: true } : {}) }
    case 'trailing-percent': return { ...bare, type: 'trailing-stop', trail: { distance: { by: 'percent', rate: rateFromRaw(200_000 + Math.floor(2_000_000 * far)) }, source: 'mark', activation: behind(unit * 2) }, reduceOnly: true }
    case 'iceberg': return { ...base, size: { by: 'quantity', lots: lotsFromRaw(lots + 10) }, display: lotsFromRaw(Math.max(1, Math.floor(lots / 4))) }
    case 'ioc': return { ...base, limit: beyond(unit), timeInForce: 'ioc' }
    case 'fok': return { ...base, limit: beyond(unit * 2), timeInForce: 'fok' }
    case 'gtd': return { ...base, timeInForce: 'gtd', expiresAt: desk.now + 5_000 + Math.floor(60_000 * far) }
    case 'day': return { ...base, timeInForce: 'day' }
    case 'post-only': return { ...base, limit: extra < 0.3 ? beyond(unit) : behind(unit), postOnly: true }
    case 'reduce-only': return { ...base, side: desk.positionOf(instrument.id) < 0 ? 'buy' : 'sell', reduceOnly: true, ...(extra < 0.5 ? { limit: beyond(unit) } : {}) }
    case 'malformed': return far < 0.5 ? { ...base, instrument: 'NO/SUCH' } : { ...bare, type: 'limit' }
    case 'too-large': return { ...base, size: { by: 'quantity', lots: lotsFromRaw(market.positionMax * 2) } }
    default: return base
  }
}

function group(action: Action, desk: Desk): readonly OrderSpec[] {
  const [pick = 0, chance = 0, , , , extra = 0] = action.dice
  const market = marketAt(desk, pick)
  const held = desk.positionOf(market.tradable.instrument.id)
  // What goes against the position has nothing for its exits to close.
  const goesWith: Side = held > 0 ? 'buy' : 'sell'
  const side: Side = held !== 0 && (action.dice[10] ?? 0) < 0.6 ? goesWith : chance < 0.5 ? 'buy' : 'sell'
  const exit: Side = side === 'buy' ? 'sell' : 'buy'
  const { dice } = action
  const stop = { ...specOf('stop', desk, market, exit, dice), reduceOnly: true }
  // Some are so near that they fill before the run ends.
  const away = (dice[9] ?? 0) < 0.5 ? -0.26 : 0.01
  const target = { ...specOf('limit-far', desk, market, exit, [0, 0, dice[2] ?? 0, away]), reduceOnly: true }
  const entry = specOf(extra < 0.5 ? 'limit-near' : 'limit-crossing', desk, market, side, dice)
  if (action.kind === 'oco') return [target, stop]
  return action.kind === 'oto' ? [entry, stop] : [entry, stop, target]
}

function batchItems(action: Action, desk: Desk): readonly SingleCommand[] {
  const count = 2 + Math.floor((action.dice[6] ?? 0) * 4)
  return Array.from({ length: count }, (_, index): SingleCommand => {
    const dice = action.dice.map((_die, place) => action.dice[(place + index) % action.dice.length] ?? 0)
    const target = pickLive(desk, dice[7] ?? 0)
    const asked = { commandId: `c${action.number}.${index}`, at: desk.now }
    if ((dice[8] ?? 0) < 0.2 && target !== undefined) return { kind: 'cancel-order', ...asked, order: target.id }
    return { kind: 'place-order', ...asked, order: specOf('limit-near', desk, marketAt(desk, dice[0] ?? 0), (dice[1] ?? 0) < 0.5 ? 'buy' : 'sell', dice) }
  })
}

function amend(action: Action, desk: Desk): TradingCommand | undefined {
  const [pick = 0, chance = 0, size = 0, far = 0] = action.dice
  const target = pickLive(desk, pick)
  if (target?.spec === undefined) return undefined
  const market = desk.markets.find(({ tradable }) => tradable.instrument.id === target.spec?.instrument)
  if (market === undefined) return undefined
  const order: OrderId = target.id
  const lots = lotsFromRaw(Math.max(1, Math.floor(target.lots * (0.5 + size))))
  const { bid, ask } = desk.quoteOf(market.tradable.instrument.id)
  const shift = market.stepTicks * Math.floor(12 * far)
  const limit = ticksFromRaw(target.spec.side === 'buy' ? bid - shift : ask + shift)
  const asked = { kind: 'amend-order', commandId: `c${action.number}`, at: desk.now, order } as const
  // Now and then he types a price that nobody takes, more than may be, or what is filled already.
  const { priceMax, quantityMax } = market.tradable.rules
  const typo = action.dice[9] ?? 0
  if (typo < 0.04) return { ...asked, lots: lotsFromRaw(rawOf(quantityMax) + 1) }
  if (typo < 0.1 && target.spec.limit !== undefined) return { ...asked, limit: ticksFromRaw(rawOf(priceMax) + 1) }
  if (typo < 0.4 && target.filled > 0) return { ...asked, lots: lotsFromRaw(target.filled) }
  if (chance < 0.4) return { ...asked, lots }
  return target.spec.limit === undefined ? { ...asked, trigger: limit } : chance < 0.8 ? { ...asked, limit } : { ...asked, lots, limit }
}

function cancelAll(action: Action, desk: Desk): TradingCommand {
  const [pick = 0, chance = 0] = action.dice
  const { instrument } = marketAt(desk, pick).tradable
  const asked = { kind: 'cancel-all', commandId: `c${action.number}`, at: desk.now, account: desk.account } as const
  if (action.kind === 'cancel-all-external') return { ...asked, includeExternal: true }
  if (chance < 0.3) return asked
  return chance < 0.7 ? { ...asked, instrument: instrument.id } : { ...asked, instrument: instrument.id, side: 'buy' }
}

/** A price that meets an order of his own on the other side. */
function againstOwn(action: Action, desk: Desk): OrderSpec | undefined {
  const [pick = 0] = action.dice
  const resting = ours(desk).filter(({ spec, status }) => spec?.type === 'limit' && (status === 'working' || status === 'partial' || status === 'unknown'))
  const own = resting[Math.floor(pick * resting.length)]
  const market = desk.markets.find(({ tradable }) => tradable.instrument.id === own?.spec?.instrument)
  if (own?.spec?.limit === undefined || market === undefined) return undefined
  const side: Side = own.spec.side === 'buy' ? 'sell' : 'buy'
  const order = specOf('limit-near', desk, market, side, action.dice)
  return { ...order, limit: ticksFromRaw(rawOf(own.spec.limit)) }
}
