import { absolute, countFromRaw, isNegative, isPositive, isZero, lotsFromRaw, mulDiv, negate, rawOf, settle, tryNotional } from '../../base/index.ts'
import type { Amount, Lots, Ticks } from '../../base/index.ts'
import type { PositionSide, Tradable } from '../../domain/index.ts'
import { movement } from './ledger.ts'
import type { LedgerPosting } from './ledger.ts'
import { flat, stateOf } from './position.ts'
import type { PositionState } from './position.ts'

/** What an account held before any event of ours. */
export interface Opening {
  readonly balances: readonly { readonly asset: string; readonly total: Amount }[]
  readonly positions: readonly OpeningPosition[]
}

export interface OpeningPosition {
  readonly instrument: string
  readonly positionSide: PositionSide
  /** Signed. */
  readonly lots: Lots
  readonly entryPrice?: Ticks
  /** Of all the lots, unsigned; more exact than the price, which is rounded to a tick. */
  readonly entryCost?: Amount
}

/** The instrument and its lots on the grid of its coin. */
export const openingPosition = ({ entryPrice, entryCost }: OpeningPosition, lots: Lots, { scale }: Tradable): PositionState => {
  if (isZero(lots)) return flat
  const size = absolute(lots)
  // A price past counting is none: what the position cost is then not known.
  const told = entryPrice === undefined ? undefined : settle(tryNotional(entryPrice, size, scale, 'halfEven'))
  const atPrice = told?.ok === true ? told.value : undefined
  const cost = entryCost === undefined || isNegative(entryCost) ? atPrice : entryCost
  return stateOf({ lots, pieces: [{ lots: size, cost }], realised: flat.realised })
}

export const balancePostings = (asset: string, total: Amount): readonly LedgerPosting[] => (isZero(total) ? [] : movement(asset, 'opening', 'wallet', total))

/** The wallet already holds the asset; here it is told from whose cost it came. */
export const positionPostings = ({ lots, pieces }: PositionState, { settlement, instrument }: Tradable): readonly LedgerPosting[] => {
  const cost = pieces.head?.cost
  if (settlement === 'linear' || cost === undefined) return []
  return movement(instrument.quote, 'opening', 'position', isNegative(lots) ? negate(cost) : cost)
}

/**
 * A spot venue tells balances, no positions: a coin that is there at first sight is held in the first instrument that delivers it, at a price that nobody told.
 * What the venue does tell of is left out.
 */
export const deliveredOpenings = (balances: Opening['balances'], told: readonly OpeningPosition[], tradables: readonly Tradable[]): readonly OpeningPosition[] => {
  const taken = new Set<string>()
  return tradables.flatMap(({ settlement, instrument, baseUnitsPerLot }) => {
    if (settlement !== 'delivery' || taken.has(instrument.base)) return []
    taken.add(instrument.base)
    const total = balances.find(({ asset }) => asset === instrument.base)?.total
    if (total === undefined || !isPositive(total) || told.some((position) => position.instrument === instrument.id)) return []
    const lots = lotsFromRaw(rawOf(mulDiv(total, one, countFromRaw(baseUnitsPerLot), 'floor')))
    return isZero(lots) ? [] : [{ instrument: instrument.id, positionSide: 'net', lots }]
  })
}

const one = countFromRaw(1)
