import fc from 'fast-check'
import { createRandom, type Random } from '../../../src-main/base/index.ts'
import { matrixOf, type Matrix } from '../../../src-main/quant/numeric/index.ts'

/** Returns as a market gives them: one common factor, another for some assets, and each asset's own noise. */
export function drawReturns(random: Random, periods: number, assets: number): Matrix {
  const spread = Array.from({ length: assets }, () => 0.005 + 0.03 * random.nextFloat53())
  const common = Array.from({ length: assets }, () => 1.5 * random.nextFloat53() - 0.2)
  const sector = Array.from({ length: assets }, () => (random.nextInt(2) === 0 ? 0.8 : 0))
  const drift = Array.from({ length: assets }, () => 0.002 * (random.nextFloat53() - 0.4))
  const factors = Array.from({ length: periods }, () => [random.nextNormal(), random.nextNormal()])
  return matrixOf(periods, assets, (period, asset) => {
    const [market = 0, sectors = 0] = factors[period] ?? []
    const moved = (common[asset] ?? 0) * market + (sector[asset] ?? 0) * sectors + random.nextNormal()
    return (drift[asset] ?? 0) + (spread[asset] ?? 0) * moved
  })
}

/** A seeded stream for each run: a failing one is repeated by its seed. */
export const anyRandom = (): fc.Arbitrary<Random> => fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(createRandom)

/** Somewhere in the simplex, with zeros as often as not. */
export function drawWeights(random: Random, assets: number): Float64Array {
  const raw = Float64Array.from({ length: assets }, () => (random.nextInt(3) === 0 ? 0 : -Math.log(1 - random.nextFloat53())))
  if (!raw.some((weight) => weight > 0)) raw[random.nextInt(assets)] = 1
  const sum = raw.reduce((total, weight) => total + weight, 0)
  return raw.map((weight) => weight / sum)
}
