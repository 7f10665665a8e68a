import { add, amountFromRaw, countFromRaw, isPositive, isZero, lotsFromRaw, mulDiv, notional, rateOf, rawOf } from '../../base/index.ts'
import type { Amount, Count, Rate, Rounding, Ticks } from '../../base/index.ts'
import type { Tradable } from '../../domain/index.ts'
import type { AccountBooks, PositionView } from './account-books.ts'
import { lotsOfUnits, onCoinGrid } from './coin-grid.ts'
import { noMoney } from './position.ts'
import { grossOf, initialMarginOf, maintenanceMarginOf, unrealisedOf } from './position-worth.ts'
import type { HeldLots } from './position-worth.ts'

/** A price that values what is held, and since when it is known. */
export interface Mark {
  readonly price: Ticks
  readonly at: number
}

/** `numerator / denominator` minor units of the reporting currency for one of the asset. */
export interface AssetRate {
  readonly numerator: Count
  readonly denominator: Count
  readonly at: number
}

export interface Marks {
  /** The reporting currency. */
  readonly reporting: string
  readonly instruments: ReadonlyMap<string, Mark>
  readonly rates: ReadonlyMap<string, AssetRate>
}

/** An account in one currency. It is as old as its oldest mark, and says what it could not value. */
export interface Valuation {
  readonly equity: Amount
  readonly gross: Amount
  readonly unrealised: Amount
  readonly initialMargin: Amount
  readonly maintenanceMargin: Amount
  /** Gross over equity; none where there is no equity. */
  readonly leverage: Rate | undefined
  /** None where nothing needed a mark. */
  readonly oldestMarkAt: number | undefined
  /** Instruments that are held and assets that are owned, but have no price: they count as nothing. */
  readonly unvalued: readonly string[]
}

interface Valued {
  readonly amount: Amount
  readonly at: number
}

const one = countFromRaw(1)
const timeless = Number.MAX_SAFE_INTEGER

const converted = (asset: string, amount: Amount, { reporting, rates }: Marks, rounding: Rounding): Valued | undefined => {
  if (asset === reporting) return { amount, at: timeless }
  const rate = rates.get(asset)
  return rate === undefined ? undefined : { amount: mulDiv<Amount, Count>(amount, rate.numerator, rate.denominator, rounding), at: rate.at }
}

/** A delivered asset without a rate of its own is worth what its instrument says. */
const throughInstrument = (asset: string, total: Amount, tradables: readonly Tradable[], marks: Marks): Valued | undefined => {
  for (const { settlement, instrument, baseUnitsPerLot, scale } of tradables) {
    const mark = marks.instruments.get(instrument.id)
    if (settlement !== 'delivery' || instrument.base !== asset || mark === undefined) continue
    const lots = lotsFromRaw(rawOf(mulDiv<Amount, Count>(total, one, countFromRaw(baseUnitsPerLot), 'floor')))
    const value = converted(instrument.quote, notional(mark.price, lots, scale, 'floor'), marks, 'floor')
    if (value !== undefined) return { amount: value.amount, at: Math.min(value.at, mark.at) }
  }
  return undefined
}

interface Tally {
  equity: Amount
  gross: Amount
  unrealised: Amount
  initialMargin: Amount
  maintenanceMargin: Amount
  oldest: number
  readonly unvalued: string[]
}

const addBalances = (tally: Tally, books: AccountBooks, tradables: readonly Tradable[], marks: Marks): void => {
  for (const { asset, total } of books.balances()) {
    if (isZero(total)) continue
    const valued = converted(asset, total, marks, 'floor') ?? throughInstrument(asset, total, tradables, marks)
    if (valued === undefined) {
      tally.unvalued.push(asset)
      continue
    }
    tally.equity = add(tally.equity, valued.amount)
    tally.oldest = Math.min(tally.oldest, valued.at)
  }
}

/** Of a coin every unit counts, not only whole lots. */
const heldExactly = (held: PositionView, tradable: Tradable): { readonly held: HeldLots; readonly tradable: Tradable } =>
  held.units === undefined ? { held, tradable } : { held: { lots: lotsOfUnits(held.units), cost: held.cost }, tradable: onCoinGrid(tradable) }

const addPosition = (tally: Tally, shown: PositionView, instrument: Tradable, marks: Marks): void => {
  const mark = marks.instruments.get(shown.instrument)
  const { held, tradable } = heldExactly(shown, instrument)
  const { quote } = tradable.instrument
  const gross = mark === undefined ? undefined : converted(quote, grossOf(held, mark.price, tradable), marks, 'ceil')
  if (mark === undefined || gross === undefined) {
    tally.unvalued.push(shown.instrument)
    return
  }
  const inReporting = (amount: Amount, rounding: Rounding): Amount => converted(quote, amount, marks, rounding)?.amount ?? noMoney
  const profit = inReporting(unrealisedOf(held, mark.price, tradable), 'floor')
  tally.gross = add(tally.gross, gross.amount)
  tally.unrealised = add(tally.unrealised, profit)
  tally.initialMargin = add(tally.initialMargin, inReporting(initialMarginOf(held, mark.price, tradable), 'ceil'))
  tally.maintenanceMargin = add(tally.maintenanceMargin, inReporting(maintenanceMarginOf(held, mark.price, tradable), 'ceil'))
  tally.oldest = Math.min(tally.oldest, mark.at, gross.at)
  // What is delivered is in the balances already; only a contract's profit is not.
  if (tradable.settlement === 'linear') tally.equity = add(tally.equity, profit)
}

export const valueAccount = (books: AccountBooks, tradables: readonly Tradable[], marks: Marks): Valuation => {
  const none = amountFromRaw(0)
  const tally: Tally = { equity: none, gross: none, unrealised: none, initialMargin: none, maintenanceMargin: none, oldest: timeless, unvalued: [] }
  addBalances(tally, books, tradables, marks)
  for (const held of books.positions()) {
    const tradable = tradables.find(({ instrument }) => instrument.id === held.instrument)
    if (tradable !== undefined && !isZero(held.units ?? held.lots)) addPosition(tally, held, tradable, marks)
  }
  const { oldest, ...sums } = tally
  return { ...sums, leverage: isPositive(sums.equity) ? rateOf(sums.gross, sums.equity, 'ceil') : undefined, oldestMarkAt: oldest === timeless ? undefined : oldest }
}
