import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { touchedBy, touches, type WatchedPrice } from '../../../../src-renderer/charts/alert-watch.ts'
import type { Bar } from '../../../../src-renderer/charts/bar.ts'
import {
  barsMax, emptyWindow, joinBars, liveBars, liveBarsMax, trimmedLive, withLive, withNewer, withOlder, type BarWindow,
} from '../../../../src-renderer/charts/bar-window.ts'
import { dayStarts } from '../../../../src-renderer/charts/day-lines.ts'
import { lacksDay } from '../../../../src-renderer/charts/studies/vwap.ts'
import { placeOfTime, timeAtPlace } from '../../../../src-renderer/charts/time-place.ts'
import { barEnd } from '../../../../src-renderer/charts/timeframes.ts'

const bar = (time: number, volume = 1, price = 100): Bar => ({ time, open: price, high: price, low: price, close: price, volume })
const run = (from: number, count: number): readonly Bar[] => Array.from({ length: count }, (_, nth) => bar(from + nth))
const times = ({ bars }: BarWindow): readonly number[] => bars.map(({ time }) => time)
const rises = (all: readonly number[]): boolean => all.every((time, nth) => nth === 0 || time > (all[nth - 1] ?? Infinity))

const someBars = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 30 }).chain((list) =>
  fc.array(fc.nat({ max: 9 }), { minLength: list.length, maxLength: list.length })
    .map((volumes) => list.toSorted((one, other) => one - other).map((time, nth) => bar(time, volumes[nth]))))

describe('a chart’s window of bars', () => {
  it('rises strictly in time, holds no bar twice and never too many, whatever is loaded or told in whatever order', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('older', 'newer', 'live'), someBars), { maxLength: 12 })
    fc.assert(fc.property(acts, fc.integer({ min: 1, max: 25 }), (list, max) => {
      let window = emptyWindow
      for (const [act, bars] of list) {
        if (act === 'older') window = withOlder(window, bars, false, max)
        else if (act === 'newer') window = withNewer(window, bars, false, max)
        else window = withLive(window, bars).window
        expect(rises(times(window))).toBe(true)
        if (act !== 'live') expect(window.bars.length).toBeLessThanOrEqual(max)
      }
    }))
  })

  it('keeps of one bar the state in which more was traded', () => {
    fc.assert(fc.property(someBars, someBars, (left, right) => {
      for (const { time, volume } of joinBars(left, right)) {
        const all = [...left, ...right].filter((each) => each.time === time).map((each) => each.volume)
        expect(volume).toBe(Math.max(...all))
      }
    }))
  })

  it('lets the far side fall off, and knows that there is more there', () => {
    const full: BarWindow = { bars: run(10_000, barsMax), hasOlder: true, hasNewer: false }
    const older = withOlder(full, run(9_000, 1_000), true)
    expect([older.bars.length, older.bars[0]?.time, older.hasNewer]).toEqual([barsMax, 9_000, true])
    const newer = withNewer({ ...full, hasOlder: false }, run(13_000, 500), false)
    expect([newer.bars.length, newer.bars.at(-1)?.time, newer.hasOlder]).toEqual([barsMax, 13_499, true])
  })

  it('takes live news only forwards, and tells from which bar on', () => {
    const window: BarWindow = { bars: [bar(1), bar(2, 5)], hasOlder: false, hasNewer: false }
    expect(withLive(window, [bar(1, 9), bar(2, 3)])).toEqual({ window, from: undefined })
    const { window: grown, from } = withLive(window, [bar(2, 6), bar(3)])
    expect([times(grown), grown.bars[1]?.volume, from]).toEqual([[1, 2, 3], 6, 1])
  })

  it('is trimmed to what a live chart can carry', () => {
    const window: BarWindow = { bars: run(0, liveBarsMax), hasOlder: false, hasNewer: false }
    expect(trimmedLive(window)).toBe(window)
    const trimmed = trimmedLive({ ...window, bars: run(0, liveBarsMax + 1) })
    expect([trimmed.bars.length, trimmed.bars.at(-1)?.time, trimmed.hasOlder]).toEqual([liveBars, liveBarsMax, true])
  })
})

describe('the places of times', () => {
  const gapped = [0, 60, 120, 600, 660].map((time) => bar(time * 1_000))
  it('come back to the same time, before, within and after the bars', () => {
    fc.assert(fc.property(fc.integer({ min: -3_000_000, max: 3_000_000 }), (time) => {
      expect(Math.abs(timeAtPlace(gapped, 60_000, placeOfTime(gapped, 60_000, time)) - time)).toBeLessThanOrEqual(1)
    }))
  })

  it('stay where they are when older bars are loaded', () => {
    fc.assert(fc.property(fc.integer({ min: 120_000, max: 900_000 }), (time) => {
      expect(placeOfTime(gapped, 60_000, time) - placeOfTime(gapped.slice(2), 60_000, time)).toBeCloseTo(2, 9)
    }))
  })

  it('know where a day begins and when a month’s bar is over', () => {
    const day = 86_400_000
    expect(dayStarts([bar(day - 60_000), bar(day), bar(day + 60_000), bar(3 * day)], 0, 9)).toEqual([1, 3])
    expect(barEnd('1M', Date.UTC(2026, 1, 1))).toBe(Date.UTC(2026, 2, 1))
    expect(barEnd('5m', 600_000)).toBe(900_000)
  })
})

describe('a price alert', () => {
  const known: WatchedPrice = { last: 100, dayLow: 95, dayHigh: 110 }
  const touched = (line: number, now: Partial<WatchedPrice>): boolean => {
    const way = touchedBy(known, { ...known, ...now })
    return way !== undefined && touches(way, line)
  }
  it('tells when the price comes to its line from either side, between two words of it as well', () => {
    expect(touched(105, { last: 105 })).toBe(true)
    expect(touched(98, { last: 97 })).toBe(true)
    expect(touched(115, { last: 101, dayHigh: 116 })).toBe(true)
    expect(touched(93, { last: 101, dayLow: 93 })).toBe(true)
  })

  it('says nothing of an edge that the day had before, of a line that was stood on, or of the edges of a new day', () => {
    expect(touched(108, { last: 101 })).toBe(false)
    expect(touched(100, { last: 101 })).toBe(false)
    expect(touched(104, { last: 101, dayLow: 99, dayHigh: 103 })).toBe(false)
    expect(touched(97, { last: 99, dayLow: 98, dayHigh: 99 })).toBe(false)
    expect(touched(105, { last: null })).toBe(false)
  })
})

describe('the day that an average counts from', () => {
  const day = 86_400_000
  it('is lacked by a window that begins within it, and could hold it', () => {
    const bars = [{ time: day + 60_000 }, { time: day + 120_000 }]
    expect(lacksDay(bars, 0, 60_000)).toBe(true)
    expect(lacksDay([{ time: day }, ...bars], 0, 60_000)).toBe(false)
    expect(lacksDay([{ time: day }, ...bars], 1, 60_000), 'were the first one let go').toBe(true)
    expect(lacksDay(bars, 0, 1_000), 'more bars than a chart holds').toBe(false)
    expect(lacksDay([], 0, 60_000)).toBe(false)
  })
})
