import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseDecimal, parseDecimalStep, parseMachineDecimal, parseMachineSteps, parseSteps, printDecimal, printSteps,
} from '../../../src-main/base/index.ts'
import type { Rounding } from '../../../src-main/base/index.ts'
import { rounding, safeInteger } from './safe-integers.ts'

// decimal.js is the oracle: wide enough that it never rounds before it is told to.
const Oracle = Decimal.clone({ precision: 400 })
const oracleRounding: Record<Rounding, Decimal.Rounding> = {
  floor: Decimal.ROUND_FLOOR,
  ceil: Decimal.ROUND_CEIL,
  halfEven: Decimal.ROUND_HALF_EVEN,
}
const decimals = () => fc.integer({ min: 0, max: 30 })
const runs = { numRuns: 5_000 }

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength, maxLength }).map((list) => list.join(''))
/** Fractions that end in 5, 50 and 49 are where rounding goes wrong. */
const fraction = fc.tuple(digits(1, 12), fc.constantFrom('', '5', '50', '500001', '49', '499999')).map((list) => list.join(''))
const typedText = fc
  .tuple(fc.constantFrom('', '-'), digits(1, 14), fc.option(fraction, { nil: undefined }))
  .map(([sign, whole, part]) => `${sign}${BigInt(whole)}${part === undefined ? '' : `.${part}`}`)
const machineText = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(1, 10), fc.option(fraction, { nil: undefined }), fc.integer({ min: -25, max: 12 }))
  .map(([sign, whole, part, exponent]) => `${sign}${whole}${part === undefined ? '.' : `.${part}`}e${exponent}`)
const step = fc.record({ units: fc.integer({ min: 1, max: 1_000 }), decimals: fc.integer({ min: 0, max: 12 }) })

const expectLike = (result: { ok: true; value: number } | { ok: false; error: string }, exact: Decimal, mode: Rounding) => {
  const whole = exact.toDecimalPlaces(0, oracleRounding[mode])
  if (result.ok) expect(result.value).toBe(whole.toNumber() + 0)
  else expect([result.error, whole.abs().gte(Number.MAX_SAFE_INTEGER)]).toEqual(['tooLarge', true])
}

describe('decimal text', () => {
  it('prints like decimal.js and reads back what it printed', () => {
    fc.assert(
      fc.property(safeInteger(), decimals(), (raw, places) => {
        const text = printDecimal(raw, places)
        expect(text).toBe(new Oracle(raw).div(new Oracle(10).pow(places)).toFixed(places))
        expect(parseDecimal(text, places, 'refuse')).toEqual({ ok: true, value: raw })
        expect(parseMachineDecimal(text, places, 'refuse')).toEqual({ ok: true, value: raw })
      }),
      runs,
    )
  })

  it('reads and rounds like decimal.js, in both grammars', () => {
    fc.assert(
      fc.property(typedText, machineText, decimals(), rounding(), (typed, machine, places, mode) => {
        const scale = new Oracle(10).pow(places)
        expectLike(parseDecimal(typed, places, mode), new Oracle(typed).mul(scale), mode)
        expectLike(parseMachineDecimal(typed, places, mode), new Oracle(typed).mul(scale), mode)
        expectLike(parseMachineDecimal(machine, places, mode), new Oracle(machine).mul(scale), mode)
      }),
      runs,
    )
  })

  it('refuses exactly the numbers that the scale cannot hold, when no rounding is named', () => {
    fc.assert(
      fc.property(typedText, fc.integer({ min: 0, max: 10 }), (text, places) => {
        const exact = new Oracle(text).mul(new Oracle(10).pow(places))
        const result = parseDecimal(text, places, 'refuse')
        fc.pre(exact.abs().lte(Number.MAX_SAFE_INTEGER))
        expect(result).toEqual(exact.isInteger() ? { ok: true, value: exact.toNumber() + 0 } : { ok: false, error: 'tooFine' })
      }),
      runs,
    )
  })

  it('reads, rounds and prints whole steps of any grid like decimal.js', () => {
    fc.assert(
      fc.property(typedText, machineText, step, rounding(), (typed, machine, grid, mode) => {
        const size = new Oracle(grid.units).div(new Oracle(10).pow(grid.decimals))
        const scale = new Oracle(10).pow(grid.decimals)
        const inRange = (text: string) => new Oracle(text).abs().mul(scale).lt(Number.MAX_SAFE_INTEGER)
        fc.pre(inRange(typed) && inRange(machine))
        // A quotient of decimals may not end; 400 digits leave no room for a wrong half.
        expectLike(parseSteps(typed, grid, mode), new Oracle(typed).div(size), mode)
        expectLike(parseMachineSteps(machine, grid, mode), new Oracle(machine).div(size), mode)
      }),
      runs,
    )
  })

  it('reads back the steps that it printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 43), max: 2 ** 43 }), step, (raw, grid) => {
        const text = printSteps(raw, grid)
        expect(text).toBe(new Oracle(raw).mul(grid.units).div(new Oracle(10).pow(grid.decimals)).toFixed(grid.decimals))
        expect(parseSteps(text, grid, 'refuse')).toEqual({ ok: true, value: raw })
      }),
      runs,
    )
  })

  it('reads the size of a step without changing it', () => {
    fc.assert(
      fc.property(step, (given) => {
        const size = new Oracle(given.units).div(new Oracle(10).pow(given.decimals))
        for (const text of [size.toFixed(), size.toExponential()]) {
          const result = parseDecimalStep(text)
          expect(result.ok && new Oracle(result.value.units).div(new Oracle(10).pow(result.value.decimals)).eq(size)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), machineText), decimals(), (text, places) => {
        for (const parse of [parseDecimal, parseMachineDecimal]) {
          const result = parse(text, places, 'halfEven')
          expect(result.ok ? Number.isSafeInteger(result.value) : result.error.length > 0).toBe(true)
        }
        expect(typeof parseDecimalStep(text).ok).toBe('boolean')
      }),
      runs,
    )
  })
})
