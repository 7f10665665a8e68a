import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuantEntry, QuantParameter, QuantValue } from '../../../src-main/quant/catalogue-entry.ts'
import { distributionEntries } from '../../../src-main/quant/distributions/index.ts'
import { microstructureEntries } from '../../../src-main/quant/microstructure/index.ts'
import { performanceEntries } from '../../../src-main/quant/performance/index.ts'
import { riskEntries } from '../../../src-main/quant/risk-measures/index.ts'

const entries = [...riskEntries, ...performanceEntries, ...microstructureEntries, ...distributionEntries]

/** Ordinary numbers, those at the ends of doubles, and what is no number at all. */
const ordinary = fc.oneof(
  fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: -5, max: 40 }),
)
const extreme = fc.constantFrom(0, -0, 5e-324, 1e-300, 1e-16, 1e16, 1e150, 1e308, -1e308, -1e-300, 1 - 2 ** -53)
const numberLike = fc.oneof({ weight: 6, arbitrary: ordinary }, { weight: 1, arbitrary: extreme })
const wrong = fc.constantFrom<QuantValue>(null, 'x', true, Number.NaN, Infinity, [], [null], [[1]], {})

function valueOf({ kind, choices }: QuantParameter): fc.Arbitrary<QuantValue> {
  if (kind === 'text') return fc.constantFrom(...(choices ?? ['-x', 'x']))
  if (kind === 'boolean') return fc.boolean()
  if (kind === 'numbers') return fc.array(numberLike, { minLength: 1, maxLength: 4 })
  return kind === 'integer' ? fc.integer({ min: 0, max: 20 }) : numberLike
}

/** Each law reads its own parameters only, so it is not asked with those of the others. */
const parametersOfLaws: Readonly<Record<string, readonly string[]>> = {
  normal: ['mean', 'sd'], lognormal: ['mu', 'sigma'], gamma: ['shape', 'rate'], exponential: ['rate'], beta: ['a', 'b'], t: ['df'],
  poisson: ['lambda_'], nbinom: ['size', 'prob'],
}

function paramsOf(parameters: readonly QuantParameter[]) {
  const valueOrWrong = (parameter: QuantParameter) => fc.oneof(
    { weight: 30, arbitrary: valueOf(parameter) }, { weight: 1, arbitrary: wrong },
  )
  return fc.record(
    Object.fromEntries(parameters.map((parameter) => [parameter.name, valueOrWrong(parameter)])),
    { requiredKeys: parameters.filter(({ preset }) => preset === undefined).map(({ name }) => name) },
  )
}

function callOf({ parameters, ...entry }: QuantEntry) {
  const ofNoLaw = parameters.filter(({ name }) => name === 'ps' || name === 'x')
  const params = parameters.some(({ name }) => name === 'law')
    ? fc.constantFrom(...Object.entries(parametersOfLaws)).chain(([law, names]) =>
      paramsOf([...ofNoLaw, ...parameters.filter(({ name }) => names.includes(name))]).map((given) => ({ ...given, law })))
    : paramsOf(parameters)
  const series = fc.array(numberLike, { maxLength: 30 })
  const matrix = fc.array(fc.array(numberLike, { minLength: 2, maxLength: 2 }), { maxLength: 20 })
  const length = fc.integer({ min: 0, max: 25 })
  const together = length.chain(
    (size) => fc.tuple(
      ...entry.inputs.map(({ shape }) => (shape === 'matrix' ? matrix : fc.array(numberLike, { minLength: size, maxLength: size }))),
    ),
  )
  const apart = fc.tuple(...entry.inputs.map(() => fc.oneof(series, wrong)))
  return fc.record({ params, inputs: fc.oneof({ weight: 5, arbitrary: together }, { weight: 1, arbitrary: apart }) })
}

function isAvailableOrNull(value: QuantValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'object' && value !== null) return Object.values(value).every((each) => isAvailableOrNull(each as QuantValue))
  return true
}

const answered = new Set<string>()

describe('whatever it is asked', () => {
  it.each(
    entries.map((entry) => [entry.name, entry] as const),
  )('%s answers with what it describes or with one sentence', (_name, entry) => {
    fc.assert(fc.property(callOf(entry), ({ params, inputs }) => {
      const evaluated = entry.evaluate({ params: params as Readonly<Record<string, QuantValue>>, inputs: inputs as readonly QuantValue[] })
      if (!evaluated.ok) {
        expect(evaluated.error.message).toMatch(/^\S.*[^.]\.$/)
        return
      }
      answered.add(entry.name)
      expect(isAvailableOrNull(evaluated.value)).toBe(true)
      const described = entry.outputs.map(({ name }) => name)
      for (const name of Object.keys(evaluated.value)) expect(described).toContain(name)
    }), { numRuns: Math.min(1_500, Math.max(300, fc.readConfigureGlobal()?.numRuns ?? 0)) })
  })

  it('nearly all have answered some of those calls with figures', () => {
    // Otherwise nothing but refusals would have been looked at. Bars in order and long tails are rare among random numbers.
    expect(answered.size).toBeGreaterThan(0.85 * entries.length)
  })

  it('no two have the same name, and each describes itself', () => {
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
    for (const entry of entries) {
      for (const words of [entry.title, entry.formula, entry.convention, entry.source]) expect(words.length).toBeGreaterThan(3)
      expect(entry.outputs.length).toBeGreaterThan(0)
    }
  })
})
