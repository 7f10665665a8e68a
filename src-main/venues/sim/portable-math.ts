import { InvariantError } from '../../base/index.ts'

/**
 * Exponential and logarithm from additions, multiplications and divisions only. `Math.exp` and `Math.log` may differ in the
 * last bit between engines, and one bit is enough to make a demo market of the same seed another market.
 */
const inverseOdds = [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19, 1 / 21] as const
const [c1, c3, c5, c7, c9, c11, c13, c15, c17, c19, c21] = inverseOdds

/**
 * ln x for x > 0: x is doubled or halved into [0.7, 1.4), where ln m = 2 atanh((m - 1) / (m + 1)). The square of that argument
 * is below 0.032, so eleven terms leave a rest below 1e-17.
 */
export const portableLog = (x: number): number => {
  let mantissa = x
  let doublings = 0
  while (mantissa < 0.7) {
    mantissa *= 2
    doublings += 1
  }
  while (mantissa >= 1.4) {
    mantissa /= 2
    doublings -= 1
  }
  const r = (mantissa - 1) / (mantissa + 1)
  const s = r * r
  const high = c13 + s * (c15 + s * (c17 + s * (c19 + s * c21)))
  const sum = c1 + s * (c3 + s * (c5 + s * (c7 + s * (c9 + s * (c11 + s * high)))))
  return 2 * r * sum - doublings * Math.LN2
}

const twosMax = 1000
const powersOfTwo = new Float64Array(2 * twosMax + 1)
powersOfTwo[twosMax] = 1
for (let twos = 1; twos <= twosMax; twos += 1) {
  powersOfTwo[twosMax + twos] = (powersOfTwo[twosMax + twos - 1] as number) * 2
  powersOfTwo[twosMax - twos] = (powersOfTwo[twosMax - twos + 1] as number) / 2
}

const [f2, f3, f4, f5, f6, f7] = [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040] as const
const [f8, f9, f10, f11, f12] = [1 / 40320, 1 / 362880, 1 / 3628800, 1 / 39916800, 1 / 479001600] as const

/**
 * e^x for |x| up to 690: the powers of two are split off, and of the rest,
 * within ±0.35, the series is summed up to the twelfth power; the thirteenth would be below half a last bit.
 */
export const portableExp = (x: number): number => {
  const twos = Math.floor(x / Math.LN2 + 0.5)
  const power = powersOfTwo[twos + twosMax]
  // Not a number, or so large or small that nothing here can mean it.
  if (power === undefined) throw new InvariantError('expected an exponent within ±690')
  const r = x - twos * Math.LN2
  const high = f8 + r * (f9 + r * (f10 + r * (f11 + r * f12)))
  return power * (1 + r * (1 + r * (f2 + r * (f3 + r * (f4 + r * (f5 + r * (f6 + r * (f7 + r * high))))))))
}

/** e^x - 1 for a small x, as moves within a minute are; its first four terms. */
export const smallGrowth = (x: number): number => x * (1 + x * (f2 + x * (f3 + x * f4)))
