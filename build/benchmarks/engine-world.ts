import { amountFromRaw, createNotionalScale, createRandom, ensureOk, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../src-main/base/index.ts'
import type { OrderId, OrderSpec, Tradable } from '../../src-main/domain/index.ts'
import { TradingEngine, usualTimings } from '../../src-main/engine/index.ts'
import type { EngineSetup, TradingInput } from '../../src-main/engine/index.ts'
import { boundlessLimits } from '../../src-main/risk/index.ts'

/** A desk of twenty contracts, and a stream of what happens on it: prices, reports and commands in the shares of a busy day. */
const step = (units: number, decimals: number) => ({ units, decimals })
const startMs = 1_700_000_000_000

function contract(place: number): Tradable {
  const tick = step(1, 2)
  const lot = step(1, 3)
  const base = `C${place}`
  return {
    instrument: { id: `${base}/USD:PERP`, venue: 'sim', kind: 'perpetual', name: base, base, quote: 'USD', sector: 'bench', tick, lot, hours: { kind: 'always' } },
    settlement: 'linear',
    rules: {
      quantityMin: lotsFromRaw(1), quantityMax: lotsFromRaw(1_000_000), priceMin: ticksFromRaw(1), priceMax: ticksFromRaw(100_000_000), ordersOpenMax: 5_000,
      triggersOpenMax: 5_000,
    },
    abilities: {
      triggerOrders: true, trailing: false, oco: false, iceberg: false, amend: true, goodTillDate: true, postOnly: true, reduceOnly: true, locksBalance: false,
    },
    scale: ensureOk(createNotionalScale({ tick, lot, multiplier: step(1, 0), amountDecimals: 6 }), 'the scale of a contract'),
    baseUnitsPerLot: 0, makerFee: rateFromRaw(200_000), takerFee: rateFromRaw(500_000), leverageMax: 10, maintenanceMargin: rateFromRaw(5_000_000),
  }
}

export const contracts: readonly Tradable[] = Array.from({ length: 20 }, (_each, place) => contract(place))

export const setup: EngineSetup = {
  installation: '0badc0ffee00', tradables: contracts, assets: [{ id: 'USD', decimals: 6 }],
  accounts: [{ id: 'main', venue: 'sim', positions: 'netting', lots: 'average' }], reportingAsset: 'USD', limits: boundlessLimits, selfTrade: 'cancel-new',
  timings: usualTimings, afterCleanStart: 'previous',
}

/** An engine that trades, with what it was told to get there. */
export function activeEngine(tell: (input: TradingInput) => void = () => undefined): { readonly engine: TradingEngine; readonly process: TradingEngine['process'] } {
  const engine = new TradingEngine(setup)
  const process = (input: TradingInput): ReturnType<TradingEngine['process']> => {
    tell(input)
    return engine.process(input)
  }
  const part = { ok: true, items: [] } as const
  process({ kind: 'program-started', at: startMs, version: 'bench' })
  process({
    kind: 'epoch-reported', at: startMs, account: 'main', epoch: 1, askedAt: startMs, since: 0, openOrders: part, closedOrders: part, trades: part, positions: part,
    balances: { ok: true, items: [{ asset: 'USD', total: amountFromRaw(1e15), free: amountFromRaw(1e15) }] }, postings: part,
  })
  process({ kind: 'resume-trading', at: startMs, to: 'active', reason: 'bench', actor: 'hand' })
  for (const { instrument } of contracts) {
    process({ kind: 'quote-seen', at: startMs, instrument: instrument.id, bid: ticksFromRaw(10_000), ask: ticksFromRaw(10_002) })
  }
  process({ kind: 'time-passed', at: startMs })
  return { engine, process }
}

export const limitOrder = (place: number, isBuy: boolean, price: number): OrderSpec => ({
  account: 'main', instrument: contracts[place % contracts.length]?.instrument.id ?? '', side: isBuy ? 'buy' : 'sell', type: 'limit',
  size: { by: 'quantity', lots: lotsFromRaw(10) }, limit: ticksFromRaw(price), timeInForce: 'gtc', owner: 'bench',
})

export function placed(outcome: ReturnType<TradingEngine['process']>): OrderId | undefined {
  for (const request of outcome.requests) if (request.kind === 'send-order') return request.order
  return undefined
}

/** Seed 7: 70 of 100 are prices, 20 reports, 10 commands. */
export function recordTrace(length: number): readonly TradingInput[] {
  const trace: TradingInput[] = []
  const { engine, process } = activeEngine((input) => trace.push(input))
  const random = createRandom(7)
  const working: OrderId[] = []
  let price = 10_000
  let at = startMs
  let made = 0
  while (trace.length < length) {
    const drawn = random.nextInt(100)
    const place = random.nextInt(contracts.length)
    const instrument = contracts[place]?.instrument.id ?? ''
    if (drawn < 70) {
      price = Math.min(10_400, Math.max(9_600, price + random.nextInt(7) - 3))
      process({ kind: 'quote-seen', at, instrument, bid: ticksFromRaw(price), ask: ticksFromRaw(price + 2) })
    } else if (drawn < 80) {
      made += 1
      at += 3
      const taken = working.length > 50 ? working.splice(random.nextInt(working.length), 1)[0] : undefined
      if (taken !== undefined) {
        process({ kind: 'cancel-order', at, commandId: `c${made}`, order: taken })
        report(taken, 'canceled')
        continue
      }
      const isBuy = random.nextInt(2) === 1
      const spec = limitOrder(place, isBuy, isBuy ? price - 500 - random.nextInt(50) : price + 500 + random.nextInt(50))
      const order = placed(process({ kind: 'place-order', at, commandId: `c${made}`, order: spec }))
      if (order === undefined) continue
      process({ kind: 'send-accepted', at, account: 'main', order, venueOrder: `v${made}` })
      working.push(order)
    } else {
      const order = working[random.nextInt(Math.max(1, working.length))]
      if (order === undefined) continue
      if (random.nextInt(3) > 0) report(order, 'open')
      else trade(order)
    }
  }
  return trace

  function report(id: OrderId, status: 'open' | 'canceled'): void {
    const order = engine.order(id)
    if (order?.venueOrder === undefined) return
    process({
      kind: 'order-reported', at, account: 'main', via: 'stream',
      view: { venueOrder: order.venueOrder, order: id, instrument: order.spec.instrument, side: order.spec.side, status, lots: order.lots, filled: order.filled, updatedAt: at },
    })
  }

  function trade(id: OrderId): void {
    const order = engine.order(id)
    if (order?.venueOrder === undefined || order.limit === undefined) return
    made += 1
    process({
      kind: 'trade-reported', at, account: 'main', via: 'stream',
      trade: {
        trade: `t${made}`, venueOrder: order.venueOrder, order: id, instrument: order.spec.instrument, side: order.spec.side, price: order.limit, lots: lotsFromRaw(2),
        liquidity: 'maker', fee: amountFromRaw(40), feeAsset: 'USD', at,
      },
    })
    if (engine.order(id)?.status === 'filled') working.splice(working.indexOf(id), 1)
  }
}
