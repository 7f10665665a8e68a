import type { CandleRow, Contract, FeedView, QuoteView } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import type { MarketDesk } from './market-desk.ts'

export type MarketStreamName = 'market.quotes' | 'market.book' | 'market.trades' | 'market.candle' | 'market.feed'

/** How often a reader is told at the most. */
const quotePeriodMs = 32
const bookPeriodMs = 32
const tradePeriodMs = 48
const candlePeriodMs = 100
const feedPeriodMs = 250
const recentTrades = 200
/** With the forming one: a reader that asked for the past a moment ago has no seam. */
const firstCandles = 3

type MarketStreams = Pick<Handlers<Contract>, MarketStreamName>

const nothingToEnd = (): void => undefined

/** What a reader of the market is told again and again. An instrument that is not there has nothing to tell: `down`, and empty. */
export function createMarketStreams(desk: MarketDesk): MarketStreams {
  const streams = begunStreams(desk)
  return {
    'market.quotes': onceBegun(desk, streams['market.quotes']),
    'market.book': onceBegun(desk, streams['market.book']),
    'market.trades': onceBegun(desk, streams['market.trades']),
    'market.candle': onceBegun(desk, streams['market.candle']),
    'market.feed': onceBegun(desk, streams['market.feed']),
  }
}

/** A reader that comes before the market waits for it: until then nobody knows which instruments there are. */
function onceBegun<Input, Sink, Caller>(desk: MarketDesk, watch: (input: Input, sink: Sink, caller: Caller) => () => void) {
  return (input: Input, sink: Sink, caller: Caller): (() => void) => {
    if (desk.isReady) return watch(input, sink, caller)
    let isOver = false
    let end = nothingToEnd
    void desk.begin().then(() => {
      if (!isOver) end = watch(input, sink, caller)
    }).catch((error: unknown) => desk.broken(error))
    return () => {
      isOver = true
      end()
    }
  }
}

function begunStreams(desk: MarketDesk): MarketStreams {
  return {
    'market.quotes': ({ instruments }, sink) => {
      const told = new Map<string, QuoteView>()
      const changed = (): QuoteView[] => {
        const quotes: QuoteView[] = []
        for (const id of instruments ?? desk.markets.keys()) {
          const quote = desk.quote(id)
          if (quote === undefined || told.get(id) === quote) continue
          told.set(id, quote)
          quotes.push(quote)
        }
        return quotes
      }
      sink.snapshot({ quotes: changed() })
      return desk.readers.add(quotePeriodMs, () => {
        const quotes = changed()
        if (quotes.length > 0) sink.delta({ quotes })
        return quotes.length > 0
      })
    },
    'market.book': ({ instrument, depth }, sink) => {
      const market = desk.markets.get(instrument)
      if (market === undefined) {
        sink.snapshot({ instrument, state: 'down', at: null, sequence: 0, bids: [], asks: [] })
        return nothingToEnd
      }
      let told = market.bookView(desk.state, desk.now(), depth)
      let revision = market.revision
      sink.snapshot(told)
      return desk.readers.add(bookPeriodMs, () => {
        if (market.revision === revision && market.state(desk.state, desk.now()) === told.state) return false
        revision = market.revision
        told = market.bookView(desk.state, desk.now(), depth)
        sink.delta(told)
        return true
      })
    },
    'market.trades': ({ instrument }, sink) => {
      const tape = desk.markets.get(instrument)?.tape
      sink.snapshot({ trades: tape?.recent(recentTrades) ?? [] })
      if (tape === undefined) return nothingToEnd
      let read = tape.count
      return desk.readers.add(tradePeriodMs, () => {
        if (tape.count === read) return false
        const trades = tape.since(read)
        read = tape.count
        // More than is held: what is left is a new beginning, not a row of trades with a hole in it.
        if (trades === undefined) sink.snapshot({ trades: tape.recent(recentTrades) })
        else sink.delta({ trades })
        return true
      })
    },
    'market.candle': ({ instrument, timeframe }, sink) => {
      const market = desk.markets.get(instrument)
      if (market === undefined) {
        sink.snapshot({ candles: [] })
        return nothingToEnd
      }
      const builder = market.builder(timeframe)
      let revision = builder.revision
      const tell = (): boolean => {
        if (builder.revision === revision) return false
        const candles: CandleRow[] = builder.changedSince(revision)
        revision = builder.revision
        if (candles.length > 0) sink.delta({ candles })
        return candles.length > 0
      }
      sink.snapshot({ candles: builder.last(firstCandles) })
      // What was not whole at the beginning counts as changed once it is.
      void desk.complete(market, timeframe)
      return desk.readers.add(candlePeriodMs, tell)
    },
    'market.feed': (_input, sink) => {
      let told: FeedView = desk.feedView()
      sink.snapshot(told)
      return desk.readers.add(feedPeriodMs, () => {
        const view = desk.feedView()
        // A turn even where nothing has changed: making and comparing it is not for each word of the market.
        if (JSON.stringify(view) === JSON.stringify(told)) return true
        told = view
        sink.delta(view)
        return true
      })
    },
  }
}
