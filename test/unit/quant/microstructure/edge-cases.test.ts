import { describe, expect, it } from 'vitest'
import type { QuantErrorCode, QuantOutputs, QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import {
  almgrenChriss, amihud, avellanedaStoikov, binaryProbAbove, binaryProbAboveGrid, blackScholes, corwinSchultz, glftStationary, lmsr,
  microstructureEntries, touchProbability, varianceRatio,
} from '../../../../src-main/quant/microstructure/index.ts'

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values)

function evaluate(
  name: string, params: Readonly<Record<string, QuantValue>>, inputs: readonly QuantValue[] = [],
): QuantOutputs | QuantErrorCode {
  const entry = microstructureEntries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`no function ${name}`)
  const evaluated = entry.evaluate({ params, inputs })
  return evaluated.ok ? evaluated.value : evaluated.error.code
}

describe('quoting', () => {
  const session = { gamma: 0.1, kappa: 1.5, sigma: 2, mid: 100, horizon: 1 }
  const model = { gamma: 0.1, kappa: 1.5, sigma: 2, intensity: 140 }

  it('of one state is a cell of the grid', () => {
    expect(avellanedaStoikov(session, { inventory: -2, t: 0.25 })).toEqual({ ok: true, value: {
      reservation: expect.closeTo(100.6, 12), spread: expect.closeTo(1.590770422751, 10), bid: expect.closeTo(99.80461478862, 10), ask: expect.closeTo(101.3953852114, 9),
    } })
  })

  it('refuses times outside of the session and parameters that are no model', () => {
    const params = { gamma: 0.1, kappa: 1.5, sigma: 2, T: 1, mid: 100, inventory: [0], t: [0.5] }
    expect(avellanedaStoikov(session, { inventory: 0, t: 1.1 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(avellanedaStoikov(session, { inventory: Number.NaN, t: 1 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(evaluate('avellanedaStoikov', { ...params, t: [1.5] })).toBe('bad-parameter')
    expect(evaluate('avellanedaStoikov', { ...params, gamma: 0 })).toBe('bad-parameter')
    expect(evaluate('avellanedaStoikov', { ...params, t: [] })).toBe('too-short')
    expect(evaluate('glftAsymptotic', { gamma: 0.1, kappa: 1.5, sigma: 2, A: 0, inventory: [0] })).toBe('bad-parameter')
    expect(evaluate('glftAsymptotic', { gamma: 0.1, kappa: 1.5, sigma: 2, A: 1, inventory: [] })).toBe('too-short')
  })

  it('stops to buy at the largest inventory and to sell at the least', () => {
    const quotes = glftStationary(model, 3, of(-3, 0, 3))
    expect(quotes).toMatchObject(
      {
        ok: true, value: {
          bidOffset: [expect.any(Number), expect.any(Number), null], askOffset: [null, expect.any(Number), expect.any(Number)]
        }
      },
    )
    expect(glftStationary(model, 0, of(0))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(glftStationary(model, 3, of(4))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(glftStationary(model, 3, of(0.5))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(glftStationary(model, 3, of())).toMatchObject({ error: { code: 'too-short' } })
    expect(glftStationary({ ...model, sigma: 0 }, 3, of(0))).toMatchObject({ error: { code: 'bad-parameter' } })
  })

  it('keeps its digits where the eigenvector has fallen by hundreds of decades', () => {
    const quotes = glftStationary({ ...model, gamma: 5, sigma: 20 }, 300, of(-250, 0, 250))
    if (!quotes.ok) throw new Error('expected quotes')
    expect(quotes.value.bidOffset.every((offset) => Number.isFinite(offset))).toBe(true)
    expect(quotes.value.bidOffset[2]).toBeGreaterThan(quotes.value.bidOffset[1] ?? Infinity)
  })
})

describe('liquidation', () => {
  const task = { size: 1000, steps: 4, tau: 1, sigma: 0.95, eta: 2.5e-6, epsilon: 0.06, gamma: 2.5e-7, lambda: 1e-6 }

  it('is even without risk aversion, and at once with all of it', () => {
    const even = almgrenChriss({ ...task, lambda: 0 })
    expect(even.ok && [...even.value.holdings]).toEqual([1000, 750, 500, 250, 0])
    const atOnce = almgrenChriss({ ...task, lambda: 1e12 })
    expect(atOnce.ok && [...atOnce.value.trades]).toEqual([1000, expect.closeTo(0, 9), expect.closeTo(0, 9), expect.closeTo(0, 9)])
    expect(atOnce.ok && atOnce.value.kappa).toBeGreaterThan(10)
  })

  it('of a purchase mirrors that of a sale at the same cost', () => {
    const [sale, purchase] = [almgrenChriss(task), almgrenChriss({ ...task, size: -1000 })]
    if (!sale.ok || !purchase.ok) throw new Error('expected both')
    expect([...purchase.value.trades]).toEqual(Array.from(sale.value.trades, (trade) => -trade))
    expect(purchase.value.expectedCost).toBe(sale.value.expectedCost)
  })

  it('refuses a model whose temporary impact is eaten by the permanent one', () => {
    expect(almgrenChriss({ ...task, gamma: 1e-5 })).toMatchObject({ error: { code: 'degenerate' } })
    expect(almgrenChriss({ ...task, steps: 0 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(almgrenChriss({ ...task, size: Infinity })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(almgrenChriss({ ...task, tau: 0 })).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(almgrenChriss({ ...task, lambda: -1 })).toMatchObject({ error: { code: 'bad-parameter' } })
  })
})

describe('binary markets', () => {
  const market = { spot: 100, sigma: 0.5, mu: 0 }

  it('are settled when no time is left, and a price at the strike is not above it', () => {
    expect([99, 100, 101].map((strike) => binaryProbAbove(market, strike, 0))).toEqual([1, 0, 0].map((value) => ({ ok: true, value })))
    expect(binaryProbAbove({ ...market, sigma: 0, mu: 0.1 }, 104, 1)).toEqual({ ok: true, value: 1 })
  })

  it('refuse what is no market', () => {
    expect(evaluate('binaryProbAbove', { spot: 100, sigma: 0.5, strikes: [100], tau: [1], dist: 't' })).toBe('bad-parameter')
    expect(evaluate('binaryProbAbove', { spot: 100, sigma: 0.5, strikes: [100], tau: [1], dist: 't', nu: 2 })).toBe('bad-parameter')
    expect(evaluate('binaryProbAbove', { spot: 0, sigma: 0.5, strikes: [100], tau: [1] })).toBe('bad-parameter')
    expect(evaluate('binaryProbAbove', { spot: 1, sigma: 0.5, strikes: [], tau: [1] })).toBe('too-short')
    expect(binaryProbAboveGrid(market, of(-1), of(1))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(binaryProbAboveGrid(market, of(1), of(-1))).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(binaryProbAbove({ ...market, freedom: 1 }, 100, 1)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(binaryProbAbove(market, 0, 1)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(evaluate('touchProbability', { spot: 1, sigma: 0.5, tau: 1, barriers: [0] })).toBe('bad-parameter')
  })

  it('have touched a barrier that they stand at or beyond, and reach one without chance by drift alone', () => {
    expect(touchProbability(market, 90, { tau: 1, side: 'upper' })).toEqual({ ok: true, value: 1 })
    expect(touchProbability(market, 100, { tau: 1, side: 'lower' })).toEqual({ ok: true, value: 1 })
    expect(touchProbability(market, 110, { tau: 0, side: 'upper' })).toEqual({ ok: true, value: 0 })
    expect(touchProbability({ ...market, sigma: 0, mu: 0.2 }, 110, { tau: 1, side: 'upper' })).toEqual({ ok: true, value: 1 })
    expect(
      evaluate('touchProbability', { spot: 100, sigma: 0.5, tau: 1, barriers: [90], side: 'lower' }),
    ).toEqual({ prob: [expect.any(Number)] })
  })

  it('have a number where one factor overflows and the other underflows', () => {
    const steep = touchProbability({ spot: 100, sigma: 0.01, mu: 5 }, 1000, { tau: 1, side: 'upper' })
    expect(steep).toEqual({ ok: true, value: 1 })
    const hopeless = touchProbability({ spot: 100, sigma: 0.01, mu: -5 }, 1000, { tau: 1, side: 'upper' })
    expect(hopeless).toEqual({ ok: true, value: 0 })
  })
})

describe('options', () => {
  const market = { spot: 100, rate: 0.05, sigma: 0, tau: 1, dividend: 0 }

  it('without volatility or time are worth what they pay', () => {
    expect(blackScholes(market, 90)).toMatchObject(
      { value: { call: expect.closeTo(100 - 90 * Math.exp(-0.05), 12), put: 0, deltaCall: 1, gamma: null, vega: 0 } },
    )
    expect(blackScholes({ ...market, tau: 0, sigma: 0.5 }, 110)).toMatchObject(
      { value: { call: 0, put: 10, deltaPut: -1, digitalCall: 0, digitalPut: 1 } },
    )
    expect(blackScholes({ ...market, tau: 0 }, 100)).toMatchObject({ value: { call: 0, put: 0, digitalCall: 0 } })
  })

  it('refuse negative prices and times', () => {
    expect(blackScholes(market, 0)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(blackScholes({ ...market, rate: Number.NaN }, 1)).toMatchObject({ error: { code: 'bad-parameter' } })
    expect(evaluate('blackScholes', { spot: 100, strikes: [100], sigma: 0.5, tau: -1 })).toBe('bad-parameter')
  })
})

describe('the market scoring rule', () => {
  it('costs nothing without a trade, and does not overflow', () => {
    expect(evaluate('lmsr', { b: 100, q: [0, 0] })).toEqual({ cost: expect.closeTo(100 * Math.LN2, 12), prices: [0.5, 0.5], tradeCost: 0 })
    expect(lmsr({ b: 1, shares: of(1e6, 0) }, of(0, 2e6))).toMatchObject({ value: { cost: 1e6, tradeCost: 1e6, prices: of(1, 0) } })
  })

  it('refuses a trade of another market', () => {
    expect(evaluate('lmsr', { b: 100, q: [0, 0], trade: [1] })).toBe('bad-input')
    expect(evaluate('lmsr', { b: 0, q: [0, 0] })).toBe('bad-parameter')
    expect(evaluate('lmsr', { b: 1, q: [0] })).toBe('too-short')
  })
})

describe('liquidity', () => {
  it('has no Roll spread when changes go on, and none of width when they do not matter', () => {
    expect(evaluate('rollSpread', {}, [[1, 2, 4, 8, 16]])).toMatchObject({ spread: null })
    expect(evaluate('rollSpread', {}, [[5, 5, 5, 5, 5]])).toEqual({ autocov: 0, spread: 0 })
    expect(evaluate('rollSpread', {}, [[5, 5, 5]])).toBe('too-short')
  })

  it('has no lambda for trades of one size and side', () => {
    expect(evaluate('kyleLambda', {}, [[1, 2, 3, 4], [1, 1, 1, 1], [2, 2, 2, 2]])).toBe('degenerate')
    expect(evaluate('kyleLambda', {}, [[1, 2, 3], [1, 1, 1], [2, 2, 2]])).toBe('too-short')
    expect(evaluate('kyleLambda', {}, [[1, 2, 3, 4], [1, 1, 1], [2, 2, 2, 2]])).toBe('bad-input')
  })

  it('has no variance ratio for constant or too few returns', () => {
    expect(evaluate('varianceRatio', { k: 2 }, [[0.1, 0.1, 0.1]])).toBe('degenerate')
    expect(evaluate('varianceRatio', { k: 4 }, [[0.1, 0.2, 0.1]])).toBe('too-short')
    expect(evaluate('varianceRatio', { k: 1 }, [[0.1, 0.2, 0.1]])).toBe('bad-parameter')
    expect(varianceRatio(of(0, 0, 1, 0, 0, -1, 0, 0), { k: 2 })).toMatchObject({ value: { zHetero: null, pHetero: null } })
  })

  it('treats a negative Corwin-Schultz estimate as it is told', () => {
    const bars = [of(10, 20, 30), of(9, 19, 29)] as const
    const kept = corwinSchultz(...bars, 'keep')
    if (!kept.ok) throw new Error('expected estimates')
    expect(kept.value.spread).toBeLessThan(0)
    expect(corwinSchultz(...bars, 'zero')).toEqual({ ok: true, value: { spread: 0, series: [null, 0, 0] } })
    expect(corwinSchultz(...bars, 'drop')).toEqual({ ok: true, value: { spread: null, series: [null, null, null] } })
    expect(evaluate('corwinSchultz', {}, [[10, 9], [9, 10]])).toBe('bad-input')
    expect(evaluate('corwinSchultz', {}, [[10, 9], [9, 0]])).toBe('bad-input')
    expect(evaluate('corwinSchultz', {}, [[10], [9]])).toBe('too-short')
  })

  it('finds the spread of bars that do nothing but bounce', () => {
    // Every bar touches bid and ask and the mid never moves: the range of two bars is that of one.
    const spread = 0.01
    const high = new Float64Array(10).fill(100 * (1 + spread / 2))
    const low = new Float64Array(10).fill(100 * (1 - spread / 2))
    const found = corwinSchultz(high, low, 'keep')
    expect(found.ok && found.value.spread).toBeCloseTo(spread, 6)
  })

  it('leaves periods without trading out of the illiquidity', () => {
    expect(evaluate('amihud', {}, [[0.1, -0.2, 0.3], [10, 0, 30]])).toEqual({ illiquidity: expect.closeTo(0.01, 14) })
    expect(amihud(of(0.1), of(0))).toEqual({ ok: true, value: null })
    expect(evaluate('amihud', {}, [[0.1], [-1]])).toBe('bad-input')
    expect(evaluate('amihud', {}, [[], []])).toBe('too-short')
  })
})
