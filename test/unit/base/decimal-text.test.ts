import { describe, expect, it } from 'vitest'
import {
  InvariantError, parseDecimal, parseDecimalStep, parseMachineDecimal, parseMachineSteps, parseSteps, printDecimal, printSteps,
  quantityMax,
} from '../../../src-main/base/index.ts'

const value = (raw: number) => ({ ok: true, value: raw })
const failure = (error: string) => ({ ok: false, error })

describe('typed text', () => {
  it.each([
    ['0', 0], ['-0', 0], ['-0.00', 0], ['1', 100], ['1.5', 150], ['1.50', 150], ['1.500', 150], ['-12.34', -1234], ['0.01', 1],
    ['90071992547409.91', quantityMax], ['-90071992547409.91', -quantityMax],
  ])('%j is read', (text, raw) => expect(parseDecimal(text, 2, 'refuse')).toEqual(value(raw)))

  it.each([
    ['', 'empty'], [' ', 'notDecimal'], [' 1', 'notDecimal'], ['1 ', 'notDecimal'], ['1\n', 'notDecimal'],
    ['-', 'notDecimal'], ['.', 'notDecimal'], ['.5', 'notDecimal'], ['5.', 'notDecimal'], ['01', 'notDecimal'],
    ['+1', 'notDecimal'], ['--1', 'notDecimal'], ['1,000', 'notDecimal'], ['1,5', 'notDecimal'], ['1_000', 'notDecimal'],
    ['1e5', 'notDecimal'], ['0x10', 'notDecimal'], ['NaN', 'notDecimal'], ['Infinity', 'notDecimal'],
    ['\u22121', 'notDecimal'], ['\u0661', 'notDecimal'], ['1.2.3', 'notDecimal'], ['1.234', 'tooFine'],
    ['90071992547409.92', 'tooLarge'], ['9'.repeat(80), 'tooLarge'], ['9'.repeat(81), 'tooLong'],
  ])('%j is refused as %s', (text, error) => expect(parseDecimal(text, 2, 'refuse')).toEqual(failure(error)))

  it.each([
    ['1.005', 'floor', 100], ['1.005', 'ceil', 101], ['1.005', 'halfEven', 100], ['1.015', 'halfEven', 102],
    ['1.0050001', 'halfEven', 101], ['1.0049999', 'halfEven', 100], ['-1.005', 'floor', -101], ['-1.005', 'ceil', -100],
    ['-1.005', 'halfEven', -100], ['-0.001', 'ceil', 0], ['-0.001', 'floor', -1], ['1.00', 'ceil', 100],
    ['90071992547409.915', 'floor', quantityMax],
  ] as const)('%j with %s is %d', (text, rounding, raw) => expect(parseDecimal(text, 2, rounding)).toEqual(value(raw)))

  it('refuses a number that only its rounding pushes over the limit', () => {
    expect(parseDecimal('90071992547409.915', 2, 'ceil')).toEqual(failure('tooLarge'))
  })
})

describe('machine text', () => {
  it.each([
    ['1e-8', 1], ['1E-8', 1], ['2.5e+1', 2_500_000_000], ['+3', 300_000_000], ['007', 700_000_000], ['.5', 50_000_000],
    ['5.', 500_000_000], ['0e999', 0], ['0.00000001e0', 1], ['-1e-8', -1],
  ])('%j is read', (text, raw) => expect(parseMachineDecimal(text, 8, 'refuse')).toEqual(value(raw)))

  it.each([
    ['', 'empty'], ['.', 'notDecimal'], ['e5', 'notDecimal'], ['.e5', 'notDecimal'], ['1e', 'notDecimal'],
    ['1e1.5', 'notDecimal'], ['1e1000', 'notDecimal'], ['1e-9', 'tooFine'], ['1e999', 'tooLarge'], ['1 000', 'notDecimal'],
    ['null', 'notDecimal'],
  ])('%j is refused as %s', (text, error) => expect(parseMachineDecimal(text, 8, 'refuse')).toEqual(failure(error)))

  it('rounds what lies far below the scale', () => {
    expect(parseMachineDecimal('9e-30', 8, 'floor')).toEqual(value(0))
    expect(parseMachineDecimal('9e-30', 8, 'halfEven')).toEqual(value(0))
    expect(parseMachineDecimal('9e-30', 8, 'ceil')).toEqual(value(1))
  })
})

describe('a grid of steps', () => {
  const quarter = { units: 25, decimals: 2 }
  const third = { units: 3, decimals: 0 }

  it('takes a buy price down and a sell price up to a tick of 0.25', () => {
    expect(parseSteps('10.30', quarter, 'floor')).toEqual(value(41))
    expect(parseSteps('10.30', quarter, 'ceil')).toEqual(value(42))
    expect(parseSteps('10.25', quarter, 'refuse')).toEqual(value(41))
    expect(parseSteps('10.30', quarter, 'refuse')).toEqual(failure('tooFine'))
    expect(parseSteps('10.251', quarter, 'refuse')).toEqual(failure('tooFine'))
  })

  it('rounds once, not to the decimals first and to the step afterwards', () => {
    // 0.1249999 is below the middle of 0 and 0.25; rounded to two decimals first, it would be below as well, but 0.125 is a tie.
    expect(parseSteps('0.125', quarter, 'halfEven')).toEqual(value(0))
    expect(parseSteps('0.375', quarter, 'halfEven')).toEqual(value(2))
    expect(parseSteps('0.1250001', quarter, 'halfEven')).toEqual(value(1))
    expect(parseSteps('0.1249999', quarter, 'halfEven')).toEqual(value(0))
    expect(parseMachineSteps('1.5e0', third, 'halfEven')).toEqual(value(0))
    expect(parseMachineSteps('4.5', third, 'halfEven')).toEqual(value(2))
    expect(parseMachineSteps('-1.51', third, 'halfEven')).toEqual(value(-1))
  })

  it('is printed as the exact price', () => {
    expect(printSteps(41, quarter)).toBe('10.25')
    expect(printSteps(-1, quarter)).toBe('-0.25')
    expect(printSteps(quantityMax, { units: 1_000, decimals: 0 })).toBe('9007199254740991000')
  })

  it.each([
    ['0.25', { units: 25, decimals: 2 }], ['0.10', { units: 1, decimals: 1 }], ['1e-8', { units: 1, decimals: 8 }],
    ['100', { units: 100, decimals: 0 }], ['5E+1', { units: 50, decimals: 0 }], ['2.50e-1', { units: 25, decimals: 2 }],
  ])('%j is a step', (text, step) => expect(parseDecimalStep(text)).toEqual({ ok: true, value: step }))

  it.each([
    ['0', 'notAStep'], ['-1', 'notAStep'], ['0.000', 'notAStep'], ['', 'empty'], ['x', 'notDecimal'], ['1e-31', 'tooFine'],
    ['1e16', 'tooLarge'], ['1e300', 'tooLarge'], ['9007199254740993', 'tooLarge'],
  ])('%j is no step: %s', (text, error) => expect(parseDecimalStep(text)).toEqual(failure(error)))
})

describe('printed text', () => {
  it.each([
    [0, 2, '0.00'], [-0, 2, '0.00'], [5, 2, '0.05'], [-5, 2, '-0.05'], [12345, 2, '123.45'], [12345, 0, '12345'], [-7, 0, '-7'],
    [quantityMax, 8, '90071992.54740991'], [1, 18, '0.000000000000000001'],
  ])('%d with %d decimals is %s', (raw, decimals, text) => expect(printDecimal(raw, decimals)).toBe(text))

  it('takes a broken number or scale for a bug, in either direction', () => {
    for (const raw of [NaN, 0.5, quantityMax + 1]) expect(() => printDecimal(raw, 2)).toThrow(InvariantError)
    for (const decimals of [-1, 0.5, 31, NaN]) {
      expect(() => printDecimal(1, decimals)).toThrow(InvariantError)
      expect(() => parseDecimal('1', decimals, 'refuse')).toThrow(InvariantError)
    }
    expect(() => printSteps(1, { units: 0, decimals: 2 })).toThrow(InvariantError)
    expect(() => parseSteps('1', { units: -1, decimals: 2 }, 'floor')).toThrow(InvariantError)
  })
})
