import type { CandleColumns, Timeframe } from '../domain/index.ts'
import { aggregate, columnsOf, joinColumns, rowsOf } from './candle-rows.ts'
import { closingOf, minutesOf, openingOf } from './candle-time.ts'
import type { DemoSource } from './demo-source.ts'
import type { LoopTurns } from './loop-turns.ts'

/**
 * The past of the demo market, computed while it is asked for, beside an engine that must not wait for it.
 * Invariants: 1 in one turn of the loop no more of the past is computed than two days of minutes or twelve minutes of seconds,
 * however many ask; 2 a candle is the same however the past is cut.
 */
const daysPerTurn = 2
const secondMinutesPerTurn = 12
const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

export interface PastWish {
  readonly instrument: string
  readonly timeframe: Timeframe
  readonly before: number
  readonly limit: number
}

/** At most `limit` candles that opened before then, the newest of them, oldest first. */
export async function readPast(source: DemoSource, turns: LoopTurns, wish: PastWish): Promise<CandleColumns> {
  const { timeframe, limit } = wish
  if (timeframe !== '1w' && timeframe !== '1M') return joinColumns(await piecesOf(source, turns, wish, source.keptFrom(timeframe)))
  // One month is too much for a turn: weeks and months are put together from days.
  const newest = openingOf(timeframe, wish.before - 1)
  const kept = source.keptFrom('1d')
  let since = newest
  for (let more = limit - 1; more > 0 && since > kept; more--) since = openingOf(timeframe, since - 1)
  const daily: PastWish = { ...wish, timeframe: '1d', before: closingOf(timeframe, newest), limit: Number.MAX_SAFE_INTEGER }
  const days = joinColumns(await piecesOf(source, turns, daily, Math.max(kept, since)))
  return columnsOf(aggregate(rowsOf(days), timeframe))
}

async function piecesOf(source: DemoSource, turns: LoopTurns, wish: PastWish, since: number): Promise<readonly CandleColumns[]> {
  const { instrument, timeframe, limit } = wish
  const pieces: CandleColumns[] = []
  let before = Math.min(wish.before, source.now() + 1)
  for (let left = limit; left > 0 && before > since;) {
    await turns.next()
    const start = Math.max(since, startOfPiece(timeframe, before))
    const piece = source.candles(instrument, timeframe, before, left, start)
    pieces.unshift(piece)
    left -= piece.time.length
    before = start
  }
  return pieces
}

/** Cut where all candles are cut that can be asked for here. */
const startOfPiece = (timeframe: Timeframe, before: number): number =>
  minutesOf(timeframe) < 1
    ? openingOf('1m', before - 1) - (secondMinutesPerTurn - 1) * minuteMs
    : openingOf('1d', before - 1) - (daysPerTurn - 1) * dayMs
