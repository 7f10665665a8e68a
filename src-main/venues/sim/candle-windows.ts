import { ensureDefined } from '../../base/index.ts'
import type { CandleColumns, Timeframe } from '../../domain/index.ts'
import { CandleRows } from './candle-rows.ts'
import { dayMs, minuteMs, minutesPerDay, tradesAt } from './daily-rhythm.ts'
import { demoInstruments } from './demo-instruments.ts'
import { firstDay, historyStart, hourFields } from './market-past.ts'
import type { MarketPast } from './market-past.ts'
import type { MinuteTrades } from './minute-trades.ts'
import { closesAt, grainOf, opensAt } from './timeframe-grid.ts'

const hourMs = 60 * minuteMs
/** Candles of seconds reach back this far: each costs the trades of its minute. */
export const secondsReachMs = 6 * hourMs

export interface WindowRequest {
  readonly index: number
  readonly timeframe: Timeframe
  readonly before: number
  readonly limit: number
  /** Nothing that opened earlier is wanted, and so nothing of it drawn. */
  readonly since: number
  /** The market's clock: nothing after it is told. */
  readonly now: number
}

export type TradesOfMinute = (index: number, minuteTime: number) => MinuteTrades | undefined

const foldTrades = (rows: CandleRows, trades: MinuteTrades, timeframe: Timeframe, now: number): void => {
  for (let k = 0; k < trades.at.length; k += 1) {
    const at = trades.at[k] as number
    if (at > now) return
    const price = trades.price[k] as number
    rows.fold(opensAt(timeframe, at), price, price, price, price, trades.size[k] as number)
  }
}

/** Candles of seconds of an earlier minute are not told. */
export const secondsKeptFrom = (now: number): number => Math.max(historyStart, Math.floor((now - secondsReachMs) / minuteMs) * minuteMs)

const secondWindow = ({ index, timeframe, before, limit, since, now }: WindowRequest, tradesOf: TradesOfMinute): CandleColumns => {
  const reach = Math.max(secondsKeptFrom(now), Math.floor(since / minuteMs) * minuteMs)
  const minutes: MinuteTrades[] = []
  let found = 0
  // A minute holds at most as many candles as it has of them, and a quiet one may hold fewer: gone on until there are enough.
  for (let time = Math.floor((Math.min(before, now + 1) - 1) / minuteMs) * minuteMs; time >= reach && found < limit; time -= minuteMs) {
    const trades = tradesOf(index, time)
    if (trades === undefined) continue
    minutes.push(trades)
    let last = -1
    for (const at of trades.at) {
      const open = opensAt(timeframe, at)
      if (open !== last && open < before && at <= now) found += 1
      last = open
    }
  }
  const rows = new CandleRows()
  for (const trades of minutes.toReversed()) foldTrades(rows, trades, timeframe, now)
  return rows.newest(before, limit, since)
}

const foldMinutesOfDay = (rows: CandleRows, past: MarketPast, request: WindowRequest, day: number, tradesOf: TradesOfMinute): void => {
  const { index, timeframe, now } = request
  const minutes = past.minutes(index, day)
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const volume = minutes.volume[minute] as number
    if (volume === 0) continue
    const time = day * dayMs + minute * minuteMs
    if (time > now) return
    if (time + minuteMs > now + 1) {
      const trades = tradesOf(index, time)
      if (trades) foldTrades(rows, trades, timeframe, now)
      return
    }
    rows.fold(
      opensAt(timeframe, time), minutes.open[minute] as number, minutes.high[minute] as number,
      minutes.low[minute] as number, minutes.close[minute] as number, volume,
    )
  }
}

const foldHoursOfDay = (rows: CandleRows, past: MarketPast, { index, timeframe }: WindowRequest, day: number): void => {
  const hours = past.hours(index, day)
  const field = (hour: number, at: number): number => hours[hour * hourFields + at] as number
  const dayOpen = day * dayMs
  // Whatever is as long as a day or longer opens where the day's first hour does.
  const isOfHours = closesAt(timeframe, dayOpen) - opensAt(timeframe, dayOpen) < dayMs
  const wholeDayOpen = isOfHours ? 0 : opensAt(timeframe, dayOpen)
  for (let hour = 0; hour < 24; hour += 1) {
    const volume = field(hour, 4)
    if (volume === 0) continue
    const open = isOfHours ? opensAt(timeframe, dayOpen + hour * hourMs) : wholeDayOpen
    rows.fold(open, field(hour, 0), field(hour, 1), field(hour, 2), field(hour, 3), volume)
  }
}

/** How many candles of this timeframe open on a day before a time; without drawing any, as each open minute has trades. */
const countOpens = ({ index, timeframe, before }: WindowRequest, day: number): number => {
  const { hours } = ensureDefined(demoInstruments[index], 'the demo instrument').instrument
  let [count, last] = [0, -1]
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    if (!tradesAt(hours, day, minute)) continue
    const open = opensAt(timeframe, day * dayMs + minute * minuteMs)
    if (open >= before) break
    if (open !== last) count += 1
    last = open
  }
  return count
}

const dayWindow = (past: MarketPast, request: WindowRequest, tradesOf: TradesOfMinute): CandleColumns => {
  const { timeframe, before, limit, since, now } = request
  const sinceDay = Math.max(firstDay, Math.floor(since / dayMs))
  // The candle that opened last before `before` is told whole, however far beyond it reaches.
  const end = Math.min(now, closesAt(timeframe, Math.min(before - 1, now)) - 1)
  const lastDay = Math.floor(end / dayMs)
  const lastOpen = opensAt(timeframe, Math.min(before - 1, now))
  let day = lastDay + 1
  let found = 0
  while (day > sinceDay && found <= limit) {
    day -= 1
    const isLongerThanDays = timeframe === '1w' || timeframe === '1M'
    if (!isLongerThanDays) found += countOpens(request, day)
    else if (opensAt(timeframe, day * dayMs) === day * dayMs && day * dayMs <= lastOpen) found += 1
  }
  const rows = new CandleRows()
  const nowDay = Math.floor(now / dayMs)
  for (let each = day; each <= lastDay; each += 1) {
    if (grainOf(timeframe) === 'hour' && each < nowDay) foldHoursOfDay(rows, past, request, each)
    else foldMinutesOfDay(rows, past, request, each, tradesOf)
  }
  return rows.newest(before, limit, since)
}

/**
 * A window of the past. Its candles are the same however the past is cut into windows; the newest may still be forming, and
 * then it holds what has traded up to now, and nothing of what will.
 */
export const candleWindow = (past: MarketPast, request: WindowRequest, tradesOf: TradesOfMinute): CandleColumns => {
  if (request.limit <= 0 || request.before <= historyStart) return new CandleRows().newest(0, 0, 0)
  return grainOf(request.timeframe) === 'second' ? secondWindow(request, tradesOf) : dayWindow(past, request, tradesOf)
}
