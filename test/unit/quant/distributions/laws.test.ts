import { describe, expect, it } from 'vitest'
import type { QuantErrorCode, QuantOutputs, QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import {
  betaFit, checkLaw, distributionEntries, exponentialFit, gammaFit, lawCdf, lawDensity, lawMoments, lawQuantile, lognormalFit, normalFit, poissonFit,
  sampleCheck,
} from '../../../../src-main/quant/distributions/index.ts'
import type { Law } from '../../../../src-main/quant/distributions/index.ts'

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values)

function evaluate(
  name: string, params: Readonly<Record<string, QuantValue>>, inputs: readonly QuantValue[] = [],
): QuantOutputs | QuantErrorCode {
  const entry = distributionEntries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`no function ${name}`)
  const evaluated = entry.evaluate({ params, inputs })
  return evaluated.ok ? evaluated.value : evaluated.error.code
}

const laws: readonly Law[] = [
  { law: 'normal', mean: -1, sd: 2 }, { law: 'lognormal', mu: 0.2, sigma: 0.6 }, { law: 'gamma', shape: 2.2, rate: 1.7 },
  { law: 'exponential', rate: 0.8 }, { law: 'beta', a: 2.5, b: 4 }, { law: 't', df: 5 }, { law: 'poisson', lambda: 3.7 },
  { law: 'nbinom', size: 4, prob: 0.35 },
]

describe('a law', () => {
  it.each(laws.map((law) => [law.law, law] as const))('%s runs from 0 to 1 between the ends of its support', (_name, law) => {
    expect(lawCdf(law, -1e6)).toBeLessThan(1e-12)
    expect(lawCdf(law, 1e6)).toBeGreaterThan(1 - 1e-12)
    const isBelow = law.law === 'normal' || law.law === 't'
    expect(lawQuantile(law, 0)).toBe(isBelow ? -Infinity : 0)
    expect(lawQuantile(law, 1)).toBe(law.law === 'beta' ? 1 : Infinity)
    expect(lawQuantile(law, 1.5)).toBeNaN()
    if (!isBelow) expect([lawCdf(law, -1), lawDensity(law, -1)]).toEqual([0, 0])
  })

  it('of counts has nothing between them', () => {
    const law = laws.find((candidate) => candidate.law === 'poisson') as Law
    expect(lawDensity(law, 1.5)).toBe(0)
    expect(lawCdf(law, 1.5)).toBe(lawCdf(law, 1))
    expect(lawQuantile(law, lawCdf(law, 3))).toBe(3)
    expect(lawCdf({ law: 'beta', a: 2, b: 3 }, 2)).toBe(1)
  })

  it('has no figure where its functions are beyond doubles', () => {
    expect(
      evaluate('distribution', { law: 'nbinom', size: 1e-310, prob: 0.5, ps: [0.5], x: [1] }),
    ).toMatchObject({ quantiles: [null], cdf: [null] })
    expect(
      evaluate('distribution', { law: 'gamma', shape: 1e14, rate: 1, ps: [0.5], x: [1e14] }),
    ).toMatchObject({ quantiles: [null], cdf: [null] })
  })

  it('has no moment that does not exist', () => {
    expect(lawMoments({ law: 't', df: 1 })).toEqual({ mean: null, variance: null, skew: null, exKurtosis: null })
    expect(lawMoments({ law: 't', df: 2 })).toEqual({ mean: 0, variance: null, skew: null, exKurtosis: null })
    expect(lawMoments({ law: 't', df: 3.5 })).toMatchObject({ variance: 3.5 / 1.5, skew: 0, exKurtosis: null })
  })

  it.each([
    { law: 'normal', mean: Number.NaN, sd: 1 }, { law: 'normal', mean: 0, sd: 0 }, { law: 'beta', a: -1, b: 1 }, { law: 't', df: 0 },
    { law: 'poisson', lambda: 0 }, { law: 'poisson', lambda: 1e10 }, { law: 'nbinom', size: 1, prob: 1 }, {
      law: 'nbinom', size: 1, prob: 1e-12
    },
    { law: 'gamma', shape: 1, rate: Infinity },
  ] as const satisfies readonly Law[])('%o is none', (law) => {
    expect(checkLaw(law)).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
  })

  it('is read with its own parameters only', () => {
    expect(evaluate('distribution', { law: 'normal', mean: 0 })).toBe('bad-parameter')
    expect(evaluate('distribution', { law: 'normal', mean: 0, sd: 1, rate: 2 })).toBe('bad-parameter')
    expect(evaluate('distribution', { law: 'cauchy' })).toBe('bad-parameter')
    expect(evaluate('distribution', { law: 'exponential', rate: -1 })).toBe('bad-parameter')
    expect(evaluate('distribution', { law: 'normal', mean: 0, sd: 1, ps: [1.5] })).toBe('bad-parameter')
    expect(evaluate('distribution', { law: 'normal', mean: 0, sd: 1, ps: [0, 0.5, 1], x: [0] })).toEqual({
      mean: 0, variance: 1, skew: 0, exKurtosis: 0, quantiles: [null, 0, null], cdf: [0.5],
    })
  })
})

describe('a sample', () => {
  it('that is constant has no shape', () => {
    expect(
      evaluate('sampleCheck', { law: 'normal', mean: 0, sd: 1 }, [[0.1, 0.1, 0.1]]),
    ).toMatchObject({ n: 3, mean: 0.1, variance: 0, skew: null, exKurtosis: null })
    expect(evaluate('sampleCheck', { law: 'normal', mean: 0, sd: 1 }, [[0]])).toMatchObject({ n: 1, variance: null, ksStat: 0.5 })
  })

  it('of counts holds counts', () => {
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[0, 2, 2]])).toMatchObject({ counts: [1, 0, 2] })
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[0.5]])).toBe('bad-input')
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[-1]])).toBe('bad-input')
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[1e12]])).toBe('bad-input')
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[]])).toBe('too-short')
    expect(evaluate('sampleCheck', { law: 'poisson', lambda_: 1 }, [[1, null]])).toBe('bad-input')
    expect(sampleCheck(of(1), { law: 'poisson', lambda: -1 })).toMatchObject({ error: { code: 'bad-parameter' } })
  })
})

describe('a fit', () => {
  const fits = [betaFit, exponentialFit, gammaFit, lognormalFit, normalFit, poissonFit] as const

  it('of nothing, of what is not finite or outside of the support is an error', () => {
    for (const fit of fits) {
      expect(fit(of())).toMatchObject({ error: { code: 'too-short' } })
      expect(fit(of(0.5, Number.NaN, 0.2))).toMatchObject({ error: { code: 'bad-input' } })
    }
    for (const fit of [betaFit, gammaFit, lognormalFit]) expect(fit(of(0.5, 0, 0.2))).toMatchObject({ error: { code: 'bad-input' } })
    expect(betaFit(of(0.5, 1))).toMatchObject({ error: { code: 'bad-input' } })
    expect(exponentialFit(of(0.5, -1))).toMatchObject({ error: { code: 'bad-input' } })
    expect(poissonFit(of(0.5, 1))).toMatchObject({ error: { code: 'bad-input' } })
  })

  it('of a constant sample is an error where the likelihood has no end', () => {
    const constant = of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
    for (const fit of [betaFit, gammaFit, lognormalFit, normalFit]) expect(fit(constant)).toMatchObject({ error: { code: 'degenerate' } })
    expect(exponentialFit(of(0, 0))).toMatchObject({ error: { code: 'degenerate' } })
    expect(poissonFit(of(0, 0))).toMatchObject({ error: { code: 'degenerate' } })
    expect(gammaFit(of(1, 1 + 1e-9))).toMatchObject({ error: { code: 'not-converged' } })
    expect(betaFit(of(0.5, 0.5 + 1e-15))).toMatchObject({ ok: false })
  })

  it('comes through the catalogue with the names of its law', () => {
    expect(evaluate('poissonFit', {}, [[1, 2, 3]])).toEqual({ lambda_: 2 })
    expect(evaluate('exponentialFit', {}, [[1, 2, 3]])).toEqual({ rate: 0.5 })
    expect(evaluate('normalFit', {}, [[1, 2, 3]])).toEqual({ mean: 2, sd: expect.closeTo(Math.sqrt(2 / 3), 14) })
    expect(evaluate('betaFit', {}, [[0.5]])).toBe('too-short')
  })
})
