import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import type { OrderSpec } from '../../../src-main/domain/index.ts'
import { TradingEngine, type TradingInput } from '../../../src-main/engine/index.ts'
import { houseLimits, paperAccounts, paperTrading } from '../../../src-main/trading-setup/index.ts'

const at = 1_700_000_000_000
const { setup } = paperTrading()
const part = { ok: true, items: [] } as const
const money = amountFromRaw(100_000_000_000)

function started(): { readonly engine: TradingEngine; readonly process: (input: TradingInput) => ReturnType<TradingEngine['process']> } {
  const engine = new TradingEngine(setup)
  engine.process({ kind: 'program-started', at, version: 'test' })
  engine.process({
    kind: 'epoch-reported', at, account: 'paper', epoch: 1, askedAt: at, since: 0, openOrders: part, closedOrders: part, trades: part, positions: part, postings: part,
    balances: { ok: true, items: [{ asset: 'USD', total: money, free: money }] },
  })
  engine.process({ kind: 'quote-seen', at, instrument: 'BTC/USD', bid: ticksFromRaw(640_000), ask: ticksFromRaw(640_010) })
  return { engine, process: (input) => engine.process(input) }
}

/** 0.1 dollars a tick, a hundred-thousandth of a coin a lot. */
const spec = (lots: number, limit: number): OrderSpec => ({
  account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(lots) }, limit: ticksFromRaw(limit), timeInForce: 'gtc', owner: 'hand',
})
let commands = 0
const place = (order: OrderSpec): TradingInput => ({ kind: 'place-order', commandId: `c${++commands}`, at, order })
const refusedBy = (outcome: ReturnType<TradingEngine['process']>): string | undefined => {
  for (const event of outcome.events) if (event.kind === 'order-denied' || event.kind === 'command-refused') return event.refusal.rule
  return undefined
}

describe('what a paper profile trades', () => {
  it('has one account with 100,000 dollars, and is active by itself after its first clean round', () => {
    expect(setup.accounts).toEqual([{ id: 'paper', venue: 'sim', positions: 'netting', lots: 'fifo' }])
    expect(paperAccounts[0]?.balances).toEqual([{ asset: 'USD', amount: money }])
    expect(started().engine.mode).toMatchObject({ mode: 'active', actor: 'engine' })
  })

  it('takes an order by hand, and none past its limits', () => {
    const { process } = started()
    expect(process(place(spec(1_000, 639_000))).requests).toMatchObject([{ kind: 'send-order' }])
    expect(refusedBy(process(place(spec(15_700, 639_000))))).toBe('risk.order-notional')
    expect(refusedBy(process(place(spec(1_000, 640_010 + 19_300))))).toBe('risk.price-band')
    expect(refusedBy(process({ ...place(spec(1_000, 639_000)), at: at - houseLimits.commandAgeMaxMs - 1 } as TradingInput))).toBe('time.replayed')
  })

  it('takes so many orders a second and no more', () => {
    const { process } = started()
    const rules = Array.from({ length: houseLimits.ordersPerSecond + 1 }, () => refusedBy(process(place(spec(100, 630_000)))))
    expect(rules.slice(0, -1).every((rule) => rule === undefined)).toBe(true)
    expect(rules.at(-1)).toBe('risk.order-rate')
  })

  it('takes none on a price that nobody vouched for within five seconds', () => {
    const { process } = started()
    process({ kind: 'time-passed', at: at + 5_001 })
    const late = { ...place(spec(1_000, 639_000)), at: at + 5_001 } as TradingInput
    expect(refusedBy(process(late))).toBe('risk.stale-price')
  })

  it('keeps the grids in which books of earlier versions are counted', () => {
    const grids = setup.tradables.map(({ instrument: { id, tick, lot }, baseUnitsPerLot }) => `${id} ${tick.units}e-${tick.decimals} ${lot.units}e-${lot.decimals} ${baseUnitsPerLot}`)
    expect(grids).toEqual([
      'BTC/USD 1e-1 1e-5 1000', 'ETH/USD 1e-2 1e-4 10000', 'SOL/USD 1e-2 1e-2 1000000', 'XRP/USD 1e-5 1e-0 100000000', 'BTC/USD:PERP 5e-1 1e-3 0',
      'ETH/USD:PERP 5e-2 1e-2 0', 'EUR/USD 1e-5 1000e-0 1000000000', 'BLST 1e-2 1e-0 100000000',
    ])
    expect(setup.assets.map(({ id, decimals }) => `${id} ${decimals}`)).toEqual(['USD 6', 'BTC 8', 'ETH 8', 'SOL 8', 'XRP 8', 'EUR 6', 'BLST 8'])
  })
})
