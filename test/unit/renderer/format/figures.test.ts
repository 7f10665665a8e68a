import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshAgeText, printUptime } from '../../../../src-renderer/format/duration.ts'
import { printChange, printFigure, printMilliseconds } from '../../../../src-renderer/format/figure.ts'
import { percentile } from '../../../../src-renderer/format/percentile.ts'
import { tenthsClockText } from '../../../../src-renderer/format/utc-time.ts'

describe('figures', () => {
  it.each([
    [0, 2, '0.00'], [1_234.5, 1, '1,234.5'], [-3, 0, '\u22123'], [-0.001, 2, '0.00'], [999.999, 1, '1,000.0'],
  ])('print %d with %d places as %s', (value, digits, text) => {
    expect(printFigure('en', value, digits)).toBe(text)
  })

  it('carry the sign of a change, and none where there is no change', () => {
    expect([3, 0, -3, 0.2].map((value) => printChange('en', value))).toEqual(['+3', '0', '\u22123', '0'])
  })

  it('print French with a comma', () => {
    expect(printFigure('fr', 4.1, 1)).toBe('4,1')
  })

  it('keep three places or so in milliseconds', () => {
    expect([0.414, 4.129, 41.26, 413.4].map((value) => printMilliseconds('en', value))).toEqual(['0.41', '4.13', '41.3', '413'])
  })
})

describe('ages', () => {
  it.each([
    [-5, '0 ms'], [84, '84 ms'], [400, '0.4 s'], [9_949, '9.9 s'], [9_950, '9 s'], [41_900, '41 s'], [190_000, '3 min'],
  ])('print %d ms as %s', (ms, text) => {
    expect(freshAgeText('en', ms)).toBe(text)
  })

  it('print an uptime by the clock', () => {
    expect(printUptime('en', 271_000)).toBe('00:04:31')
    expect(printUptime('fr', 2 * 86_400_000 + 3_661_000)).toBe('2 j 01:01:01')
  })

  it('tell the last known time to the tenth', () => {
    expect(tenthsClockText(Date.UTC(2026, 2, 12, 14, 32, 2, 987))).toBe('14:32:02.9')
  })
})

describe('a percentile', () => {
  it('is one of the measurements, and no smaller than its share of them', () => {
    const shares = fc.double({ min: 0.01, max: 1, noNaN: true })
    fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1 }), shares, (values, share) => {
      const found = percentile(values, share)
      expect(values).toContain(found)
      expect(values.filter((value) => value <= Number(found)).length).toBeGreaterThanOrEqual(share * values.length - 1e-9)
    }))
  })

  it('is unknown without measurements', () => {
    expect(percentile([], 0.5)).toBeUndefined()
  })
})
