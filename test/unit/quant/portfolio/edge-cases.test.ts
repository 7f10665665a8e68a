import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/base/index.ts'
import type { QuantValue } from '../../../../src-main/quant/catalogue-entry.ts'
import { matrixOf } from '../../../../src-main/quant/numeric/index.ts'
import { hierarchicalRiskParity, minimumVariance, portfolioEntries, sampleMoments } from '../../../../src-main/quant/portfolio/index.ts'

type Rows = readonly (readonly number[])[]

function evaluate(name: string, rows: QuantValue, params: Readonly<Record<string, QuantValue>> = {}) {
  const entry = portfolioEntries.find((candidate) => candidate.name === name)
  if (entry === undefined) throw new Error(`there is no ${name}`)
  return entry.evaluate({ params, inputs: [rows] })
}

function errorOf(
  name: string, rows: QuantValue, params: Readonly<Record<string, QuantValue>> = {},
): { readonly code: string; readonly message: string } {
  const evaluated = evaluate(name, rows, params)
  if (evaluated.ok) throw new Error(`${name} gave ${JSON.stringify(evaluated.value)}`)
  // One sentence.
  expect(evaluated.error.message).toMatch(/^\S[^\n]*\.$/)
  return evaluated.error
}

function draw(periods: number, assets: number, change: (row: readonly number[]) => readonly number[] = (row) => row): Rows {
  const random = createRandom(11)
  return Array.from({ length: periods }, () => change(Array.from({ length: assets }, () => 0.01 * random.nextNormal())))
}

/** What each function cannot do without. */
const needed: Readonly<Record<string, (assets: number) => Readonly<Record<string, QuantValue>>>> = {
  meanVarianceTarget: () => ({ targetReturn: 0 }),
  maxSharpe: () => ({ rf: -1 }),
  blackLitterman: (assets) => (
    {
      marketWeights: Array.from({ length: assets }, () => 1 / assets), delta: 2.5, tau: 0.05, P: [
        Array.from({ length: assets }, (_each, asset) => (asset === 0 ? 1 : 0)),
      ], Q: [0.001]
    }
  ),
}
const paramsOf = (name: string, assets: number): Readonly<Record<string, QuantValue>> => needed[name]?.(assets) ?? {}

const names = portfolioEntries.map(({ name }) => name)
const byRisk = ['hrp', 'riskParity', 'inverseVolatility', 'maxDiversification']
const byInverse = ['minVariance', 'maxSharpe', 'maxDiversification']

describe.each(names)('%s', (name) => {
  it('refuses returns that are none, too few, of different lengths or not finite', () => {
    const params = paramsOf(name, 2)
    expect(errorOf(name, [[0.1, 0.2]], params).code).toBe('too-short')
    expect(errorOf(name, [], params).code).toBe('too-short')
    for (
      const rows of [
        null, 'x', 7, [[], []], [1, 2, 3], [[0.1, 0.2], [0.1]], [[0.1, null], [0.1, 0.2]], [[0.1, 0.2], [0.1, Number.NaN]], [[0.1, 0.2], [0.1, Infinity]]
      ]
    ) {
      expect(errorOf(name, rows as QuantValue, params).code).toBe('bad-input')
    }
  })

  it('refuses a parameter that it does not have, and two inputs', () => {
    expect(errorOf(name, draw(30, 2), { ...paramsOf(name, 2), bogus: 1 })).toMatchObject(
      { code: 'bad-parameter', message: expect.stringContaining('bogus') },
    )
    const rows = draw(30, 2)
    expect(
      portfolioEntries.find((entry) => entry.name === name)?.evaluate({ params: paramsOf(name, 2), inputs: [rows, rows] }),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })
})

describe('one asset', () => {
  it.each(
    ['hrp', 'riskParity', 'inverseVolatility', 'maxDiversification', 'minVariance', 'maxSharpe', 'minCVaR'],
  )('is all of the portfolio of %s', (name) => {
    expect(evaluate(name, draw(30, 1), paramsOf(name, 1))).toMatchObject({ ok: true, value: { weights: [1] } })
  })
})

describe('an asset that does not vary', () => {
  const rows = draw(60, 3, ([first = 0, second = 0]) => [first, 0.001, second])

  it.each(byRisk)('is named by %s', (name) => {
    expect(errorOf(name, rows)).toEqual({ code: 'degenerate', message: 'The returns of asset 1 do not vary.' })
  })

  it.each(byInverse)('makes no portfolio of %s', (name) => {
    expect(errorOf(name, rows, paramsOf(name, 3)).code).toBe('degenerate')
    expect(errorOf(name, rows, { ...paramsOf(name, 3), longOnly: false }).code).toBe('degenerate')
  })
})

describe('assets that move as one', () => {
  const rows = draw(60, 3, ([first = 0, second = 0]) => [first, second, 2 * first])

  it.each(byInverse)('have no single portfolio of %s', (name) => {
    expect(errorOf(name, rows, paramsOf(name, 3))).toMatchObject({ code: 'degenerate', message: expect.stringContaining('singular') })
    expect(errorOf(name, rows, { ...paramsOf(name, 3), longOnly: false }).code).toBe('degenerate')
  })

  it('still share the risk by budget', () => {
    const evaluated = evaluate('riskParity', rows)
    expect(evaluated).toMatchObject({ ok: true, value: { riskContribution: [1, 2, 3].map(() => expect.closeTo(1 / 3, 9) as number) } })
  })

  it('still have a hierarchy, in which the copy stands beside the original', () => {
    const evaluated = evaluate('hrp', rows)
    expect(evaluated).toMatchObject({ ok: true, value: { order: [1, 0, 2] } })
  })

  it('have no budgets of risk when they cancel each other out', () => {
    const opposed = draw(60, 2, ([first = 0]) => [first, -first])
    expect(errorOf('riskParity', opposed).code).toBe('degenerate')
  })

  it('are told by fewer periods than assets as well', () => {
    expect(errorOf('minVariance', draw(4, 6)).code).toBe('degenerate')
  })
})

describe('limits', () => {
  const rows = draw(120, 4)

  it.each([
    [{ maxWeight: 0.2 }, 'No portfolio keeps to all of full investment, maxWeight.'],
    [{ minWeight: 0.3 }, 'No portfolio keeps to all of full investment, minWeight.'],
    [
      {
        groups: [{ name: 'majors', members: [0, 1], max: 0.3 }, { name: 'others', members: [2, 3], max: 0.3 }]
      }, 'No portfolio keeps to all of full investment, group majors, group others.',
    ],
    [
      {
        groups: [{ name: 'majors', members: [0, 1], max: 0.5 }], maxWeight: [1, 1, 0.1, 0.1]
      }, 'No portfolio keeps to all of full investment, group majors, maxWeight.',
    ],
    [{ groups: [{ name: 'all', members: [0, 1, 2, 3], min: 1.5 }] }, 'No portfolio keeps to all of full investment, group all.'],
    [{ groups: [{ name: 'some', members: [0, 1], min: 1.2 }] }, 'No portfolio keeps to all of full investment, group some, longOnly.'],
    [{ minWeight: [0.1, 0.5, 0, 0], maxWeight: 0.4 }, 'maxWeight of asset 1 is 0.4, below its least weight 0.5.'],
    [{ maxWeight: [0.5, 0.5] }, 'maxWeight has 2 numbers for 4 assets.'],
    [{ maxWeight: 'all' }, 'maxWeight is expected to be a list of numbers.'],
    [{ longOnly: 'yes' }, 'longOnly is expected to be true or false, but it was "yes".'],
    [{ groups: {} }, 'groups is expected to be a list.'],
    [{ groups: [7] }, 'Group 0 is expected to be a record.'],
    [{ groups: [{ name: 'a', members: [0], cap: 1 }] }, 'Group 0 has no field cap.'],
    [{ groups: [{ name: 1, members: [0] }] }, 'The name of group 0 is expected to be a text.'],
    [{ groups: [{ name: 'a', members: 'all' }] }, 'members of the group a is expected to be a list of numbers.'],
    [{ groups: [{ name: 'a', members: [4] }] }, 'The group a has a member 4, and there are only the assets 0 to 3.'],
    [{ groups: [{ name: 'a', members: [0], min: 0.5, max: 0.4 }] }, 'The group a has min 0.5, above its max 0.4.'],
    [{ groups: [{ name: 'a', members: [0], max: '1' }] }, 'The bounds of the group a are expected to be numbers.'],
  ] satisfies readonly (
    readonly [Readonly<Record<string, QuantValue>>, string]
  )[])('%j that cannot be kept are named', (params, message) => {
    for (const name of ['minVariance', 'maxDiversification', 'minCVaR']) {
      const error = errorOf(name, rows, params)
      expect(error.code).toBe('bad-parameter')
      expect(error.message).toBe(message)
    }
  })

  it.each(['minVariance', 'maxSharpe', 'maxDiversification', 'minCVaR'])('of groups and assets hold for %s', (name) => {
    const params = {
      ...paramsOf(name, 4), minWeight: [0.05, 0, 0, 0], maxWeight: 0.6, groups: [
        { name: 'a', members: [0, 1], min: 0.5, max: 0.5 }, { members: [2, 3], max: 0.9 },
      ]
    }
    const evaluated = evaluate(name, rows, params)
    if (!evaluated.ok) throw new Error(evaluated.error.message)
    const weights = evaluated.value['weights'] as readonly number[]
    const [first = 0, second = 0, third = 0, fourth = 0] = weights
    expect(first).toBeGreaterThanOrEqual(0.05)
    expect(Math.max(...weights)).toBeLessThanOrEqual(0.6)
    expect(first + second).toBeCloseTo(0.5, 10)
    expect(first + second + third + fourth).toBeCloseTo(1, 10)
  })

  it('may allow short positions within bounds', () => {
    const evaluated = evaluate('maxSharpe', rows, { rf: -0.01, longOnly: false, minWeight: -0.2, maxWeight: 0.8 })
    if (!evaluated.ok) throw new Error(evaluated.error.message)
    const weights = evaluated.value['weights'] as readonly number[]
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(-0.2)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10)
  })

  it('that are not numbers are refused by the typed functions too', () => {
    const moments = sampleMoments(matrixOf(30, 2, (row, column) => Math.sin(row * (column + 1))))
    if (!moments.ok) throw new Error(moments.error.message)
    expect(
      minimumVariance(moments.value.covariance, { maxWeight: Number.NaN }),
    ).toMatchObject({ ok: false, error: { code: 'bad-parameter' } })
    expect(
      minimumVariance(moments.value.covariance, { groups: [{ name: 'a', members: [0], max: Number.NaN }] }),
    ).toMatchObject({ ok: false })
    expect(
      sampleMoments({ rows: 2, columns: 1, values: Float64Array.of(1, Number.NaN) }),
    ).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(sampleMoments({ rows: 1, columns: 1, values: Float64Array.of(1) })).toMatchObject({ ok: false, error: { code: 'too-short' } })
    expect(sampleMoments({ rows: 2, columns: 2, values: Float64Array.of(1) })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })
})

describe('a goal that cannot be reached', () => {
  const rows = draw(120, 3)

  it('is told with the highest and lowest mean that there are', () => {
    expect(errorOf('meanVarianceTarget', rows, { targetReturn: 1 }).message).toMatch(
      /^targetReturn 1 is above the highest mean return within the limits, 0\.00\d+\.$/,
    )
    expect(errorOf('meanVarianceTarget', rows, { targetReturn: -1 }).message).toMatch(/^targetReturn -1 is below the lowest/)
    expect(errorOf('meanVarianceTarget', rows).message).toBe('The parameter targetReturn has to be given.')
  })

  it('is reached by short positions when they are allowed', () => {
    const evaluated = evaluate('meanVarianceTarget', rows, { targetReturn: 0.05, longOnly: false })
    expect(evaluated).toMatchObject({ ok: true })
  })

  it('is a return above rf when nothing earns it', () => {
    expect(errorOf('maxSharpe', rows, { rf: 0.5 })).toEqual(
      { code: 'degenerate', message: 'No portfolio within the limits earns more than rf.' },
    )
    expect(errorOf('maxSharpe', rows, { rf: 'x' }).code).toBe('bad-parameter')
  })

  it('is a loss that can grow for ever', () => {
    expect(errorOf('minCVaR', draw(3, 6), { longOnly: false, level: 0.5 }).message).toContain('weights need bounds')
  })

  it.each([0, 1, -1, 2, 'x', [0.95]])('is a level of %j', (level) => {
    expect(errorOf('minCVaR', rows, { level }).code).toBe('bad-parameter')
  })

  it.each([[[1, 2]], [[1, 1, 0]], [[1, 1, -1]], ['unequal'], [[1, 1, null]]])('is a budget of %j', (budget) => {
    expect(errorOf('riskParity', rows, { budget: budget as QuantValue }).code).toBe('bad-parameter')
  })

  it('is an unknown linkage or distance', () => {
    expect(errorOf('hrp', rows, { linkage: 'centroid' }).message).toBe(
      'linkage is expected to be one of single, complete, average, ward, but it was "centroid".',
    )
    expect(errorOf('hrp', rows, { distance: 'euclid' }).code).toBe('bad-parameter')
  })
})

describe('views', () => {
  const rows = draw(120, 2)
  const views = { marketWeights: [0.5, 0.5], delta: 2.5, tau: 0.05, P: [[1, -1]], Q: [0.001] }

  it.each([
    [{ marketWeights: [1] }, 'marketWeights has 1 numbers for 2 assets.'],
    [{ marketWeights: 1 }, 'marketWeights is expected to be a list of numbers, but it was 1.'],
    [{ delta: 0 }, 'delta is expected to be a positive number, not 0.'],
    [{ delta: null }, 'The parameter delta has to be given.'],
    [{ tau: -1 }, 'tau is expected to be a number of at least 0, but it was -1.'],
    [{ tau: 'x' }, 'tau is expected to be a number of at least 0, but it was "x".'],
    [{ P: [[1]] }, 'P is expected to have 1 rows of 2 numbers.'],
    [{ P: [[1, 0], [1]] }, 'P is expected to be rows of finite numbers, all of one length, but row 1 is not.'],
    [{ P: 7 }, 'P is expected to be rows of numbers.'],
    [{ P: [7] }, 'P is expected to be rows of finite numbers, all of one length, but row 0 is not.'],
    [{ Q: [] }, 'Q is expected to have at least one view.'],
    [{ Q: 'x' }, 'Q is expected to be a list of numbers, but it was "x".'],
    [{ omega: 'mine' }, 'omega is expected to be a list of numbers.'],
    [{ omega: [1, 2] }, 'omega is expected to have 1 rows of 1 numbers.'],
  ] satisfies readonly (readonly [Readonly<Record<string, QuantValue>>, string])[])('%j are refused', (change, message) => {
    expect(errorOf('blackLitterman', rows, { ...views, ...change })).toEqual({ code: 'bad-parameter', message })
  })

  it('weigh less the less certain they are, up to nothing', () => {
    const certain = evaluate('blackLitterman', rows, { ...views, omega: [1e-12] })
    const vague = evaluate('blackLitterman', rows, { ...views, omega: [[1e6]] })
    if (!certain.ok || !vague.ok) throw new Error('the views were refused')
    const [first = 0, second = 0] = certain.value['posterior'] as readonly number[]
    expect(first - second).toBeCloseTo(0.001, 8)
    const prior = vague.value['pi'] as readonly number[]
    for (const [asset, mean] of (vague.value['posterior'] as readonly number[]).entries()) expect(mean).toBeCloseTo(prior[asset] ?? 0, 12)
  })

  it('that say the same with certainty have no answer', () => {
    expect(errorOf('blackLitterman', rows, { ...views, P: [[1, -1], [1, -1]], Q: [0.001, 0.002], omega: [0, 0] }).code).toBe('degenerate')
  })
})

describe('clustering', () => {
  it('cuts a list of three after the first, which is the older branch', () => {
    const covariance = matrixOf(3, 3, (row, column) => [[1e-4, 1e-4, 0], [1e-4, 4e-4, 0], [0, 0, 9e-4]][row]?.[column] ?? 0)
    const found = hierarchicalRiskParity(covariance, { linkage: 'average', distance: 'correlation' })
    if (!found.ok) throw new Error(found.error.message)
    expect(found.value.order).toEqual([2, 0, 1])
    // The pair by inverse variance: 0.8² × 1 + 0.2² × 4 + 2 × 0.8 × 0.2 × 1 = 1.12 of the unit in which the third has 9.
    const pair = 9 / (9 + 1.12)
    expect([...found.value.weights]).toEqual([pair * 0.8, pair * 0.2, 1 - pair].map((weight) => expect.closeTo(weight, 12) as number))
  })

  it.each(['single', 'complete', 'average', 'ward'])('puts the two groups of a block matrix apart by %s linkage', (linkage) => {
    const random = createRandom(5)
    const rows = Array.from({ length: 300 }, () => {
      const [one, other] = [random.nextNormal(), random.nextNormal()]
      return [one, other, one, other, one].map((common) => common + 0.3 * random.nextNormal())
    })
    const evaluated = evaluate('hrp', rows, { linkage })
    if (!evaluated.ok) throw new Error(evaluated.error.message)
    const order = evaluated.value['order'] as readonly number[]
    expect(order.map((asset) => asset % 2).join('')).toMatch(/^(00011|11000)$/)
  })
})
