import type { InstrumentView, OrderWish, PreviewView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printMoney, printRate } from '../../format/money.ts'
import { printSteps, type PriceStep } from '../../format/price.ts'
import type { TicketWish } from '../../stores/ticket-wish.ts'
import { textIn } from '../../ui/use-text.ts'

interface SentenceParts {
  readonly instrument: InstrumentView
  readonly cash: PriceStep
  readonly risk: PriceStep
  readonly reporting: string
  readonly preview: PreviewView | undefined
}

/** The order in full, in one line: what the button says and what the result repeats. */
export function sentenceOf(locale: Locale, wish: TicketWish, parts: SentenceParts): string {
  const text = textIn(locale)
  const [entry, ...exits] = wish.of === 'place' ? [wish.order] : wish.orders
  if (entry === undefined) return ''
  const price = (ticks: number | undefined): string => (ticks === undefined ? '' : printSteps(locale, ticks, parts.instrument.tick))
  const stop = exits.find(({ trigger }) => trigger !== undefined)?.trigger?.price
  const target = exits.find(({ trigger }) => trigger === undefined)?.limit
  return [
    entrySentence(locale, entry, sizeText(locale, entry, parts), price),
    stop === undefined ? '' : text('screen.ticket.say.stop', { price: price(stop) }),
    target === undefined ? '' : text('screen.ticket.say.target', { price: price(target) }),
  ].join('')
}

function entrySentence(locale: Locale, entry: OrderWish, size: string, price: (ticks: number | undefined) => string): string {
  const text = textIn(locale)
  const side = text(`order.side.${entry.side}`)
  if (entry.trail !== undefined) {
    const { distance } = entry.trail
    return text('screen.ticket.say.trail', { side, size, trail: distance.by === 'amount' ? price(distance.ticks) : printRate(locale, distance.rate) })
  }
  const [limit, trigger] = [price(entry.limit), price(entry.trigger?.price)]
  if (trigger !== '') return limit === '' ? text('screen.ticket.say.trigger', { side, size, trigger }) : text('screen.ticket.say.trigger-limit', { side, size, price: limit, trigger })
  return limit === '' ? text('screen.ticket.say.market', { side, size }) : text('screen.ticket.say.limit', { side, size, price: limit })
}

/** As it was asked for; of money and shares also what it comes to, once that is known. */
function sizeText(locale: Locale, { size }: OrderWish, { instrument, cash, risk, reporting, preview }: SentenceParts): string {
  const lots = preview?.orders[0]?.lots ?? undefined
  const quantity = (count: number): string => `${printSteps(locale, count, instrument.lot)} ${instrument.base}`
  const resolved = lots === undefined ? '' : ` (${quantity(lots)})`
  switch (size.by) {
    case 'quantity': return quantity(size.lots)
    case 'cash': return `${printMoney(locale, size.cash, cash)} ${instrument.quote}${resolved}`
    case 'risk': return `${printMoney(locale, size.amount, risk)} ${reporting}${resolved}`
    case 'risk-part': case 'equity-part': return `${printRate(locale, size.rate)}${resolved}`
    case 'all': return ''
  }
}
