import type { MarkView, QuoteView } from '../../src-preload/contract/index.ts'
import { countFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { Tradable } from '../domain/index.ts'
import type { AssetRate, EngineSetup, Mark, Marks } from '../engine/index.ts'

/** What the market says of an instrument now; none before it said anything. */
export type QuoteReader = (instrument: string) => QuoteView | undefined

/** The mark of a contract, else the middle of the best prices, else the last trade. Prices that contradict each other value nothing. */
export function markOf(quote: QuoteView | undefined): MarkView | null {
  if (quote === undefined || quote.at === null || quote.state === 'crossed') return null
  const { mark, bid, ask, last, at, state } = quote
  const middle = bid === null || ask === null ? last : Math.floor((bid + ask) / 2)
  const price = mark ?? middle
  return price === null || price <= 0 ? null : { price, at, state }
}

/** A spot instrument in the reporting currency says what its base is worth there. */
function rateOf({ settlement, instrument, baseUnitsPerLot, scale }: Tradable, mark: MarkView, reporting: string): AssetRate | undefined {
  if (settlement !== 'delivery' || instrument.quote !== reporting || baseUnitsPerLot <= 0) return undefined
  const numerator = mark.price * scale.numerator
  const denominator = scale.denominator * baseUnitsPerLot
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return undefined
  return { numerator: countFromRaw(numerator), denominator: countFromRaw(denominator), at: mark.at }
}

/** The prices of one moment, for everything that is valued in it. */
export interface DeskMarks extends Marks {
  readonly views: ReadonlyMap<string, MarkView>
}

export function marksOf({ tradables, reportingAsset }: EngineSetup, quote: QuoteReader): DeskMarks {
  const views = new Map<string, MarkView>()
  const instruments = new Map<string, Mark>()
  const rates = new Map<string, AssetRate>()
  for (const tradable of tradables) {
    const { id, base } = tradable.instrument
    const mark = markOf(quote(id))
    if (mark === null) continue
    views.set(id, mark)
    instruments.set(id, { price: ticksFromRaw(mark.price), at: mark.at })
    const rate = rateOf(tradable, mark, reportingAsset)
    if (rate !== undefined && !rates.has(base)) rates.set(base, rate)
  }
  return { reporting: reportingAsset, instruments, rates, views }
}

/** Minor units of an asset in the reporting currency, rounded to the nearest; none without a price or past counting. */
export function inReporting(asset: string, amount: number, { reporting, rates }: Marks): number | null {
  if (asset === reporting || amount === 0) return amount
  const rate = rates.get(asset)
  if (rate === undefined) return null
  const bottom = BigInt(rawOf(rate.denominator)) * 2n
  const top = BigInt(amount) * BigInt(rawOf(rate.numerator)) * 2n
  const half = top < 0n ? -bottom / 2n : bottom / 2n
  const value = Number((top + half) / bottom)
  return Number.isSafeInteger(value) ? value : null
}
