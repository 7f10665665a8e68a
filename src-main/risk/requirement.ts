import { amountFromRaw, countFromRaw, isPositive, maximum, rateFromRaw, rawOf, tryAdd, tryApplyRate, tryMulDiv, tryNotional } from '../base/index.ts'
import type { Amount, Lots, Ticks, Unsettled } from '../base/index.ts'
import type { Side, Tradable } from '../domain/index.ts'

/** What has to be free before an order may leave, and is set aside for as long as it may fill. Always rounded against the trader. */
export const noAmount = amountFromRaw(0)
const one = countFromRaw(1)
const noRate = rateFromRaw(0)

/** In which asset: spot sells what it delivers, everything else is paid or margined in the quote currency. */
export const requiredAsset = ({ settlement, instrument }: Tradable, side: Side): string =>
  settlement === 'delivery' && side === 'sell' ? instrument.base : instrument.quote

/** Lots as minor units of the base asset. */
export const baseUnitsOf = ({ baseUnitsPerLot }: Tradable, lots: Lots): Unsettled<Amount> =>
  tryMulDiv(amountFromRaw(rawOf(lots)), countFromRaw(baseUnitsPerLot), one, 'ceil')

/** What a contract of this value ties up at the highest leverage; the whole value where nothing may be borrowed. */
export const marginOf = ({ leverageMax }: Tradable, value: Unsettled<Amount>): Unsettled<Amount> =>
  leverageMax > 1 ? tryMulDiv(value, one, countFromRaw(leverageMax), 'ceil') : value

export const requiredAmount = (tradable: Tradable, side: Side, lots: Lots, worstPrice: Ticks): Unsettled<Amount> => {
  const isDelivered = tradable.settlement === 'delivery'
  if (isDelivered && side === 'sell') return baseUnitsOf(tradable, lots)
  const value = tryNotional(worstPrice, lots, tradable.scale, 'ceil')
  const worseFee = maximum(maximum(tradable.makerFee, tradable.takerFee), noRate)
  const fee = isPositive(worseFee) ? tryApplyRate(value, worseFee, 'ceil') : noAmount
  return tryAdd<Amount>(isDelivered ? value : marginOf(tradable, value), fee)
}
