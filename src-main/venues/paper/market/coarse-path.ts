import type { DemoMarket } from '../../sim/index.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** What is longer ago is passed over: with the whole of it, a start would take longer than a hanging process is given. */
export const daysMost = 90

/**
 * Where an instrument's price went between two times, coarsely: the turning points of its minutes at both ends, of hours and days
 * in between. The work is bounded, however long it was.
 */
export function coarsePath(market: DemoMarket, instrument: string, from: number, to: number): readonly number[] {
  const path: number[] = []
  for (const { timeframe, since, before } of spans(Math.max(from, to - daysMost * dayMs), to)) {
    const { time, open, high, low, close } = market.candles(instrument, timeframe, before, daysMost + 1, since)
    for (let at = 0; at < time.length; at += 1) {
      if ((time[at] as number) < since) continue
      const isRise = (close[at] as number) >= (open[at] as number)
      // A candle that rose was low first, as far as one can tell.
      path.push(...(isRise ? [low[at], high[at], close[at]] : [high[at], low[at], close[at]]) as number[])
    }
  }
  return path
}

interface Span {
  readonly timeframe: '1m' | '1h' | '1d'
  readonly since: number
  readonly before: number
}

const ceilTo = (time: number, step: number): number => Math.ceil(time / step) * step
const floorTo = (time: number, step: number): number => Math.floor(time / step) * step

/** Whole minutes to the next hour, whole hours to the next day, whole days, and back again. */
function spans(from: number, to: number): readonly Span[] {
  const first = ceilTo(from, minuteMs)
  const [hourFrom, hourTo] = [ceilTo(first, hourMs), floorTo(to, hourMs)]
  if (hourFrom >= hourTo) return some('1m', first, to)
  const [dayFrom, dayTo] = [ceilTo(hourFrom, dayMs), floorTo(hourTo, dayMs)]
  const middle = dayFrom >= dayTo
    ? some('1h', hourFrom, hourTo)
    : [...some('1h', hourFrom, dayFrom), ...some('1d', dayFrom, dayTo), ...some('1h', dayTo, hourTo)]
  return [...some('1m', first, hourFrom), ...middle, ...some('1m', hourTo, to)]
}

const some = (timeframe: Span['timeframe'], since: number, before: number): readonly Span[] => (since < before ? [{ timeframe, since, before }] : [])
