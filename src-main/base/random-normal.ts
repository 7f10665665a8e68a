/**
 * Natural logarithm of 0 < x < 1 from additions, multiplications and divisions only. `Math.log` may differ in the last bit
 * between engines and their versions, and one bit is enough to make a simulation take another turn; the four basic operations
 * are correctly rounded by the language, and the square root by every processor.
 *
 * x is doubled into [0.7, 1.4), where ln m = 2 atanh((m - 1) / (m + 1)) and the series ends after eleven terms: the square of
 * the argument is below 0.032, so the rest is below 1e-17.
 */
export const portableLog = (x: number): number => {
  let mantissa = x
  let doublings = 0
  while (mantissa < 0.7) {
    mantissa *= 2
    doublings += 1
  }
  const ratio = (mantissa - 1) / (mantissa + 1)
  const square = ratio * ratio
  let sum = 0
  for (let odd = 21; odd >= 1; odd -= 2) sum = sum * square + 1 / odd
  return 2 * ratio * sum - doublings * Math.LN2
}

/**
 * A standard normal number by Marsaglia's polar method (1964), which needs a logarithm and a square root but no sine. The
 * ziggurat is faster, but its tables and tails call `exp` and `log` as well. Each point gives two numbers; the second is left,
 * because a kept spare would be hidden state.
 */
export const normalFrom = (nextFloat53: () => number): number => {
  for (;;) {
    const u = 2 * nextFloat53() - 1
    const v = 2 * nextFloat53() - 1
    const square = u * u + v * v
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * portableLog(square)) / square)
  }
}
