import type { Random } from '../../../base/index.ts'
import { portableExp, portableLog } from '../portable-math.ts'
import type { LogNormalDelay } from './exchange-setup.ts'

/** Whole milliseconds, at least one: nothing arrives when it leaves. */
export const drawDelay = (random: Random, { mu, sigma }: LogNormalDelay): number =>
  Math.max(1, Math.floor(portableExp(mu + sigma * random.nextNormal()) + 0.5))

/** By multiplication (Knuth); for the small means met here. */
export function drawPoisson(random: Random, mean: number): number {
  const limit = portableExp(-mean)
  let count = 0
  for (let product = random.nextFloat53(); product > limit; product *= random.nextFloat53()) count += 1
  return count
}

/** Of rate 1 and a shape from 1 on, by Marsaglia and Tsang (2000). */
function drawGamma(random: Random, shape: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = random.nextNormal()
    const root = 1 + c * z
    if (root <= 0) continue
    const cube = root * root * root
    const uniform = random.nextFloat53()
    if (uniform > 0 && portableLog(uniform) < 0.5 * z * z + d * (1 - cube + portableLog(cube))) return d * cube
  }
}

/** Both parameters from 1 on. */
export function drawBeta(random: Random, a: number, b: number): number {
  const above = drawGamma(random, a)
  return above / (above + drawGamma(random, b))
}

/** Cuts a fill into pieces, whole lots each: some take a drawn part of what is left, the last takes the rest. */
export function cutIntoPieces(random: Random, lots: number, law: { readonly countMean: number; readonly ratioA: number; readonly ratioB: number }): readonly number[] {
  const pieces: number[] = []
  let left = lots
  for (let cuts = drawPoisson(random, law.countMean) - 1; cuts > 0 && left > 1; cuts -= 1) {
    const piece = Math.min(left - 1, Math.max(1, Math.floor(left * drawBeta(random, law.ratioA, law.ratioB))))
    pieces.push(piece)
    left -= piece
  }
  return [...pieces, left]
}
