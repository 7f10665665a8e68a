import { printDecimal, printSteps, rateDecimals } from '../../base/index.ts'
import type { DataTrouble } from '../../data/index.ts'
import type { InstrumentView, QuoteView } from '../../../src-preload/contract/index.ts'
import { translate, type MessageKey } from '../../../src-preload/contract/text/index.ts'
import type { Speech } from '../speech.ts'
import { badInput, notPossible, type Trouble } from '../trouble.ts'

/** A quote with its prices as decimals. */
export interface SpokenQuote extends Record<'bid' | 'bidSize' | 'ask' | 'askSize' | 'last' | 'lastSize', string | null> {
  readonly dayOpen: string | null
  readonly dayHigh: string | null
  readonly dayLow: string | null
  readonly dayVolume: string | null
  readonly mark: string | null
  readonly index: string | null
  readonly fundingRate: string | null
}

export function spokenQuote(quote: QuoteView, { tick, lot }: InstrumentView): SpokenQuote {
  const price = (raw: number | null): string | null => (raw === null ? null : printSteps(raw, tick))
  const size = (raw: number | null): string | null => (raw === null ? null : printSteps(raw, lot))
  return {
    bid: price(quote.bid), bidSize: size(quote.bidSize), ask: price(quote.ask), askSize: size(quote.askSize),
    last: price(quote.last), lastSize: size(quote.lastSize),
    dayOpen: price(quote.dayOpen), dayHigh: price(quote.dayHigh), dayLow: price(quote.dayLow), dayVolume: size(quote.dayVolume),
    mark: price(quote.mark), index: price(quote.index),
    fundingRate: quote.fundingRate === null ? null : printDecimal(quote.fundingRate, rateDecimals),
  }
}


type CandlePage = Readonly<Record<'time' | 'open' | 'high' | 'low' | 'close' | 'volume', ArrayLike<number>>>

export interface SpokenCandle extends Record<'open' | 'high' | 'low' | 'close' | 'volume', string> {
  readonly time: number
}

/** Rows with decimals, as `--json` prints them. */
export function spokenCandles(page: CandlePage, { tick, lot }: InstrumentView): readonly SpokenCandle[] {
  const price = (column: ArrayLike<number>, row: number): string => printSteps(column[row] ?? Number.NaN, tick)
  return Array.from({ length: page.time.length }, (_, row) => ({
    time: page.time[row] ?? Number.NaN,
    open: price(page.open, row),
    high: price(page.high, row),
    low: price(page.low, row),
    close: price(page.close, row),
    volume: printSteps(page.volume[row] ?? Number.NaN, lot),
  }))
}

/** What the disk said, as one sentence. */
export function sayDataTrouble({ locale }: Speech, { code, details }: DataTrouble): Trouble {
  const message = translate<MessageKey>(locale, `data.trouble.${code}`, details)
  return code === 'file-exists' ? badInput('cli.out-exists', message) : notPossible(`data.${code}`, message, 'fault')
}
