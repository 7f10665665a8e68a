import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printSteps, stepsTowards } from '../../format/price.ts'
import { textIn } from '../../ui/use-text.ts'

/** `Long 0.120 BTC`: a position in words, never by its sign alone. */
export function positionText(locale: Locale, lots: number, { lot, base }: Pick<InstrumentView, 'lot' | 'base'>): string {
  const text = textIn(locale)
  if (lots === 0) return text('screen.ticket.flat')
  return text(lots > 0 ? 'screen.ticket.long' : 'screen.ticket.short', { size: `${printSteps(locale, Math.abs(lots), lot)} ${base}` })
}

/** An average with no more places than a tick has, cut off: that of many trades has dozens. */
export function averageText(locale: Locale, decimal: string, { tick }: Pick<InstrumentView, 'tick'>): string {
  const unit = { units: 1, decimals: tick.decimals }
  const steps = stepsTowards('en', decimal, unit, 'down')?.steps
  return steps === undefined ? decimal : printSteps(locale, steps, unit)
}
