import { describe, expect, it } from 'vitest'
import type { QuantErrorCode, QuantOutputs, QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import {
  christoffersen, componentRisk, componentShortfall, drawdown, drawdownSeries, esBacktest, esHistorical, gpdFit, gpdRisk, hill,
  isCornishFisherMonotone, kupiec, riskEntries, tailRisk, varHistorical,
} from '../../../../src-main/quant/risk-measures/index.ts'
import { momentsOf, quantileOfSorted } from '../../../../src-main/quant/numeric/index.ts'

/** From a capital letter or the name of a parameter to its full stop; a stop inside belongs to a number. */
const oneSentence = /^[A-Za-z](?:[^.]|\.\d)*\.$/

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values)

function evaluate(
  name: string, params: Readonly<Record<string, QuantValue>>, inputs: readonly QuantValue[],
): QuantOutputs | QuantErrorCode {
  const entry = riskEntries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`no function ${name}`)
  const evaluated = entry.evaluate({ params, inputs })
  if (evaluated.ok) return evaluated.value
  expect(evaluated.error.message).toMatch(oneSentence)
  return evaluated.error.code
}

const returnsOnly = [
  'varHistorical', 'varParametric', 'varCornishFisher', 'esHistorical', 'esParametric', 'esCornishFisher', 'drawdown',
] as const

describe('risk measures of poor series', () => {
  it.each(returnsOnly)('%s answers with an error to an empty series, to one that is not finite, and to none', (name) => {
    expect(evaluate(name, {}, [[]])).toBe('too-short')
    expect(evaluate(name, {}, [[0.1, null, 0.2]])).toBe('bad-input')
    expect(evaluate(name, {}, [[0.1, Number.NaN]])).toBe('bad-input')
    expect(evaluate(name, {}, [[0.1, Infinity]])).toBe('bad-input')
    expect(evaluate(name, {}, [0.1])).toBe('bad-input')
    expect(evaluate(name, {}, [])).toBe('bad-input')
    expect(evaluate(name, { nonsense: 1 }, [[0.1, 0.2]])).toBe('bad-parameter')
  })

  it('lose exactly the constant return when there is no other', () => {
    const constant = [[-0.1, -0.1, -0.1, -0.1, -0.1]]
    for (const name of ['varHistorical', 'varParametric', 'varCornishFisher']) expect(evaluate(name, {}, constant)).toEqual({ var: 0.1 })
    for (const name of ['esParametric', 'esCornishFisher']) expect(evaluate(name, {}, constant)).toEqual({ es: 0.1 })
    expect(evaluate('esHistorical', { tail: 'strict' }, constant)).toEqual({ es: null })
    expect(evaluate('esHistorical', {}, constant)).toEqual({ es: expect.closeTo(0.1, 12) })
  })

  it('of one value are that value where a spread is not needed, and an error where it is', () => {
    expect(evaluate('varHistorical', {}, [[-0.03]])).toEqual({ var: 0.03 })
    expect(evaluate('varParametric', { ddof: 0 }, [[-0.03]])).toEqual({ var: 0.03 })
    expect(evaluate('varParametric', { ddof: 1 }, [[-0.03]])).toBe('too-short')
    expect(evaluate('esCornishFisher', { ddof: 1 }, [[-0.03]])).toBe('too-short')
  })

  it('have no number rather than a wrong one where doubles end', () => {
    expect(evaluate('varParametric', {}, [[1e308, 1e308, -1e308, 1e308]])).toEqual({ var: null })
    expect(evaluate('drawdown', {}, [Array.from({ length: 20 }, () => 1e30)])).toBe('degenerate')
  })
})

describe('parameters of risk measures', () => {
  it.each([
    ['varHistorical', { level: 0 }], ['varHistorical', { level: 1 }], [
      'varHistorical', { level: '0.95' },
    ], ['varHistorical', { level: 1.5 }],
    ['varParametric', { ddof: 0.5 }], ['varParametric', { dist: 'cauchy' }], ['varParametric', { dist: 't' }],
    ['varParametric', { dist: 't', nu: 2 }], ['esParametric', { dist: 't', nu: 1.5 }], ['esParametric', { level: 1 }],
    ['esHistorical', { tail: 'loose' }], ['esHistorical', { level: 0 }], ['esCornishFisher', { variant: 'other' }],
    ['esCornishFisher', { level: 1 }], ['varCornishFisher', { level: 0 }],
  ] as const)('%s refuses %o', (name, params) => {
    expect(evaluate(name, params, [[0.01, -0.02, 0.03, -0.01]])).toBe('bad-parameter')
  })

  it('of a t law approach the normal figures with many degrees of freedom', () => {
    const returns = [[0.01, -0.02, 0.03, -0.01, 0.005, -0.004]]
    const heavy = evaluate('varParametric', { level: 0.99, dist: 't', nu: 4 }, returns) as { var: number }
    const light = evaluate('varParametric', { level: 0.99, dist: 't', nu: 1e7 }, returns) as { var: number }
    const normal = evaluate('varParametric', { level: 0.99 }, returns) as { var: number }
    expect(light.var).toBeCloseTo(normal.var, 7)
    // t(4) at 99 %: 3.746947 / √2, above the normal 2.326348.
    expect(heavy.var / normal.var).toBeGreaterThan(1.1)
    expect(evaluate('esParametric', { level: 0.99, dist: 't', nu: 1e7 }, returns)).toEqual({
      es: expect.closeTo((evaluate('esParametric', { level: 0.99 }, returns) as { es: number }).es, 7),
    })
  })
})

describe('the quantile and the tail', () => {
  it('take a position that is whole but for rounding as whole', () => {
    const ascending = Float64Array.from({ length: 101 }, (_each, at) => at)
    expect(quantileOfSorted(ascending, 1 - 0.95)).toBe(5)
    // Exactly five returns lie below the quantile; a rounding error would make it six.
    expect(esHistorical(ascending, { level: 0.95, tail: 'strict' })).toEqual({ ok: true, value: -2 })
  })

  it('are the same from one sorting as from two', () => {
    const returns = of(0.01, -0.02, 0.03, -0.05, 0.02, 0.01, -0.01)
    const both = tailRisk(returns, { level: 0.9, tail: 'rockafellar-uryasev' })
    expect(both).toEqual({ ok: true, value: {
      valueAtRisk: (varHistorical(returns, { level: 0.9 }) as { value: number }).value,
      expectedShortfall: (esHistorical(returns, { level: 0.9, tail: 'rockafellar-uryasev' }) as { value: number }).value,
    } })
    expect(tailRisk(of(), { level: 0.9, tail: 'strict' }).ok).toBe(false)
  })

  it('know when a Cornish-Fisher quantile bends back', () => {
    expect(isCornishFisherMonotone(momentsOf(of(-3, -1, -0.8, -0.5, -0.2, 0, 0.2, 0.5, 0.8, 1, 3)))).toBe(true)
    expect(isCornishFisherMonotone(momentsOf(of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -10)))).toBe(false)
  })
})

describe('drawdown', () => {
  it('tells where it began, ended and healed', () => {
    expect(drawdown(of(0.1, -0.5, -0.2, 1, 1, 0))).toEqual({ ok: true, value: {
      maxDrawdown: expect.closeTo(0.6, 14), ulcer: expect.any(Number), pain: expect.any(Number), troughIndex: 2, peakIndex: 0,
      recoveryIndex: 4, longestUnderWater: 3, current: 0,
    } })
  })

  it('that is open has not healed, and one from the start has its peak before the first return', () => {
    expect(drawdown(of(-0.5, 0.1))).toMatchObject(
      { value: { peakIndex: -1, troughIndex: 0, recoveryIndex: null, current: expect.closeTo(0.45, 14) } },
    )
  })

  it('is none when equity never falls', () => {
    expect(drawdown(of(0.1, 0, 0.2))).toEqual({ ok: true, value: {
      maxDrawdown: 0, ulcer: 0, pain: 0, troughIndex: null, peakIndex: null, recoveryIndex: null, longestUnderWater: 0, current: 0,
    } })
  })

  it('ends at everything, and more than everything is refused', () => {
    expect(drawdown(of(0.1, -1, 0.5))).toMatchObject({ value: { maxDrawdown: 1, current: 1 } })
    expect(evaluate('drawdown', {}, [[0.1, -1.01]])).toBe('bad-input')
    expect(drawdownSeries(of(-2)).ok).toBe(false)
  })
})

describe('extreme values', () => {
  const exponential = Float64Array.from({ length: 400 }, (_each, at) => -Math.log(1 - (at + 0.5) / 400))

  it('find an exponential tail to have a shape near 0 at any scale', () => {
    for (const scale of [1e-9, 1, 1e9]) {
      const fit = gpdFit(exponential.map((loss) => loss * scale), { threshold: 0, strict: true })
      expect(fit).toMatchObject({ ok: true, value: { exceedances: 400, n: 400 } })
      if (!fit.ok) continue
      expect(Math.abs(fit.value.xi)).toBeLessThan(0.02)
      expect(fit.value.beta / scale).toBeCloseTo(1, 1)
    }
  })

  it('count a loss at the threshold only when they are not strict', () => {
    const losses = Float64Array.from([0.5, 0.5, ...exponential.map((loss) => 0.5 + loss)])
    expect(gpdFit(losses, { threshold: 0.5, strict: true })).toMatchObject({ value: { exceedances: 400 } })
    expect(gpdFit(losses, { threshold: 0.5, strict: false })).toMatchObject({ value: { exceedances: 402 } })
  })

  it('refuse too few exceedances, none above the threshold, and a likelihood without a maximum', () => {
    expect(evaluate('gpdFit', { threshold: 3 }, [[-1, -2, -4, -5]])).toBe('too-short')
    expect(evaluate('gpdFit', { threshold: 1, strict: false, losses: 'x' }, [Array.from({ length: 20 }, () => 1)])).toBe('degenerate')
    // Losses that pile up at their largest: the likelihood grows without end towards a bounded law.
    const piled = Array.from({ length: 40 }, (_each, at) => (at < 30 ? -1 : -(at - 29) / 11))
    expect(evaluate('gpdFit', { threshold: 0 }, [piled])).toBe('not-converged')
    expect(gpdFit(exponential, { threshold: Number.NaN, strict: true })).toMatchObject({ error: { code: 'bad-parameter' } })
  })

  it('have a risk for any shape, none below the threshold, and no mean from shape 1', () => {
    const tail = { threshold: 1, beta: 0.5, n: 1000, exceedances: 50 }
    const levels = of(0.9, 0.95, 0.99)
    expect(gpdRisk({ ...tail, xi: 0 }, levels)).toEqual({ ok: true, value: {
      var: [null, expect.closeTo(1, 12), expect.closeTo(1 + 0.5 * Math.log(5), 12)],
      es: [null, expect.closeTo(1.5, 12), expect.closeTo(1.5 + 0.5 * Math.log(5), 12)],
    } })
    const [almost, exact] = [gpdRisk({ ...tail, xi: 1e-9 }, levels), gpdRisk({ ...tail, xi: 0 }, levels)]
    if (!almost.ok || !exact.ok) throw new Error('expected both')
    expect(almost.value.var[2]).toBeCloseTo(exact.value.var[2] ?? Number.NaN, 8)
    expect(gpdRisk({ ...tail, xi: 1.2 }, levels)).toMatchObject({ value: { es: [null, null, null] } })
    expect(gpdRisk({ ...tail, xi: 0.1, beta: 0 }, levels)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(gpdRisk({ ...tail, xi: 0.1, exceedances: 1001 }, levels)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(gpdRisk({ ...tail, xi: 0.1 }, of(1))).toMatchObject({ error: { code: 'bad-parameter' } })
  })

  it('of Hill need enough positive losses', () => {
    expect(hill(of(1, 2, 4), { k: 2 })).toEqual({ ok: true, value: expect.closeTo((Math.log(2) + Math.log(4)) / 2, 14) })
    expect(hill(of(1, 2, 4), { k: 3 })).toMatchObject({ error: { code: 'too-short' } })
    expect(hill(of(-1, 2, 4), { k: 2 })).toMatchObject({ error: { code: 'degenerate' } })
    expect(hill(of(1, 2, 4), { k: 0.5 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(evaluate('hill', { k: 2, losses: '+x' }, [[1, 2, 4]])).toEqual(
      { tailIndexXi: expect.closeTo((Math.log(2) + Math.log(4)) / 2, 14) },
    )
  })
})

describe('the tests of forecasts', () => {
  it('count 0 ln 0 as 0 when nothing or everything is exceeded', () => {
    const actual = of(0.1, 0.2, 0.3, 0.4)
    expect(kupiec({ actual, forecast: of(0, 0, 0, 0) }, { alpha: 0.05 })).toMatchObject({ value: {
      exceedances: 0, lr: expect.closeTo(-8 * Math.log(0.95), 14),
    } })
    expect(kupiec({ actual, forecast: of(1, 1, 1, 1) }, { alpha: 0.05 })).toMatchObject({ value: {
      exceedances: 4, lr: expect.closeTo(-8 * Math.log(0.05), 13),
    } })
    expect(christoffersen({ actual, forecast: of(0, 0, 0, 0) }, { alpha: 0.05 })).toMatchObject({ value: { lrInd: 0, pInd: 1 } })
  })

  it('find exceedances that come in a row', () => {
    const actual = Float64Array.from({ length: 200 }, (_each, at) => (at >= 100 && at < 110 ? -1 : 1))
    const test = christoffersen({ actual, forecast: new Float64Array(200) }, { alpha: 0.05 })
    expect(test.ok && test.value.pInd).toBeLessThan(1e-6)
  })

  it('refuse series of different length, a share that is none, and a single forecast', () => {
    expect(evaluate('kupiec', { alpha: 0.05 }, [[1, 2], [1]])).toBe('bad-input')
    expect(evaluate('kupiec', { alpha: 0 }, [[1], [1]])).toBe('bad-parameter')
    expect(evaluate('kupiec', {}, [[], []])).toBe('too-short')
    expect(evaluate('christoffersen', {}, [[1], [1]])).toBe('too-short')
    expect(evaluate('christoffersen', { alpha: 1 }, [[1, 2], [1, 2]])).toBe('bad-parameter')
    expect(evaluate('esBacktest', {}, [[1], [1], []])).toBe('bad-input')
    expect(evaluate('esBacktest', { alpha: 1 }, [[1], [1], [-1]])).toBe('bad-parameter')
    expect(evaluate('esBacktest', {}, [[1], [1], [0]])).toBe('bad-input')
  })

  it('find losses beyond VaR that are larger than forecast', () => {
    const n = 1000
    const actual = Float64Array.from({ length: n }, (_each, at) => (at % 20 === 0 ? -4 - (at % 3) * 0.1 : 1))
    const level = { actual, forecast: new Float64Array(n).fill(-2) }
    const bad = esBacktest({ ...level, shortfall: new Float64Array(n).fill(-3) }, { alpha: 0.05 })
    expect(bad).toMatchObject({ ok: true, value: { exceedances: 50 } })
    if (!bad.ok) return
    expect(bad.value.z2).toBeCloseTo(1 - 4.1 / 3, 1)
    expect(bad.value.p).toBeLessThan(1e-6)
    const good = esBacktest({ ...level, shortfall: new Float64Array(n).fill(-5) }, { alpha: 0.05 })
    expect(good.ok && good.value.z2).toBeGreaterThan(0)
    expect(evaluate('esBacktest', {}, [[1, 1], [0, 0], [-1, -1]])).toEqual({ exceedances: 0, z2: 1, meanResidual: null, p: null })
    expect(evaluate('esBacktest', {}, [[1, -2], [0, 0], [-1, -1]])).toMatchObject({ exceedances: 1, meanResidual: -1, p: null })
  })
})

describe('the parts of the risk of a portfolio', () => {
  const rows = [[0.01, 0.02], [-0.02, 0.01], [0.015, -0.03], [-0.01, -0.01], [0.02, 0.005]]
  const columns = [0, 1].map((column) => Float64Array.from(rows, (row) => row[column] ?? Number.NaN))

  it('of one asset are the whole', () => {
    const [returns] = columns
    if (returns === undefined) throw new Error('expected a column')
    const whole = evaluate('varParametric', { level: 0.99, ddof: 1 }, [[...returns]]) as { var: number }
    const parts = componentRisk(of(1), [returns], { level: 0.99, ddof: 1 })
    expect(parts.ok && parts.value.valueAtRisk.total).toBeCloseTo(whole.var, 14)
    expect(parts.ok && parts.value.valueAtRisk.component[0]).toBeCloseTo(whole.var, 14)
  })

  it('come through the catalogue from rows', () => {
    expect(
      evaluate('componentRisk', { weights: [0.5, 0.5], level: 0.95 }, [rows]),
    ).toMatchObject({ var: expect.any(Number), es: expect.any(Number) })
    expect(evaluate('componentShortfall', { weights: [0.5, 0.5], level: 0.6 }, [rows])).toMatchObject({ es: expect.closeTo(0.00875, 12) })
  })

  it('refuse what does not fit together', () => {
    expect(evaluate('componentRisk', { weights: [1] }, [rows])).toBe('bad-input')
    expect(evaluate('componentRisk', { weights: [1, 1] }, [[[0.1, 0.2], [0.1]]])).toBe('bad-input')
    expect(evaluate('componentRisk', { weights: [1, 1] }, [[[0.1, 0.2], 0.1]])).toBe('bad-input')
    expect(evaluate('componentRisk', { weights: [1, 1] }, [0.1])).toBe('bad-input')
    expect(evaluate('componentRisk', { weights: [] }, [[]])).toBe('too-short')
    expect(evaluate('componentRisk', { weights: [1, -1] }, [[[0.1, 0.1], [0.2, 0.2]]])).toBe('degenerate')
    expect(evaluate('componentRisk', { weights: [1, 1], dist: 't', nu: 2 }, [rows])).toBe('bad-parameter')
    expect(evaluate('componentRisk', { weights: 'x' }, [rows])).toBe('bad-parameter')
    expect(componentShortfall(of(1), columns, { level: 0.9 })).toMatchObject({ error: { code: 'bad-input' } })
  })
})
