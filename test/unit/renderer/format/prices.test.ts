import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeShare, drawnSteps, plainSteps, printShortSteps, printSize, printSteps, stepsAtLeast } from '../../../../src-renderer/format/price.ts'

const half = { units: 5, decimals: 1 }
const cent = { units: 1, decimals: 2 }
const whole = { units: 1, decimals: 0 }

describe('a price', () => {
  it('is printed with every decimal of its tick and grouped as the language does', () => {
    expect(printSteps('en', 134_837, half)).toBe('67,418.5')
    expect(printSteps('fr', 134_837, half)).toBe('67\u202f418,5')
    expect(printSteps('en', 5, cent)).toBe('0.05')
    expect(printSteps('en', 1_234_567, whole)).toBe('1,234,567')
  })

  it('keeps its sign as a true minus, and nothing has none', () => {
    expect(printSteps('en', -150, cent)).toBe('\u22121.50')
    expect(printSteps('en', 0, cent)).toBe('0.00')
  })

  it('is exact where a float would not be', () => {
    expect(plainSteps(9_007_199_254_740_991, { units: 1_000, decimals: 3 })).toBe('9007199254740991.000')
    expect(plainSteps(9_007_199_254_740_991, { units: 25, decimals: 2 })).toBe('2251799813685247.75')
  })

  it('is the same number that its ticks make, for any tick', () => {
    fc.assert(fc.property(
      fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 12 }),
      (count, units, decimals) => {
        const [whole = '', fraction = ''] = plainSteps(count, { units, decimals }).split('.')
        expect(fraction).toHaveLength(decimals)
        expect(BigInt(whole + fraction)).toBe(BigInt(count) * BigInt(units))
        // Printed for a person, it is the same digits in the same order.
        expect(printSteps('en', count, { units, decimals }).replaceAll(',', '').replace('\u2212', '-')).toBe(plainSteps(count, { units, decimals }))
      },
    ))
  })

  it('has a place on an axis that is the nearest float', () => {
    expect(drawnSteps(134_837, half)).toBe(67_418.5)
    expect(drawnSteps(3, { units: 1, decimals: 1 })).toBe(0.3)
  })

  it('has changed by a fraction of what it was, unless it was nothing', () => {
    expect(changeShare(110, 100)).toBeCloseTo(0.1, 12)
    expect(changeShare(5, 0)).toBeUndefined()
  })
})

describe('a volume', () => {
  it('is printed in three digits that are cut off, never rounded up', () => {
    expect(printShortSteps('en', 1_239_999, whole)).toBe('1.23 M')
    expect(printShortSteps('fr', 1_239_999, whole)).toBe('1,23 M')
    expect(printShortSteps('en', 999_999, whole)).toBe('999 k')
    expect(printShortSteps('en', 999, whole)).toBe('999')
    expect(printShortSteps('en', 1_234, cent)).toBe('12.3')
  })
})

describe('a size', () => {
  it('is cut to the places that are read', () => {
    expect(printSize('en', 123_456, { units: 1, decimals: 5 }, 3)).toBe('1.234')
    expect(printSize('en', 123_456, { units: 1, decimals: 5 }, 0)).toBe('1')
  })

  it('never reads as nothing while it is something', () => {
    expect(printSize('en', 4, { units: 1, decimals: 5 }, 3)).toBe('0.00004')
    expect(printSize('en', 0, { units: 1, decimals: 5 }, 3)).toBe('0.000')
  })
})

describe('a size that was typed', () => {
  it('is rounded up to whole lots', () => {
    expect(stepsAtLeast('en', '1.5', { units: 1, decimals: 2 })).toBe(150)
    expect(stepsAtLeast('en', '1.501', { units: 1, decimals: 2 })).toBe(151)
    expect(stepsAtLeast('en', '7', { units: 5, decimals: 0 })).toBe(2)
    expect(stepsAtLeast('en', '.5', { units: 1, decimals: 1 })).toBe(5)
  })

  it('is read as its language writes it: a comma groups in English and parts in French', () => {
    expect(stepsAtLeast('en', '1,000', whole)).toBe(1_000)
    expect(stepsAtLeast('en', '12,345,678.9', { units: 1, decimals: 1 })).toBe(123_456_789)
    expect(stepsAtLeast('fr', '1,5', { units: 1, decimals: 2 })).toBe(150)
    expect(stepsAtLeast('fr', '1,000', { units: 1, decimals: 3 })).toBe(1_000)
    expect(stepsAtLeast('fr', '1.5', { units: 1, decimals: 2 }), 'by the number keys').toBe(150)
    for (const locale of ['en', 'fr'] as const) expect(stepsAtLeast(locale, '1 000', whole)).toBe(1_000)
  })

  it('is refused where it could be meant in two ways', () => {
    for (const typed of ['1,5', '1,00', '1,0000', '1000,000', ',5', '1,000,5']) expect(stepsAtLeast('en', typed, whole), typed).toBeUndefined()
    for (const typed of ['1,000,000', '1.000,5']) expect(stepsAtLeast('fr', typed, whole), typed).toBeUndefined()
  })

  it('reads back whatever is printed in the same language', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 8 }), fc.constantFrom('en' as const, 'fr' as const), (count, decimals, locale) => {
      expect(stepsAtLeast(locale, printSteps(locale, count, { units: 1, decimals }), { units: 1, decimals })).toBe(count)
    }))
  })

  it('is refused if it is none', () => {
    for (const typed of ['', 'a', '-1', '1.2.3', '.', '99999999999999999999']) expect(stepsAtLeast('en', typed, whole), typed).toBeUndefined()
  })
})
