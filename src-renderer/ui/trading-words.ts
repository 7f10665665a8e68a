import { useEffect, useMemo } from 'react'
import type { InstrumentView, RefusalView, TradingSetupView } from '../../src-preload/contract/index.ts'
import { noTime, refusalText, type Locale } from '../../src-preload/contract/text/index.ts'
import { printAverage } from '../format/average.ts'
import { printFigure } from '../format/figure.ts'
import { printGain, printMoney } from '../format/money.ts'
import { plainSteps, printSteps } from '../format/price.ts'
import { refusalNumbers } from '../format/refusal-number.ts'
import { useInstruments } from '../stores/market-instruments.ts'
import { followTradingSetup, tradableIn, unitOf, useTradingSetup } from '../stores/trading-setup.ts'
import { useScreen } from './screen-context.tsx'
import { useLocale, useText, type Text } from './use-text.ts'

/** How everything of trading is written: each figure in the decimals of what it counts, and a dash for what is not known. */
export interface TradingWords {
  readonly locale: Locale
  readonly text: Text
  readonly setup: TradingSetupView | undefined
  price(instrument: string, ticks: number | null): string
  size(instrument: string, lots: number | null): string
  average(instrument: string, price: string | null): string
  money(asset: string | null, amount: number | null): string
  /** With its plus. */
  gain(asset: string | null, amount: number | null): string
  rate(rate: number | null): string
  refusal(refusal: RefusalView): string
  /** The currency that profit in this instrument is counted in. */
  quoteOf(instrument: string): string | null
  /** For another program. */
  plainPrice(instrument: string, ticks: number | null): string | null
  plainSize(instrument: string, lots: number | null): string | null
  plainMoney(asset: string | null, amount: number | null): string | null
}

export function useTradingWords(): TradingWords {
  const { bridge } = useScreen()
  const locale = useLocale()
  const text = useText()
  const { byId } = useInstruments()
  const setup = useTradingSetup((facts) => facts.setup)
  useEffect(() => followTradingSetup(bridge), [bridge])
  return useMemo(() => tradingWords(locale, text, setup, byId), [locale, text, setup, byId])
}

const billionthsPerPercent = 10_000_000

export function tradingWords(locale: Locale, text: Text, setup: TradingSetupView | undefined, instruments: ReadonlyMap<string, InstrumentView>): TradingWords {
  const numbers = refusalNumbers(locale, { setup, instrumentOf: (id) => instruments.get(id) })
  const unit = (asset: string | null) => unitOf(setup, asset)
  const known = <Value, Place>(value: Value | null, place: Place | undefined, print: (value: Value, place: Place) => string): string =>
    (value === null || place === undefined ? noTime : print(value, place))
  const plain = (value: number | null, step: InstrumentView['tick'] | undefined): string | null => (value === null || step === undefined ? null : plainSteps(value, step))
  return {
    locale, text, setup,
    price: (instrument, ticks) => known(ticks, instruments.get(instrument)?.tick, (value, tick) => printSteps(locale, value, tick)),
    size: (instrument, lots) => known(lots, instruments.get(instrument)?.lot, (value, lot) => printSteps(locale, value, lot)),
    average: (instrument, price) => known(price, instruments.get(instrument)?.tick, (value, tick) => printAverage(locale, value, tick.decimals)),
    money: (asset, amount) => known(amount, unit(asset), (value, step) => printMoney(locale, value, step)),
    gain: (asset, amount) => known(amount, unit(asset), (value, step) => printGain(locale, value, step)),
    rate: (rate) => (rate === null ? noTime : `${printFigure(locale, rate / billionthsPerPercent, 2)} %`),
    refusal: (refusal) => refusalText(locale, refusal, numbers),
    quoteOf: (instrument) => tradableIn(setup, instrument)?.quote ?? null,
    plainPrice: (instrument, ticks) => plain(ticks, instruments.get(instrument)?.tick),
    plainSize: (instrument, lots) => plain(lots, instruments.get(instrument)?.lot),
    plainMoney: (asset, amount) => plain(amount, unit(asset)),
  }
}

/** Profit and loss by hue and sign; what is not known has neither. */
export const gainLook = (amount: number | null): string => (amount === null || amount === 0 ? 'ink-2' : amount > 0 ? 'gain' : 'loss')
