import { countFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { Count, Ticks } from '../base/index.ts'
import type { MarketReport, Tradable } from '../domain/index.ts'
import { isKeptFromGrowing } from '../risk/index.ts'
import type { ExposureBook } from '../risk/index.ts'
import type { AccountBooks } from './accounting/index.ts'
import type { Core } from './core.ts'
import type { AnyEvent } from './engine-state.ts'
import { mayBeAtVenue, openLots } from './our-order.ts'
import type { OurOrder } from './our-order.ts'

/** Keeps what risk knows in step with each event. It must never leave out an order that may still fill. */
export function feedOrder(book: ExposureBook, order: OurOrder, tradable: Tradable): void {
  if (!mayBeAtVenue(order)) return book.dropOrder(order.id)
  const { spec, amendTo } = order
  const known = order.worstPrice ?? order.limit ?? order.trigger ?? book.price(spec.instrument)?.ask ?? ticksFromRaw(1)
  book.setOrder({
    order: order.id,
    instrument: spec.instrument,
    side: spec.side,
    positionSide: spec.positionSide ?? 'net',
    remaining: openLots(order),
    worstPrice: largerOf(largerOf(known, amendTo?.limit), amendTo?.worstPrice),
    keptFromGrowing: order.venueSpec?.reduceOnly ?? isKeptFromGrowing(spec, tradable),
    // Until the venue answers, either of the two may be what fills.
    reduces: order.reduces && amendTo?.reduces !== false,
    waits: order.venueSpec === undefined ? spec.trigger !== undefined : order.venueSpec.trigger !== undefined,
  })
}

const largerOf = (price: Ticks, other: Ticks | undefined): Ticks => (other !== undefined && rawOf(other) > rawOf(price) ? other : price)

/** Positions and money as the books have them after the event. */
export function feedMoney(core: Core, account: string, event: AnyEvent): void {
  const books = core.state.accounts.get(account)?.books
  const book = core.risk.get(account)
  if (books === undefined || book === undefined) return
  if (event.kind === 'opening-taken' || event.kind === 'position-split') return feedEverything(core, account)
  if (event.kind === 'money-posted') return feedAssets(books, book, [event.posting.asset])
  if (event.kind !== 'order-filled' && event.kind !== 'fill-superseded') return
  const { instrument, positionSide, feeAsset } = event.trade
  const position = books.position(instrument, positionSide ?? 'net')
  book.setPosition(instrument, position.positionSide, position.lots, position.cost)
  feedAssets(books, book, [...(core.state.assetsOf.get(instrument) ?? []), ...(feeAsset === '' ? [] : [feeAsset])])
}

/** What moves a coin may change what is held of it in each of its pairs. */
function feedAssets(books: AccountBooks, book: ExposureBook, assets: readonly string[]): void {
  for (const asset of assets) {
    book.setBalance(asset, books.balance(asset))
    for (const { instrument: { id } } of books.pairs(asset)) {
      const { positionSide, lots, cost } = books.position(id)
      book.setPosition(id, positionSide, lots, cost)
    }
  }
}

export function feedEverything(core: Core, account: string): void {
  const books = core.state.accounts.get(account)?.books
  const book = core.risk.get(account)
  if (books === undefined || book === undefined) return
  for (const { instrument, positionSide, lots, cost } of books.positions()) book.setPosition(instrument, positionSide, lots, cost)
  for (const { asset, total } of books.balances()) book.setBalance(asset, total)
}

export function feedPrice(core: Core, report: MarketReport): void {
  if (report.kind === 'quote-seen') {
    for (const book of core.riskBooks) book.seeQuote(report.instrument, report.bid, report.ask, report.at)
  } else if (report.kind === 'feed-judged') {
    for (const book of core.riskBooks) book.judgeFeed(report.instrument, report.state)
  }
}

/** The clock moved, so how old a price is cannot be told: it is too old for new risk until it is seen again. */
export function distrustPrices(core: Core): void {
  for (const book of core.risk.values()) {
    for (const instrument of core.tradables.keys()) {
      const price = book.price(instrument)
      if (price !== undefined) book.seeQuote(instrument, price.bid, price.ask, 0)
    }
  }
}

/**
 * What one of an asset is worth where limits are counted: the mid price of the spot instrument that trades the two. Either side of a wide market would value
 * what is held and what is owed differently. A price that is old, crossed or of a feed that is not live is none: what cannot be valued allows no new risk.
 */
export function feedRates(core: Core): void {
  for (const { instrument, scale, baseUnitsPerLot } of core.rateSources) {
    for (const book of core.risk.values()) {
      const price = book.price(instrument.id)
      const isFresh = price !== undefined && price.state === 'live' && core.at - price.at <= core.setup.limits.priceAgeMaxMs && rawOf(price.bid) <= rawOf(price.ask)
      const ratio = isFresh ? ratioOf(rawOf(price.bid) + rawOf(price.ask), scale.numerator, 2 * scale.denominator * baseUnitsPerLot) : undefined
      book.setRate(instrument.base, ratio)
    }
  }
}

function ratioOf(price: number, numerator: number, denominator: number): { readonly numerator: Count; readonly denominator: Count } | undefined {
  const top = price * numerator
  if (!Number.isSafeInteger(top) || !Number.isSafeInteger(denominator) || top <= 0 || denominator <= 0) return undefined
  return { numerator: countFromRaw(top), denominator: countFromRaw(denominator) }
}
