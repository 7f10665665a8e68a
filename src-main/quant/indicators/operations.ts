/**
 * The operations that most nodes are made of. A node that is called as a function costs several times its arithmetic (its
 * numbers are boxed on the way), so these are run by one switch over plain numbers, `stepRows`. The numbers in the switch have
 * to be literals: only then it becomes a jump table; a test holds the two lists together.
 */
export const operations = {
  custom: 0, subtract: 1, add: 2, multiply: 3, middle: 4, scale: 5, offset: 6, ratio: 7, position: 8, magnitude: 9, copy: 10,
  delay: 11, change: 12, gain: 13, loss: 14, stride: 15, exponential: 16, sum: 17, highest: 18, lowest: 19, variance: 20,
  weigh: 21, trueRange: 22, meanOfThree: 23, share: 24, balance: 25, cumulative: 26, mean: 27, deviation: 28, strength: 29,
} as const

export type Operation = keyof typeof operations

/** A node as the switch reads it. Cells are told by their places; every row has all fields, so that they are of one shape. */
export interface Row {
  readonly operation: number
  /** The first bar on which it runs, and the first on which it has a value. */
  readonly from: number
  readonly start: number
  readonly out: number
  readonly a: number
  readonly b: number
  readonly c: number
  /** The last values of `a`. */
  readonly base: number
  readonly mask: number
  readonly length: number
  /** Its scalars in the first bank. */
  readonly state: number
  readonly table: number
  /** Two constants. */
  readonly numbers: number
  /** Its own last values; base 0 when nobody looks back on it. */
  readonly ownBase: number
  readonly ownMask: number
  /** What it does when it is none of the operations. */
  readonly step: (bar: number) => void
}
