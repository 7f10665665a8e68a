import { amountFromRaw, lotsFromRaw, rateFromRaw, rawOf, ticksFromRaw } from '../../../../../src-main/base/index.ts'
import type { Tradable, VenueOrderSpec, VenueTrade } from '../../../../../src-main/domain/index.ts'
import { SimExchange } from '../../../../../src-main/venues/sim/index.ts'
import type { ExchangeAccount, ExchangeAnswer, ExchangeCall, ExchangeOutput, SimExchangeSetup } from '../../../../../src-main/venues/sim/index.ts'

export const startAt = 1_741_014_000_000
export const spotId = 'ABC/USD'
export const perpId = 'ABC/USD:PERP'

const rules: Tradable['rules'] = {
  quantityMin: lotsFromRaw(1), quantityMax: lotsFromRaw(100_000), priceMin: ticksFromRaw(10), priceMax: ticksFromRaw(100_000),
  notionalMin: amountFromRaw(500), ordersOpenMax: 50, triggersOpenMax: 10,
}
const instrument = (id: string, kind: 'spot' | 'perpetual'): Tradable['instrument'] => ({
  id, venue: 'sim', kind, name: 'An invented coin', base: 'ABC', quote: 'USD', sector: 'Layer 1', tick: { units: 1, decimals: 2 },
  lot: { units: 1, decimals: 2 }, hours: { kind: 'always' },
})

/** One tick times one lot is one minor unit of USD (4 decimals); a lot is 100 minor units of ABC. */
export const spot: Tradable = {
  instrument: instrument(spotId, 'spot'), settlement: 'delivery', rules, scale: { numerator: 1, denominator: 1 }, baseUnitsPerLot: 100,
  abilities: {
    triggerOrders: true, trailing: false, oco: false, iceberg: true, amend: true, goodTillDate: true, postOnly: true, reduceOnly: false, locksBalance: true,
  },
  makerFee: rateFromRaw(1_000_000), takerFee: rateFromRaw(2_000_000), leverageMax: 0, maintenanceMargin: rateFromRaw(0),
}
export const perp: Tradable = {
  ...spot, instrument: instrument(perpId, 'perpetual'), settlement: 'linear', baseUnitsPerLot: 0, leverageMax: 10, maintenanceMargin: rateFromRaw(50_000_000),
  abilities: { ...spot.abilities, reduceOnly: true, locksBalance: false },
  makerFee: rateFromRaw(-100_000), takerFee: rateFromRaw(500_000),
}

export const usd = (amount: number) => ({ asset: 'USD', amount: amountFromRaw(amount) })
export const abc = (amount: number) => ({ asset: 'ABC', amount: amountFromRaw(amount) })
export const account = (id: string, change: Partial<ExchangeAccount> = {}): ExchangeAccount => ({
  id, positions: 'netting', lots: 'average', balances: [usd(50_000_000), abc(1_000_000)], ...change,
})

const instant = { mu: -10, sigma: 0 }
export const calmBehaviour: NonNullable<SimExchangeSetup['behaviour']> = {
  latency: { feed: instant, entry: instant, response: instant }, partialFills: undefined, limits: { capacity: 1e6, perSecond: 1e6, banAfter: 20, banMs: 60_000 },
}

export function createExchange(change: Partial<SimExchangeSetup> = {}): SimExchange {
  const { behaviour, ...rest } = change
  return new SimExchange({ seed: 1, startAt, tradables: [spot, perp], assets: [], accounts: [account('a'), account('b')], ...rest, behaviour: { ...calmBehaviour, ...behaviour } })
}

export const limit = (side: 'buy' | 'sell', price: number, lots: number, change: Partial<VenueOrderSpec> = {}): VenueOrderSpec => ({
  instrument: spotId, side, type: 'limit', limit: ticksFromRaw(price), lots: lotsFromRaw(lots), timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net', ...change,
})
export const market = (side: 'buy' | 'sell', lots: number, change: Partial<VenueOrderSpec> = {}): VenueOrderSpec => ({
  instrument: spotId, side, type: 'market', lots: lotsFromRaw(lots), timeInForce: 'ioc', postOnly: false, reduceOnly: false, positionSide: 'net', ...change,
})
export const trigger = (side: 'buy' | 'sell', type: 'stop' | 'take-profit', price: number, lots: number, change: Partial<VenueOrderSpec> = {}): VenueOrderSpec => ({
  instrument: spotId, side, type, trigger: ticksFromRaw(price), triggerSource: 'last', lots: lotsFromRaw(lots), timeInForce: 'gtc', postOnly: false, reduceOnly: false, positionSide: 'net', ...change,
})

/** Whoever stands on the other side of the wire: sends, lets a moment pass, and reads the answer. */
export class Client {
  readonly exchange: SimExchange
  readonly outputs: ExchangeOutput[] = []

  constructor(exchange: SimExchange) {
    this.exchange = exchange
  }

  call(call: ExchangeCall): ExchangeAnswer {
    const ticket = this.exchange.receive(call, this.exchange.now())
    this.wait(5)
    const answer = this.outputs.findLast((output) => output.kind === 'answer' && output.ticket === ticket)
    if (answer?.kind !== 'answer') throw new Error('there was no answer')
    return answer.answer
  }

  place(accountId: string, clientId: string, spec: VenueOrderSpec): ExchangeAnswer {
    return this.call({ kind: 'place', account: accountId, timestamp: this.exchange.now(), clientId, spec })
  }

  wait(ms: number): void {
    this.outputs.push(...this.exchange.advance(this.exchange.now() + ms))
  }

  streamOf(accountId: string): readonly Extract<ExchangeOutput, { kind: 'stream' }>[] {
    return this.outputs.filter((output) => output.kind === 'stream' && output.account === accountId) as never
  }

  order(accountId: string, clientId: string) {
    const view = this.exchange.truth(accountId).orders.findLast((order) => order.clientId === clientId)
    if (view === undefined) throw new Error(`there is no order ${clientId}`)
    return { status: view.status, lots: rawOf(view.lots), filled: rawOf(view.filled), limit: view.limit === undefined ? undefined : rawOf(view.limit) }
  }

  trades(accountId: string): readonly VenueTrade[] {
    return this.exchange.truth(accountId).trades
  }

  position(accountId: string, side: 'net' | 'long' | 'short' = 'net'): number {
    const found = this.exchange.truth(accountId).positions.find(({ positionSide }) => positionSide === side)
    return found === undefined ? 0 : rawOf(found.lots)
  }

  balance(accountId: string, asset: string): { readonly total: number; readonly free: number } {
    const found = this.exchange.truth(accountId).balances.find((balance) => balance.asset === asset)
    return { total: found === undefined ? 0 : rawOf(found.total), free: found === undefined ? 0 : rawOf(found.free) }
  }
}

export const level = (instrumentId: string, side: 'bid' | 'ask', price: number, size: number) => ({
  kind: 'level' as const, instrument: instrumentId, at: 0, sequence: 0, side, price: ticksFromRaw(price), size: lotsFromRaw(size),
})
export const print = (instrumentId: string, aggressor: 'buyer' | 'seller', price: number, size: number) => ({
  kind: 'trade' as const, instrument: instrumentId, at: 0, sequence: 0, aggressor, price: ticksFromRaw(price), size: lotsFromRaw(size),
})
export const markAt = (instrumentId: string, mark: number, fundingRate = 0) => ({
  kind: 'mark' as const, instrument: instrumentId, at: 0, sequence: 0, mark: ticksFromRaw(mark), index: ticksFromRaw(mark), fundingRate: rateFromRaw(fundingRate), nextFundingAt: 0,
})

export const venueFees = (asset: NonNullable<NonNullable<SimExchangeSetup['behaviour']>['fees']>['asset']): NonNullable<SimExchangeSetup['behaviour']> =>
  ({ fees: { tiers: [], asset } })
