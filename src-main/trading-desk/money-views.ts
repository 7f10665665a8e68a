import type { BalanceView, PositionView } from '../../src-preload/contract/index.ts'
import { absolute, amountFromRaw, isZero, lotsFromRaw, OverflowError, rawOf } from '../base/index.ts'
import type { Amount } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import {
  grossOf, initialMarginOf, liquidationPriceOf, maintenanceMarginOf, unrealisedOf, type EngineSetup, type HeldLots, type PositionView as HeldPosition,
} from '../engine/index.ts'
import type { TradingView } from '../runtime/index.ts'
import { averageOfCost } from './average-text.ts'
import { inReporting, type DeskMarks } from './marks.ts'

/** One look at one account. */
export interface AccountSight {
  readonly setup: EngineSetup
  readonly trading: TradingView
  readonly marks: DeskMarks
  readonly account: string
}

/** What was held before the first sight has no cost until a trade gives it one. */
export const hasCost = ({ lots, cost }: HeldLots): boolean => isZero(lots) || !isZero(cost)

const tradableIn = ({ tradables }: EngineSetup, id: string): Tradable | undefined => tradables.find(({ instrument }) => instrument.id === id)

export function positionViews(sight: AccountSight): readonly PositionView[] {
  return sight.trading.positions(sight.account).flatMap((held) => {
    const tradable = tradableIn(sight.setup, held.instrument)
    return tradable === undefined ? [] : [positionViewOf(sight, held, tradable)]
  })
}

function positionViewOf(sight: AccountSight, held: HeldPosition, tradable: Tradable): PositionView {
  const { account, marks, trading } = sight
  const mark = marks.instruments.get(held.instrument)
  const isHeld = !isZero(held.lots)
  const valued = <Value>(value: (price: NonNullable<typeof mark>['price']) => Value): Value | null => (mark === undefined ? null : value(mark.price))
  const exposure = trading.risk(account).exposure(held.instrument, held.positionSide)
  const lots = rawOf(held.lots)
  const liquidation = isHeld ? liquidationOf(sight, held, tradable) : undefined
  return {
    account,
    instrument: held.instrument,
    positionSide: held.positionSide,
    lots,
    asset: tradable.instrument.quote,
    cost: rawOf(held.cost),
    averagePrice: hasCost(held) ? averageOfCost(held.cost, held.lots, tradable) : null,
    mark: marks.views.get(held.instrument) ?? null,
    worth: valued((price) => rawOf(grossOf(held, price, tradable))),
    unrealised: hasCost(held) ? valued((price) => rawOf(unrealisedOf(held, price, tradable))) : null,
    realised: rawOf(held.realised),
    liquidationPrice: liquidation === undefined ? null : rawOf(liquidation),
    initialMargin: valued((price) => rawOf(initialMarginOf(held, price, tradable))),
    maintenanceMargin: valued((price) => rawOf(maintenanceMarginOf(held, price, tradable))),
    worstLong: lots + rawOf(exposure.buying) + (lots < 0 ? Math.min(rawOf(exposure.reducingBuys), -lots) : 0),
    worstShort: lots - rawOf(exposure.selling) - (lots > 0 ? Math.min(rawOf(exposure.reducingSells), lots) : 0),
    changedAt: held.changedAt,
  }
}

/** Where the venue would take the position away, if everything else stayed as it is. None: nowhere, or not known. */
function liquidationOf(sight: AccountSight, held: HeldPosition, tradable: Tradable) {
  const backing = backingOf(sight, { instrument: held.instrument, positionSide: held.positionSide, asset: tradable.instrument.quote })
  return backing === undefined ? undefined : safely(() => liquidationPriceOf(held, backing, tradable))
}

/** The money behind a contract: the balance, and what the other contracts in the same asset win or lose less their margin. */
export function backingOf(
  { setup, trading, marks, account }: AccountSight, of: { readonly instrument: string; readonly positionSide: string; readonly asset: string },
): Amount | undefined {
  const balance = trading.balances(account).find(({ asset }) => asset === of.asset)
  if (balance === undefined) return undefined
  let sum = rawOf(balance.total)
  for (const other of trading.positions(account)) {
    const tradable = tradableIn(setup, other.instrument)
    const isSame = other.instrument === of.instrument && other.positionSide === of.positionSide
    if (isSame || isZero(other.lots) || tradable === undefined || tradable.settlement === 'delivery' || tradable.instrument.quote !== of.asset) continue
    const mark = marks.instruments.get(other.instrument)
    if (mark === undefined) return undefined
    sum += rawOf(unrealisedOf(other, mark.price, tradable)) - rawOf(maintenanceMarginOf(other, mark.price, tradable))
  }
  return Number.isSafeInteger(sum) ? amountFromRaw(sum) : undefined
}

/** A position so large that its price cannot be counted has none to show. */
export function safely<Value>(count: () => Value): Value | undefined {
  try {
    return count()
  } catch (error) {
    if (error instanceof OverflowError) return undefined
    throw error
  }
}

export function balanceViews({ trading, marks, account, setup }: AccountSight): readonly BalanceView[] {
  const risk = trading.risk(account)
  return trading.balances(account).map(({ asset, total, changedAt }) => {
    const free = risk.free(asset)
    const raw = rawOf(total)
    const known = setup.assets.some(({ id }) => id === asset) ? inReporting(asset, raw, marks) : null
    return {
      account, asset, total: raw,
      free: free === undefined ? null : rawOf(free),
      reserved: free === undefined ? null : raw - rawOf(free),
      worth: known,
      changedAt: changedAt > 0 ? changedAt : null,
    }
  })
}

/** What is held after a trade at a price: a close gives back its part of the cost, the rest opens at that price. */
export function heldAfter(before: HeldLots, change: number, value: (lots: number) => Amount): HeldLots {
  const held = rawOf(before.lots)
  const after = held + change
  const isGrowing = held === 0 || Math.sign(held) === Math.sign(change)
  if (isGrowing) return { lots: lotsFromRaw(after), cost: amountFromRaw(rawOf(before.cost) + rawOf(value(Math.abs(change)))) }
  if (after === 0 || Math.sign(after) !== Math.sign(held)) return { lots: lotsFromRaw(after), cost: value(Math.abs(after)) }
  const left = (BigInt(rawOf(before.cost)) * BigInt(Math.abs(after))) / BigInt(rawOf(absolute(before.lots)))
  return { lots: lotsFromRaw(after), cost: amountFromRaw(Number(left)) }
}

