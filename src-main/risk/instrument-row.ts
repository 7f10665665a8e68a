import type { Ticks } from '../base/index.ts'
import type { FeedJudged, PositionSide, Tradable } from '../domain/index.ts'
import type { AssetRow } from './asset-book.ts'
import { createExposureRow } from './exposure-row.ts'
import type { ExposureRow } from './exposure-row.ts'

/** An instrument as one account stands in it. Changed in place, like the rows in it. */
export interface InstrumentRow {
  readonly tradable: Tradable
  readonly base: AssetRow
  readonly quote: AssetRow
  readonly sides: Readonly<Record<PositionSide, ExposureRow>>
  price: { bid: Ticks; ask: Ticks; at: number; state: FeedJudged['state'] } | undefined
  feed: FeedJudged['state']
  ordersOpen: number
  triggersOpen: number
  /** Among those of which a row has to be counted anew. */
  isListed: boolean
}

export const createInstrumentRow = (tradable: Tradable, base: AssetRow, quote: AssetRow): InstrumentRow => ({
  tradable, base, quote, sides: { net: createExposureRow(), long: createExposureRow(), short: createExposureRow() }, price: undefined, feed: 'live',
  ordersOpen: 0, triggersOpen: 0, isListed: false,
})
