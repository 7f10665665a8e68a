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

/** One row for each node, this many numbers wide; `field` says what each is. */
export const rowWidth = 16
export const field = {
  operation: 0, from: 1, out: 2, a: 3, b: 4, c: 5, state: 6, table: 7, length: 8, base: 9, mask: 10, ownBase: 11, ownMask: 12,
  start: 13,
} as const
