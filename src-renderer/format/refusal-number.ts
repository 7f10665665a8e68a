import type { InstrumentView, TradingSetupView } from '../../src-preload/contract/index.ts'
import { clockText, durationText, type Locale, type RefusalPrinter } from '../../src-preload/contract/text/index.ts'
import { printFigure } from './figure.ts'
import { printMoney, printRate } from './money.ts'
import { printSteps } from './price.ts'

interface Known {
  readonly setup: TradingSetupView | undefined
  readonly instrumentOf: (id: string) => InstrumentView | undefined
}

/** Prints the numbers of a refusal with the decimals of what they count. */
export const refusalNumbers = (locale: Locale, { setup, instrumentOf }: Known): RefusalPrinter => (value, unit, about) => {
  const instrument = about.instrument === null ? undefined : instrumentOf(about.instrument)
  switch (unit) {
    case 'ticks': return instrument === undefined ? printFigure(locale, value) : printSteps(locale, value, instrument.tick)
    case 'lots': return instrument === undefined ? printFigure(locale, value) : `${printSteps(locale, value, instrument.lot)} ${instrument.base}`
    case 'amount': {
      const asset = setup?.assets.find(({ id }) => id === about.asset)
      return asset === undefined ? printFigure(locale, value) : `${printMoney(locale, value, { units: 1, decimals: asset.decimals })} ${asset.id}`
    }
    case 'count': return printFigure(locale, value)
    case 'ms': return durationText(locale, value)
    case 'moment': return clockText(value)
    case 'rate': return printRate(locale, value)
  }
}
