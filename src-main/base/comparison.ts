import { rawOf } from './quantity.ts'
import type { Quantity } from './quantity.ts'

/** How quantities of one kind compare. An outcome that may have overflowed cannot be compared before it is settled. */
export const compare = <Q extends Quantity>(left: Q, right: Q): -1 | 0 | 1 => {
  const a = rawOf(left)
  const b = rawOf(right)
  if (a === b) return 0
  return a < b ? -1 : 1
}

export const isEqual = <Q extends Quantity>(left: Q, right: Q): boolean => rawOf(left) === rawOf(right)
export const isLess = <Q extends Quantity>(left: Q, right: Q): boolean => rawOf(left) < rawOf(right)
export const isMore = <Q extends Quantity>(left: Q, right: Q): boolean => rawOf(left) > rawOf(right)

export const minimum = <Q extends Quantity>(left: Q, right: Q): Q => (isMore<Q>(left, right) ? right : left)
export const maximum = <Q extends Quantity>(left: Q, right: Q): Q => (isLess<Q>(left, right) ? right : left)

export const isZero = (quantity: Quantity): boolean => rawOf(quantity) === 0
export const isNegative = (quantity: Quantity): boolean => rawOf(quantity) < 0
export const isPositive = (quantity: Quantity): boolean => rawOf(quantity) > 0
