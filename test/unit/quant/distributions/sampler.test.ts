import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/base/index.ts'
import { lawMoments, sampleCheck, samplerOf } from '../../../../src-main/quant/distributions/index.ts'
import type { Law } from '../../../../src-main/quant/distributions/index.ts'
import { kolmogorovSurvival } from '../../../../src-main/quant/special/index.ts'

const laws: readonly Law[] = [
  { law: 'normal', mean: -1, sd: 2 }, { law: 'lognormal', mu: 0.2, sigma: 0.6 }, { law: 'gamma', shape: 2.2, rate: 1.7 },
  {
    law: 'gamma', shape: 0.3, rate: 0.01
  }, { law: 'gamma', shape: 250, rate: 3 }, { law: 'exponential', rate: 0.8 }, { law: 'beta', a: 2.5, b: 4 },
  { law: 'beta', a: 0.2, b: 0.4 }, { law: 't', df: 5 }, { law: 't', df: 30 }, { law: 'poisson', lambda: 0.4 }, { law: 'poisson', lambda: 3.7 },
  { law: 'poisson', lambda: 29 }, { law: 'poisson', lambda: 4000 }, { law: 'nbinom', size: 4, prob: 0.35 }, {
    law: 'nbinom', size: 0.5, prob: 0.05
  },
]
const n = 20_000

function sampleOf(law: Law, seed: number): Float64Array {
  const sampler = samplerOf(law)
  if (!sampler.ok) throw new Error(sampler.error.message)
  const random = createRandom(seed)
  return Float64Array.from({ length: n }, () => sampler.value(random))
}

describe('drawing from a law', () => {
  it.each(laws.map((law) => [law] as const))('%o has its mean, its variance and its distribution', (law) => {
    const moments = lawMoments(law)
    const found = sampleCheck(sampleOf(law, 20_240_611), law)
    if (!found.ok) throw new Error(found.error.message)
    const [mean, variance, kurtosis] = [moments.mean ?? Number.NaN, moments.variance ?? Number.NaN, (moments.exKurtosis ?? Number.NaN) + 3]
    expect(Math.abs(found.value.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / n))
    // The error of a sample variance is that of the mean of squares.
    expect(Math.abs((found.value.variance ?? Number.NaN) - variance)).toBeLessThan(4.5 * variance * Math.sqrt((kurtosis - 1) / n))
    const gap = found.value.kind === 'continuous' ? found.value.ksStat : found.value.maxCdfGap
    expect(kolmogorovSurvival(gap * Math.sqrt(n))).toBeGreaterThan(1e-3)
  })

  it('gives the same numbers for the same seed and others for another', () => {
    const law: Law = { law: 'gamma', shape: 2, rate: 1 }
    expect(sampleOf(law, 7)).toEqual(sampleOf(law, 7))
    expect(sampleOf(law, 7)).not.toEqual(sampleOf(law, 8))
  })

  it('stays finite where the law is extreme', () => {
    for (const law of [
      { law: 'gamma', shape: 1e-3, rate: 1 }, { law: 'beta', a: 1e-3, b: 1e-3 }, { law: 't', df: 0.2 }, {
        law: 'nbinom', size: 1e-3, prob: 1e-9
      },
      { law: 'poisson', lambda: 1e9 },
    ] as const satisfies readonly Law[]) {
      const sampler = samplerOf(law)
      if (!sampler.ok) throw new Error(sampler.error.message)
      const random = createRandom(3)
      const drawn = Array.from({ length: 200 }, () => sampler.value(random))
      expect(drawn.every((value) => !Number.isNaN(value)), law.law).toBe(true)
      if (law.law === 'beta') expect(drawn.every((value) => value >= 0 && value <= 1)).toBe(true)
    }
  })

  it('is refused for what is no law', () => {
    expect(samplerOf({ law: 'gamma', shape: -1, rate: 1 })).toMatchObject({ error: { code: 'bad-parameter' } })
  })
})
