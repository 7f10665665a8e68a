import type { Timeframe } from '../domain/index.ts'
import type { MarketFeed } from '../ports/index.ts'
import type { CandleRow } from '../../src-preload/contract/index.ts'
import { aggregate, closedOnly, joinRows, rowsOf } from './candle-rows.ts'
import { minutesOf, openingOf } from './candle-time.ts'
import type { InstrumentMarket } from './instrument-market.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** All candles from the one that holds `from` on, the forming one too: the past as far as it is closed, then the trades seen here. */
export async function rowsSince(feed: MarketFeed, market: InstrumentMarket, timeframe: Timeframe, from: number): Promise<CandleRow[]> {
  const { id } = market.instrument
  const opening = openingOf(timeframe, from)
  const past = async (of: Timeframe, since: number, until: number, length: number): Promise<CandleRow[]> => {
    if (until <= since) return []
    const rows = rowsOf(await feed.history(id, of, until, Math.ceil((until - since) / length)))
    return closedOnly(rows, of, until).filter(([time]) => time >= since)
  }
  if (minutesOf(timeframe) < 1) {
    const until = openingOf('1s', feed.now())
    const seconds = await past('1s', opening, until, 1_000)
    return aggregate([...seconds, ...market.builder('1s').rows().filter(([time]) => time >= until)], timeframe)
  }
  const until = openingOf('1m', feed.now())
  const hourStart = minutesOf(timeframe) > 60 ? openingOf('1h', until) : opening
  const hours = await past('1h', opening, hourStart, hourMs)
  const minutes = await past('1m', Math.max(opening, hourStart), until, minuteMs)
  const live = market.builder('1m').rows().filter(([time]) => time >= until)
  return aggregate([...hours, ...minutes, ...live], timeframe)
}

export interface PastWindow {
  readonly rows: readonly CandleRow[]
  readonly hasOlder: boolean
  /** Older candles of this timeframe are not kept, though the market is older. */
  readonly keptFrom: number | undefined
}

/** Closed candles that opened before then, the newest of them: what the source has, joined to what was built here since. */
export async function windowOf(
  feed: MarketFeed, market: InstrumentMarket | undefined, { instrument, timeframe, before, limit }: WindowWish,
): Promise<PastWindow> {
  const end = before ?? Number.MAX_SAFE_INTEGER
  // One more says whether there is anything older; another may be the forming one.
  // The market goes on while the past is gathered: what was forming at the question must not pass for closed at the answer.
  const asOf = feed.now()
  const told = rowsOf(await feed.history(instrument, timeframe, Math.min(end, asOf + 1), limit + 2))
  const past = closedOnly(told, timeframe, asOf)
  const built = market === undefined ? [] : closedOnly(liveRows(market, timeframe), timeframe, feed.now())
  const live = built.filter(([time]) => time < end)
  const rows = joinRows(past, live)
  return { rows: rows.slice(-limit), hasOlder: rows.length > limit, keptFrom: feed.keptFrom(timeframe) }
}

export interface WindowWish {
  readonly instrument: string
  readonly timeframe: Timeframe
  readonly before?: number | undefined
  readonly limit: number
}

/** Built here, and whole. */
function liveRows(market: InstrumentMarket, timeframe: Timeframe): readonly CandleRow[] {
  if (market.hasBuilder(timeframe)) return market.builder(timeframe).rows()
  const finer = market.builder(minutesOf(timeframe) < 1 ? '1s' : '1m')
  return aggregate(finer.rows(), timeframe).filter(([time]) => time >= finer.wholeFrom)
}
