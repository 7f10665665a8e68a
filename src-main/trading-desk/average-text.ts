import { absolute, assert, rawOf } from '../base/index.ts'
import type { Amount, DecimalStep, Lots } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import type { OurFill } from '../engine/index.ts'

/** An average lies between ticks: it is told with this many digits more than the tick has, rounded half away from zero. */
const finerDigits = 4

/** `top / bottom` ticks as an exact decimal text. */
export function averageText(top: bigint, bottom: bigint, { units, decimals }: DecimalStep): string {
  assert(bottom > 0n && top >= 0n, 'expected an average of what is not below zero')
  const scaled = top * BigInt(units) * 10n ** BigInt(finerDigits)
  const rounded = (scaled * 2n + bottom) / (bottom * 2n)
  const places = decimals + finerDigits
  const digits = rounded.toString().padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** What the fills of an order were paid on the average; none without a fill. */
export function averageOfFills(fills: readonly OurFill[], { instrument }: Tradable): string | null {
  let top = 0n
  let bottom = 0n
  for (const { trade } of fills) {
    top += BigInt(rawOf(trade.price)) * BigInt(rawOf(trade.lots))
    bottom += BigInt(rawOf(trade.lots))
  }
  return bottom > 0n ? averageText(top, bottom, instrument.tick) : null
}

/** What so many lots cost on the average; none of nothing. */
export function averageOfCost(cost: Amount, lots: Lots, { instrument, scale }: Tradable): string | null {
  const held = BigInt(rawOf(absolute(lots)))
  if (held === 0n || rawOf(cost) < 0) return null
  return averageText(BigInt(rawOf(cost)) * BigInt(scale.denominator), held * BigInt(scale.numerator), instrument.tick)
}
