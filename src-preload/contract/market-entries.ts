import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { nothing, timeMs } from './primitives.ts'

/**
 * Market data crosses as whole numbers of ticks and lots, which are exact; `tick` and `lot` of the instrument turn them into
 * decimals where a person reads them: units times ten to the power of minus decimals.
 */
const step = z.strictObject({ units: z.int().min(1), decimals: z.int().min(0).max(30) })
export const instrumentId = z.string().regex(/^[A-Z0-9][A-Z0-9./:_-]{0,39}$/)
const ticks = z.int()
const lots = z.int().min(0)

export const timeframe = z.enum(['1s', '5s', '15s', '30s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '1w', '1M'])
export type TimeframeName = z.output<typeof timeframe>

export const instrumentView = z.strictObject({
  id: instrumentId,
  venue: z.string(),
  kind: z.enum(['spot', 'perpetual', 'equity']),
  name: z.string(),
  base: z.string(),
  quote: z.string(),
  sector: z.string(),
  tick: step,
  lot: step,
  /** Minutes of the UTC day and weekdays (0 is Sunday); null trades always. */
  hours: z.strictObject({ openMinute: z.int(), closeMinute: z.int(), weekdays: z.array(z.int()) }).nullable(),
})
export type InstrumentView = z.output<typeof instrumentView>

/** `live`; `stale`: silent for longer than it should be; `crossed`: best bid at or over best ask; `gap`: events are missing and a new book is awaited; `closed`: outside its hours; `down`: no feed; `paused`: the demo market stands still. */
export const quoteStates = ['live', 'stale', 'crossed', 'gap', 'closed', 'down', 'paused'] as const
export const quoteState = z.enum(quoteStates)
export type QuoteState = z.output<typeof quoteState>

export const quoteView = z.strictObject({
  instrument: instrumentId,
  state: quoteState,
  /** When the market last said anything of it, by the market's clock; null while it has said nothing. */
  at: timeMs.nullable(),
  bid: ticks.nullable(),
  bidSize: lots.nullable(),
  ask: ticks.nullable(),
  askSize: lots.nullable(),
  last: ticks.nullable(),
  lastSize: lots.nullable(),
  /** Of the UTC day; null until it is known. */
  dayOpen: ticks.nullable(),
  dayHigh: ticks.nullable(),
  dayLow: ticks.nullable(),
  dayVolume: lots.nullable(),
  /** Of a perpetual. The rate is in billionths. */
  mark: ticks.nullable(),
  index: ticks.nullable(),
  fundingRate: z.int().nullable(),
  nextFundingAt: timeMs.nullable(),
})
export type QuoteView = z.output<typeof quoteView>

const level = z.tuple([ticks, lots])
export const bookView = z.strictObject({
  instrument: instrumentId,
  state: quoteState,
  at: timeMs.nullable(),
  sequence: z.int(),
  /** Best first: price, size. */
  bids: z.array(level),
  asks: z.array(level),
})
export type BookView = z.output<typeof bookView>

export const tradeView = z.strictObject({
  at: timeMs, sequence: z.int(), price: ticks, size: lots, aggressor: z.enum(['buyer', 'seller']),
  /** Between the one before and this one there was a break: trades may be missing. */
  isAfterGap: z.literal(true).optional(),
})
export type TradeView = z.output<typeof tradeView>

/** Columns, oldest first: opening time, prices in ticks, volume in lots. A time without a trade has no row. */
export const candleWindow = z.strictObject({
  instrument: instrumentId,
  timeframe,
  time: z.array(timeMs),
  open: z.array(ticks),
  high: z.array(ticks),
  low: z.array(ticks),
  close: z.array(ticks),
  volume: z.array(lots),
  /** Whether there is anything older. */
  hasOlder: z.boolean(),
  /** Older candles of this timeframe are not kept, though the market is older; absent where all there ever was can be had. */
  keptFrom: timeMs.optional(),
})
export type CandleWindow = z.output<typeof candleWindow>

/** One candle: opening time, open, high, low, close, volume. */
export const candleRow = z.tuple([timeMs, ticks, ticks, ticks, ticks, lots])
export type CandleRow = z.output<typeof candleRow>

export const feedView = z.strictObject({
  venue: z.string(),
  state: z.enum(['connecting', 'live', 'down', 'paused']),
  /** `rehearsal`: a person asked for it; `broken`: a bug, told in the log; `absent`: this profile has no source yet. */
  reason: z.enum(['none', 'rehearsal', 'broken', 'absent']),
  /** The market's own clock. */
  at: timeMs,
  eventsPerSecond: z.number(),
  /** How often a book had to be asked for anew, because events were missing. */
  gaps: z.int(),
  /** Only of the demo market. */
  demo: z
    .strictObject({ seed: z.int(), speed: z.number(), disturbance: z.enum(['none', 'silence', 'crossed', 'gap', 'disconnect']) })
    .nullable(),
  /** What is being written to disk at the moment, if anything. */
  recording: z
    .strictObject({
      since: timeMs,
      events: z.int(),
      bytes: z.int(),
      /** Came while the disk was too slow. */
      lost: z.int(),
      instruments: z.array(instrumentId),
      /** The system's own short word for why it has ended by itself, such as ENOSPC. */
      trouble: z.string().nullable(),
    })
    .nullable(),
})
export type FeedView = z.output<typeof feedView>

export const marketEntries = {
  'market.instruments': query({
    summary: 'All instruments with the grids of their prices and sizes.',
    access: 'read',
    input: nothing,
    output: z.strictObject({ instruments: z.array(instrumentView) }),
  }),
  'market.quotes': stream({
    summary: 'The best prices, the last trade and the day of each instrument asked for; of all without a name. A delta holds those that changed.',
    access: 'read',
    delivery: 'every',
    input: z.strictObject({ instruments: z.array(instrumentId).max(200).optional() }),
    snapshot: z.strictObject({ quotes: z.array(quoteView) }),
    delta: z.strictObject({ quotes: z.array(quoteView) }),
  }),
  'market.book': stream({
    summary: 'The order book of one instrument, whole each time, as often as the reader can take it.',
    access: 'read',
    delivery: 'latest',
    input: z.strictObject({ instrument: instrumentId, depth: z.int().min(1).max(50) }),
    snapshot: bookView,
    delta: bookView,
  }),
  'market.trades': stream({
    summary: 'Each trade of one instrument, from the most recent ones on.',
    access: 'read',
    delivery: 'every',
    input: z.strictObject({ instrument: instrumentId }),
    snapshot: z.strictObject({ trades: z.array(tradeView) }),
    delta: z.strictObject({ trades: z.array(tradeView) }),
  }),
  'market.candle': stream({
    summary: 'The candle that is forming, and those that closed since the last word.',
    access: 'read',
    delivery: 'every',
    input: z.strictObject({ instrument: instrumentId, timeframe }),
    snapshot: z.strictObject({ candles: z.array(candleRow) }),
    delta: z.strictObject({ candles: z.array(candleRow) }),
  }),
  'market.candles': query({
    summary: 'A window of the past: candles that opened before a time, the newest of them.',
    access: 'read',
    input: z.strictObject({ instrument: instrumentId, timeframe, before: timeMs.optional(), limit: z.int().min(1).max(5000) }),
    output: candleWindow,
  }),
  'market.feed': stream({
    summary: 'How the source of market data is: its state, its clock, its pace.',
    access: 'read',
    delivery: 'latest',
    input: nothing,
    snapshot: feedView,
    delta: feedView,
  }),
  'market.setSpeed': command({
    summary: 'Lets the demo market run at another pace; 0 lets it stand still.',
    access: 'trade',
    input: z.strictObject({ speed: z.number().min(0).max(100) }),
    output: z.strictObject({ speed: z.number() }),
  }),
  'market.disturb': command({
    summary: 'Rehearses trouble of the demo market: silence, crossed prices, missing events, a lost line.',
    access: 'trade',
    input: z.strictObject({ disturbance: z.enum(['none', 'silence', 'crossed', 'gap', 'disconnect']) }),
    output: z.strictObject({ disturbance: z.enum(['none', 'silence', 'crossed', 'gap', 'disconnect']) }),
  }),
  'market.record': command({
    summary: 'Begins or ends the recording of trades and books to disk.',
    access: 'trade',
    input: z.strictObject({ isOn: z.boolean(), instruments: z.array(instrumentId).max(200).optional() }),
    output: z.strictObject({ isOn: z.boolean(), folder: z.string() }),
  }),
} as const
