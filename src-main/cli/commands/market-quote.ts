import { z } from 'zod'
import { quoteView, type InstrumentView, type QuoteView } from '../../../src-preload/contract/index.ts'
import { defineCommand, done } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { openMarketSource, unknownInstrument, type MarketSource } from '../market/market-source.ts'
import { spokenQuote } from '../market/market-words.ts'
import { alignRows } from '../terminal-style.ts'
import { refuse } from '../trouble.ts'

const decimal = z.string().nullable()
const output = z.strictObject({
  quotes: z.array(
    z.strictObject({
      instrument: quoteView.shape.instrument, state: quoteView.shape.state, at: quoteView.shape.at,
      bid: decimal, bidSize: decimal, ask: decimal, askSize: decimal, last: decimal, lastSize: decimal,
      dayOpen: decimal, dayHigh: decimal, dayLow: decimal, dayVolume: decimal,
      mark: decimal, index: decimal, fundingRate: decimal, nextFundingAt: quoteView.shape.nextFundingAt,
    }),
  ),
})

export const marketQuote = defineCommand({
  name: 'market quote',
  summary: 'cli.market-quote.summary',
  flags: { instrument: instrumentFlag },
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast market quote', 'ballast market quote --instrument BTC/USD --json'],
  async run(context, { flags: { instrument } }) {
    const opened = await openMarketSource(context)
    if (!opened.ok) return opened
    const { source } = opened
    try {
      const isUnknown = instrument !== undefined && source.instruments.every(({ id }) => id !== instrument)
      if (isUnknown) return refuse(unknownInstrument(context, instrument, source.instruments))
      const told = await source.quotes(instrument === undefined ? undefined : [instrument])
      return told.ok ? done({ quotes: spoken(told.value, source) }) : told
    } finally {
      await source.dispose()
    }
  },
  print: ({ quotes }, { speech }) =>
    alignRows([
      [speech.say('cli.market.column.instrument'), speech.say('cli.market.column.bid'), speech.say('cli.market.column.ask'),
        speech.say('cli.market.column.last'), speech.say('cli.market.column.state')],
      ...quotes.map(({ instrument, bid, ask, last, state }) => [
        instrument, bid ?? '—', ask ?? '—', last ?? '—', speech.sayPhrase({ key: `cli.market.state.${state}` }),
      ]),
    ]),
})

function spoken(quotes: readonly QuoteView[], { instruments }: MarketSource): z.output<typeof output>['quotes'] {
  const views = new Map<string, InstrumentView>(instruments.map((view) => [view.id, view]))
  return quotes.flatMap((quote) => {
    const view = views.get(quote.instrument)
    const { instrument, state, at, nextFundingAt } = quote
    return view === undefined ? [] : [{ instrument, state, at, ...spokenQuote(quote, view), nextFundingAt }]
  })
}
