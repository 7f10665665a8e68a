import { describe, expect, it } from 'vitest'
import type { QuantErrorCode, QuantOutputs, QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import {
  deflatedSharpe, kellyBinary, kellyEmpirical, minTrackRecord, performanceEntries,
} from '../../../../src-main/quant/performance/index.ts'
import { normalCdf } from '../../../../src-main/quant/special/index.ts'

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values)

function evaluate(
  name: string, params: Readonly<Record<string, QuantValue>>, inputs: readonly QuantValue[],
): QuantOutputs | QuantErrorCode {
  const entry = performanceEntries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`no function ${name}`)
  const evaluated = entry.evaluate({ params, inputs })
  return evaluated.ok ? evaluated.value : evaluated.error.code
}

const required: Readonly<Record<string, Readonly<Record<string, QuantValue>>>> = {
  deflatedSharpe: { trials: 10, trialsSharpeVariance: 0.01 },
}
const onReturns = performanceEntries.filter((entry) => entry.inputs.length > 0)

describe('performance of poor series', () => {
  it.each(
    onReturns.map((entry) => [entry.name, entry] as const),
  )('%s answers with an error to what is empty or not finite', (name, entry) => {
    const params = required[name] ?? {}
    expect(evaluate(name, params, entry.inputs.map(() => []))).toBe('too-short')
    expect(evaluate(name, params, entry.inputs.map(() => [0.1, Number.NaN, 0.2, 0.3]))).toBe('bad-input')
    expect(evaluate(name, params, entry.inputs.map(() => [0.1, null, 0.2, 0.3]))).toBe('bad-input')
    expect(evaluate(name, params, [])).toBe('bad-input')
    expect(evaluate(name, { ...params, annualization: 1 }, entry.inputs.map(() => [0.1, 0.2]))).toBe('bad-parameter')
  })

  // A mean of ten times 0.1 is not 0.1, and a deviation of 1e-17 would make a ratio of 1e16.
  it.each([[0.1], [0], [-0.3]])('has no ratio for the constant return %d', (value) => {
    const constant = [Array.from({ length: 10 }, () => value)]
    expect(evaluate('sharpe', {}, constant)).toEqual({ perPeriod: null, annualised: null })
    expect(evaluate('kellyContinuous', {}, constant)).toEqual({ f: null })
    expect(evaluate('probabilisticSharpe', {}, constant)).toBe('degenerate')
    expect(evaluate('deflatedSharpe', { trials: 5, trialsSharpeVariance: 1 }, constant)).toBe('degenerate')
    expect(evaluate('minTrackRecord', {}, constant)).toBe('degenerate')
    expect(evaluate('kellyEmpirical', {}, constant)).toBe('degenerate')
    expect(evaluate('capm', {}, [...constant, ...constant])).toBe('degenerate')
    expect(evaluate('olsSimple', {}, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], ...constant])).toBe('degenerate')
  })

  it('has no ratio over a loss that never came', () => {
    const gains = [[0.1, 0.2, 0]]
    expect(evaluate('omega', {}, gains)).toEqual({ omega: null })
    expect(evaluate('profitFactor', {}, gains)).toEqual(
      { profitFactor: null, winRate: expect.closeTo(2 / 3, 12), payoff: null, gainToPain: null },
    )
    expect(evaluate('sortino', {}, gains)).toEqual({ perPeriod: null, annualised: null, downsideDeviation: 0 })
    expect(evaluate('tailRatio', {}, [[0, 0, 0]])).toEqual({ tailRatio: null })
    expect(evaluate('performance', {}, gains)).toMatchObject({ calmar: null, totalReturn: expect.closeTo(0.32, 12) })
  })

  it('of one period has growth but no spread', () => {
    expect(evaluate('performance', { annualisation: 1 }, [[0.1]])).toEqual(
      { totalReturn: expect.closeTo(0.1, 14), cagr: expect.closeTo(0.1, 14), annVol: null, calmar: null },
    )
    expect(evaluate('sharpe', {}, [[0.1]])).toBe('too-short')
    expect(evaluate('sharpe', { ddof: 0 }, [[0.1]])).toEqual({ perPeriod: null, annualised: null })
  })

  it('ends when everything is lost, and more than everything is refused', () => {
    expect(evaluate('performance', {}, [[0.1, -1, 0.3]])).toMatchObject({ totalReturn: -1, cagr: -1, calmar: -1 })
    expect(evaluate('performance', {}, [[0.1, -1.2]])).toBe('bad-input')
    expect(evaluate('capm', {}, [[0.1, 0.2, -3], [0.1, 0.3, 0.2]])).toBe('bad-input')
  })

  it('refuses parameters out of their range', () => {
    expect(evaluate('performance', { annualisation: 0 }, [[0.1]])).toBe('bad-parameter')
    expect(evaluate('sharpe', { annualisation: -1 }, [[0.1, 0.2]])).toBe('bad-parameter')
    expect(evaluate('minTrackRecord', { confidence: 1 }, [[0.1, 0.2]])).toBe('bad-parameter')
    expect(evaluate('deflatedSharpe', { trials: 2.5, trialsSharpeVariance: 1 }, [[0.1, 0.2]])).toBe('bad-parameter')
    expect(evaluate('deflatedSharpe', { trials: 2 }, [[0.1, 0.2]])).toBe('bad-parameter')
    expect(deflatedSharpe(of(0.1, 0.2), { trials: 0, trialsSharpeVariance: 1 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(deflatedSharpe(of(0.1, 0.2), { trials: 2, trialsSharpeVariance: -1 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(minTrackRecord(of(0.1, 0.2), { benchmark: Number.NaN, confidence: 0.95 })).toMatchObject({ error: { code: 'bad-parameter' } })
  })

  it('needs series of one length and enough of them for a line', () => {
    expect(evaluate('capm', {}, [[0.1, 0.2, 0.3], [0.1, 0.2]])).toBe('bad-input')
    expect(evaluate('olsSimple', {}, [[0.1, 0.2], [0.1, 0.2]])).toBe('too-short')
  })
})

describe('a line', () => {
  it('without residuals has no errors, and one through a constant explains nothing', () => {
    expect(evaluate('olsSimple', {}, [[1, 3, 5], [0, 1, 2]])).toEqual(
      { coef: [1, 2], se: [null, null], t: [null, null], p: [null, null], r2: 1 },
    )
    expect(evaluate('olsSimple', {}, [[7, 7, 7], [0, 1, 2]])).toEqual(
      { coef: [7, 0], se: [null, null], t: [null, null], p: [null, null], r2: null },
    )
  })

  it('that follows the benchmark has no information ratio', () => {
    const returns = [0.01, -0.02, 0.03, 0.01]
    expect(evaluate('capm', {}, [returns, returns])).toMatchObject({ beta: 1, trackingErrorAnn: 0, informationRatio: null })
  })
})

describe('the inference about a Sharpe ratio', () => {
  it('has no track record for a ratio that is not above the benchmark', () => {
    expect(evaluate('minTrackRecord', { benchmark: 5 }, [[0.1, -0.2, 0.1, 0.05]])).toEqual({ periods: null })
  })

  it('expects nothing from a single trial', () => {
    const returns = [[0.1, -0.2, 0.1, 0.05, 0.02]]
    const one = evaluate('deflatedSharpe', { trials: 1, trialsSharpeVariance: 0.5 }, returns) as QuantOutputs
    const plain = evaluate('probabilisticSharpe', {}, returns) as QuantOutputs
    expect(one).toEqual({ expectedMaxSharpe: 0, dsr: plain['psr'] })
  })

  it('has a number for a sample of two points too, whose kurtosis is the least that its skewness allows', () => {
    const ratio = 1.2 / Math.sqrt(0.4)
    const skew = 0.8 / 0.3
    // There 1 - S·SR + (K - 1)/4·SR² is the square of 1 - S·SR/2.
    expect(evaluate('probabilisticSharpe', {}, [[1, 1, 1, 1, 1, 1, 1, 1, 1, 3]])).toEqual({
      sharpe: expect.closeTo(ratio, 12), psr: expect.closeTo(normalCdf((3 * ratio) / Math.abs(1 - (skew * ratio) / 2)), 12),
    })
  })
})

describe('sizing', () => {
  it('stakes nothing without an edge and refuses what is no bet', () => {
    expect(kellyBinary(of(0.5, 0.4, 1, 0), of(1, 1, 2, 2))).toEqual({ ok: true, value: of(0, 0, 1, 0) })
    expect(evaluate('kellyBinary', { p: [0.5], b: [0] }, [])).toBe('bad-parameter')
    expect(evaluate('kellyBinary', { p: [1.5], b: [1] }, [])).toBe('bad-parameter')
    expect(evaluate('kellyBinary', { p: [0.5, 0.5], b: [1] }, [])).toBe('bad-input')
    expect(evaluate('kellyBinary', { p: [], b: [] }, [])).toBe('too-short')
    expect(kellyBinary(of(1.5), of(1))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(evaluate('kellyBinaryMarket', { p: [0.5], price: [0] }, [])).toBe('bad-parameter')
    expect(evaluate('kellyBinaryMarket', { p: [0.5], price: [0.5] }, [])).toEqual({ fYes: [0], fNo: [0] })
    expect(evaluate('kellyBinaryMarket', { price: [0.5] }, [])).toBe('bad-parameter')
  })

  it('goes short when that grows, stays out when nothing does, and has no answer without a gain and a loss', () => {
    const long = kellyEmpirical(of(0.1, -0.08, 0.1, -0.08))
    const short = kellyEmpirical(of(-0.1, 0.08, -0.1, 0.08))
    if (!long.ok || !short.ok) throw new Error('expected both')
    // ½(0.1 / (1 + 0.1 f)) = ½(0.08 / (1 - 0.08 f)) gives f = 0.02 / 0.016.
    expect(long.value).toBeCloseTo(1.25, 12)
    expect(short.value).toBeCloseTo(-1.25, 12)
    expect(kellyEmpirical(of(0.1, -0.1))).toEqual({ ok: true, value: 0 })
    expect(kellyEmpirical(of(0.1, 0.2))).toMatchObject({ error: { code: 'degenerate' } })
    expect(kellyEmpirical(of(-0.1, 0))).toMatchObject({ error: { code: 'degenerate' } })
  })
})
