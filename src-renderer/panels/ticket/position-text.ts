import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printSteps } from '../../format/price.ts'
import { textIn } from '../../ui/use-text.ts'

/** `Long 0.120 BTC`: a position in words, never by its sign alone. */
export function positionText(locale: Locale, lots: number, { lot, base }: Pick<InstrumentView, 'lot' | 'base'>): string {
  const text = textIn(locale)
  if (lots === 0) return text('screen.ticket.flat')
  return text(lots > 0 ? 'screen.ticket.long' : 'screen.ticket.short', { size: `${printSteps(locale, Math.abs(lots), lot)} ${base}` })
}
