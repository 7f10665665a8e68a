import { rawOf } from '../../../src-main/base/index.ts'
import type { TradingEngine } from '../../../src-main/engine/index.ts'
import type { EngineSight } from '../checkers/index.ts'
import { canonical } from './canonical.ts'

/** What the engine says of itself, as plain data: the only way in which checkers meet it. */
export function createEngineSight(engine: TradingEngine): EngineSight {
  return {
    mode: () => engine.mode.mode,
    statusOf: (order) => engine.order(order)?.status,
    sizeOf: (id) => {
      const order = engine.order(id)
      return order === undefined ? undefined : { lots: rawOf(order.lots), filled: rawOf(order.filled) }
    },
    positions: (account) => engine.positions(account).map(({ instrument, positionSide, lots }) => ({ instrument, positionSide, lots: rawOf(lots) })),
    balances: (account) => engine.balances(account).map(({ asset, total }) => ({ asset, total: rawOf(total) })),
    ledgerSums: (account) => {
      const sums = new Map<string, number>()
      for (const { asset, amount } of engine.ledger(account)) sums.set(asset, (sums.get(asset) ?? 0) + rawOf(amount))
      return [...sums].map(([asset, sum]) => ({ asset, sum }))
    },
    snapshotText: () => canonical(engine.snapshot()),
    counts: () => engine.counts(),
  }
}
