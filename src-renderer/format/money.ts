import type { Locale } from '../../src-preload/contract/text/index.ts'
import { printSteps, type PriceStep } from './price.ts'

/** More places than these of an amount are read by nobody, unless it would read as nothing without them. */
const placesShown = 2

/** An amount in minor units, to the nearest hundredth; one that is smaller than that with all its places. */
export function printMoney(locale: Locale, amount: number, unit: PriceStep, places = placesShown): string {
  const spare = unit.decimals - places
  if (spare <= 0) return printSteps(locale, amount, unit)
  const divisor = 10n ** BigInt(spare)
  const size = BigInt(Math.abs(amount)) * BigInt(unit.units)
  const rounded = Number((size + divisor / 2n) / divisor)
  if (rounded === 0 && amount !== 0) return printSteps(locale, amount, unit)
  return printSteps(locale, amount < 0 ? -rounded : rounded, { units: 1, decimals: places })
}

/** The same as a change: a gain has its plus. */
export const printGain = (locale: Locale, amount: number, unit: PriceStep, places = placesShown): string =>
  `${amount > 0 ? '+' : ''}${printMoney(locale, amount, unit, places)}`

const billionths: PriceStep = { units: 1, decimals: 7 }

/** Billionths as a percentage. */
export const printRate = (locale: Locale, rate: number, places = 2): string => `${printMoney(locale, rate, billionths, places)} %`
