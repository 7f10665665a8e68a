import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bar } from '../../../../src-renderer/charts/bar.ts'
import { heikinAshiAfter } from '../../../../src-renderer/charts/heikin-ashi.ts'
import { runStudy } from '../../../../src-renderer/charts/studies/study.ts'
import { studyEntries, studyOf, type StudyId } from '../../../../src-renderer/charts/studies/study-list.ts'
import { dayVwap } from '../../../../src-renderer/charts/studies/vwap.ts'

const minute = 60_000
const noon = Date.UTC(2026, 2, 12, 12)

const bars = fc.array(fc.tuple(fc.integer({ min: 1_000, max: 9_000 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 260 })
  .map((rows): readonly Bar[] => rows.map(([close, up, down, volume], nth) => {
    const open = rows[nth - 1]?.[0] ?? close
    return { time: noon + nth * minute, open, high: Math.max(open, close) + up, low: Math.min(open, close) - down, close, volume }
  }))

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const closes = (all: readonly Bar[]): readonly number[] => all.map(({ close }) => close)

/** Begins with the mean of the first, then by the book, from the very first value each time. */
function slowSmooth(values: readonly number[], period: number, weight: number): number | undefined {
  if (values.length < period) return undefined
  return values.slice(period).reduce((average, value) => (1 - weight) * average + weight * value, mean(values.slice(0, period)))
}
const slowEma = (values: readonly number[], period: number): number | undefined => slowSmooth(values, period, 2 / (period + 1))

const slow: Readonly<Record<Exclude<StudyId, 'vwap'>, (all: readonly Bar[]) => readonly (number | undefined)[]>> = {
  'ema-20': (all) => [slowEma(closes(all), 20)],
  'ema-50': (all) => [slowEma(closes(all), 50)],
  'sma-50': (all) => [all.length < 50 ? undefined : mean(closes(all).slice(-50))],
  'sma-200': (all) => [all.length < 200 ? undefined : mean(closes(all).slice(-200))],
  'bollinger': (all) => {
    if (all.length < 20) return [undefined, undefined, undefined]
    const last = closes(all).slice(-20)
    const spread = 2 * Math.sqrt(mean(last.map((value) => value * value)) - mean(last) ** 2 || 0)
    return [mean(last), mean(last) + spread, mean(last) - spread]
  },
  'rsi': (all) => {
    const changes = closes(all).slice(1).map((close, nth) => close - (all[nth]?.close ?? 0))
    const gain = slowSmooth(changes.map((change) => Math.max(0, change)), 14, 1 / 14)
    const loss = slowSmooth(changes.map((change) => Math.max(0, -change)), 14, 1 / 14)
    if (gain === undefined || loss === undefined) return [undefined]
    return [gain + loss === 0 ? 50 : 100 - 100 / (1 + gain / loss)]
  },
  'macd': (all) => {
    const lineOf = (some: readonly Bar[]): number => (slowEma(closes(some), 12) ?? 0) - (slowEma(closes(some), 26) ?? 0)
    if (all.length < 26) return [undefined, undefined, undefined]
    const signal = slowEma(all.slice(25).map((_, nth) => lineOf(all.slice(0, 26 + nth))), 9)
    return [lineOf(all), signal, signal === undefined ? undefined : lineOf(all) - signal]
  },
  'atr': (all) => [slowSmooth(all.map(({ high, low }, nth) => {
    const before = all[nth - 1]?.close
    return before === undefined ? high - low : Math.max(high - low, Math.abs(high - before), Math.abs(low - before))
  }), 14, 1 / 14)],
}

function expectClose(found: readonly (number | undefined)[], wanted: readonly (number | undefined)[]): void {
  expect(found.map((value) => value === undefined)).toEqual(wanted.map((value) => value === undefined))
  found.forEach((value, nth) => {
    if (value !== undefined) expect(Math.abs(value - (wanted[nth] ?? NaN))).toBeLessThan(1e-3)
  })
}

describe('the studies of a chart', () => {
  it.each(Object.keys(slow) as (keyof typeof slow)[])('%s says step by step what the slow form says of all bars at once', (id) => {
    fc.assert(fc.property(bars, (all) => {
      const values = studyOf(id).run().restart(all)
      expect(values).toHaveLength(all.length)
      for (const nth of [0, Math.floor(all.length / 2), all.length - 1]) expectClose(values[nth] ?? [], slow[id](all.slice(0, nth + 1)))
    }), { numRuns: 40 })
  })

  it.each(studyEntries.map(({ id }) => id))('%s comes to the same, however often the forming bar is told anew', (id) => {
    fc.assert(fc.property(bars, fc.nat({ max: 4 }), (all, again) => {
      const whole = studyOf(id).run().restart(all)
      const run = studyOf(id).run()
      const told = all.map((bar) => {
        for (let nth = 0; nth < again; nth++) run.take({ ...bar, close: bar.close + nth, high: bar.high + nth, volume: nth })
        return run.take(bar)
      })
      expect(told).toEqual(whole)
    }), { numRuns: 30 })
  })

  it('has no day’s average for a day whose beginning is not in the window', () => {
    const bar = (time: number, price: number, volume: number): Bar => ({ time, open: price, high: price, low: price, close: price, volume })
    const midnight = Date.UTC(2026, 2, 13)
    const values = runStudy(dayVwap).restart([bar(midnight - minute, 100, 5), bar(midnight, 200, 1), bar(midnight + minute, 300, 3)])
    expect(values).toEqual([[undefined], [200], [275]])
    expect(runStudy(dayVwap).restart([bar(midnight, 200, 0)])).toEqual([[undefined]])
  })

  it('smooths a bar by its neighbour and never cuts its range', () => {
    expect(heikinAshiAfter(undefined, { open: 10, high: 20, low: 8, close: 14 })).toEqual({ open: 12, high: 20, low: 8, close: 13 })
    expect(heikinAshiAfter({ open: 12, high: 20, low: 8, close: 13 }, { open: 14, high: 15, low: 14, close: 15 }))
      .toEqual({ open: 12.5, high: 15, low: 12.5, close: 14.5 })
  })
})
