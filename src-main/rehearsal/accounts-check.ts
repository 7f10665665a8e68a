import { lotsFromRaw, notional, rawOf, ticksFromRaw } from '../base/index.ts'
import type { EngineSetup } from '../engine/index.ts'
import type { TradingView } from '../runtime/index.ts'
import type { AccountTruth } from '../venues/sim/index.ts'

export interface Residual {
  readonly asset: string
  readonly amount: number
}

/** The engine's wallet less what stands in the exchange's purses, for each asset that either knows. */
export function residualsOf(engine: TradingView, account: string, truth: AccountTruth): readonly Residual[] {
  const ours = new Map(engine.balances(account).map(({ asset, total }) => [asset, rawOf(total)]))
  const theirs = new Map(truth.balances.map(({ asset, total }) => [asset, rawOf(total)]))
  const assets = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  return assets.map((asset) => ({ asset, amount: (ours.get(asset) ?? 0) - (theirs.get(asset) ?? 0) }))
}

export interface CheckedAccounts {
  readonly engine: TradingView
  readonly account: string
  readonly truth: AccountTruth
  readonly venueSums: ReadonlyMap<string, bigint>
  /** As the records on the disk add up. */
  readonly positions: ReadonlyMap<string, number>
}

/** Everything in which the engine, its records and the exchange do not agree, in words; at rest there must be none. */
export function differencesOf(checked: CheckedAccounts): readonly string[] {
  const { engine, account, truth, venueSums } = checked
  const there = truth.orders.filter(({ status }) => status === 'open').length
  const here = [...engine.openOrders()].length
  const sums = new Map<string, bigint>()
  for (const { asset, amount } of engine.ledger(account)) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(rawOf(amount)))
  const residuals = residualsOf(engine, account, truth).filter(({ amount }) => amount !== 0)
  return [
    ...residuals.map(({ asset, amount }) => `${asset}: the engine holds ${amount} more than the exchange`),
    ...positionDifferences(checked),
    ...(here === there ? [] : [`the exchange has ${there} open orders, the engine ${here}`]),
    ...[...sums].flatMap(([asset, sum]) => (sum === 0n ? [] : [`${asset}: the engine's ledger sums to ${sum}`])),
    ...[...venueSums].flatMap(([asset, sum]) => (sum === 0n ? [] : [`${asset}: the exchange's ledger sums to ${sum}`])),
  ]
}

function positionDifferences({ engine, account, truth, positions }: CheckedAccounts): readonly string[] {
  const ours = new Map(engine.positions(account).map(({ instrument, lots }) => [instrument, rawOf(lots)]))
  const theirs = new Map(truth.positions.map(({ instrument, lots }) => [instrument, rawOf(lots)]))
  return [...new Set([...ours.keys(), ...theirs.keys(), ...positions.keys()])].sort().flatMap((instrument) => {
    const [here, there, written] = [ours.get(instrument) ?? 0, theirs.get(instrument), positions.get(instrument) ?? 0]
    const told = written === here ? [] : [`${instrument}: the engine holds ${here} lots, its records add up to ${written}`]
    // Of a coin the exchange knows a balance and no position.
    return there === undefined || there === here ? told : [...told, `${instrument}: the engine holds ${here} lots, the exchange ${there}`]
  })
}

type Counted = Pick<EngineSetup, 'reportingAsset' | 'tradables'>

/** What the exchange itself says the account is worth: the currency that is counted in, and of each coin its whole lots at what a buyer pays. */
export function equityOf({ equity }: AccountTruth, { reportingAsset, tradables }: Counted, bidOf: (instrument: string) => number | undefined): number {
  const pairs = tradables.filter(({ instrument, settlement }) => settlement === 'delivery' && instrument.quote === reportingAsset)
  let sum = 0
  for (const { asset, amount } of equity) {
    if (asset === reportingAsset) sum += rawOf(amount)
    const market = pairs.find(({ instrument }) => instrument.base === asset)
    const bid = market === undefined ? undefined : bidOf(market.instrument.id)
    if (market === undefined || bid === undefined) continue
    const lots = lotsFromRaw(Math.floor(rawOf(amount) / market.baseUnitsPerLot))
    sum += rawOf(notional(ticksFromRaw(bid), lots, market.scale, 'floor'))
  }
  return sum
}
