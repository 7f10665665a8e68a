import type { Random } from '../../base/index.ts'
import { portableLog } from './portable-math.ts'

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/**
 * A lean stream for the millions of draws of a window of candles: the same xoshiro128** as the house's random and seeded
 * by it, but 32 bits to a number and both halves of each normal pair used. It lives for one day or one minute of one market.
 */
export class Noise {
  #a: Int32Array
  #spare = 0
  #hasSpare = false

  constructor(random: Random) {
    this.#a = Int32Array.from(random.save().words)
  }

  #word(): number {
    const state = this.#a
    const a = state[0] as number
    const b = state[1] as number
    const c = (state[2] as number) ^ a
    const d = (state[3] as number) ^ b
    state[0] = a ^ d
    state[1] = b ^ c
    state[2] = c ^ (b << 9)
    state[3] = rotate(d, 11)
    return Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
  }

  /** Between 0 and 1, never either. */
  uniform(): number {
    return (this.#word() + 0.5) / 4294967296
  }

  /** A whole number from 0 to below the bound. The bias of at most bound / 2^32 does not matter to a demo. */
  below(bound: number): number {
    return Math.floor((this.#word() / 4294967296) * bound)
  }

  /** Mean 1, from 0 on. */
  exponential(): number {
    return -portableLog(this.uniform())
  }

  /** Mean 0, standard deviation 1: Marsaglia's polar method, two at a time. */
  normal(): number {
    if (this.#hasSpare) {
      this.#hasSpare = false
      return this.#spare
    }
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const square = u * u + v * v
      if (square >= 1 || square === 0) continue
      const scale = Math.sqrt((-2 * portableLog(square)) / square)
      this.#spare = v * scale
      this.#hasSpare = true
      return u * scale
    }
  }
}
