import { amountFromRaw, countFromRaw, lotsFromRaw, rateFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { orderIdShape } from '../../../src-main/domain/index.ts'
import type { OrderId, OrderSpec, Refusal, Tradable } from '../../../src-main/domain/index.ts'
import { boundlessLimits, ExposureBook, reviewPlace } from '../../../src-main/risk/index.ts'
import type { InstrumentLimits, LiveOrder, PlaceableOrder, ReviewLimits } from '../../../src-main/risk/index.ts'
import { perpetual, share, spot, uneven } from './sample-tradables.ts'

/** A Wednesday noon in New York, with every market open. */
export const now = Date.UTC(2026, 5, 17, 16)

export const orderId = (n: number): OrderId => orderIdShape.ensure(n.toString(16).padStart(32, '0'))

/** An account with a million dollars and five coins, at 100.00 to 100.10 everywhere. */
export const createRichBook = (positions: 'netting' | 'hedging' = 'netting'): ExposureBook => {
  const book = new ExposureBook({ account: 'a', positions, tradables: [spot, perpetual, share, uneven], reporting: 'USD', sendsRemembered: 1_000 })
  book.setBalance('USD', amountFromRaw(1_000_000_000_000))
  book.setBalance('BTC', amountFromRaw(500_000_000))
  for (const { instrument } of [spot, perpetual, share, uneven]) book.seeQuote(instrument.id, ticksFromRaw(10_000), ticksFromRaw(10_010), now)
  return book
}

/** A buy of one coin at 100.00, and what is said otherwise. */
export const specOf = (change: Partial<OrderSpec> = {}): OrderSpec => ({
  account: 'a', instrument: perpetual.instrument.id, side: 'buy', type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(1_000) }, limit: ticksFromRaw(10_000),
  timeInForce: 'gtc', owner: 'hand', ...change,
})

/** A market order: no limit price. */
export const marketSpec = (change: Omit<Partial<OrderSpec>, 'limit'> = {}): OrderSpec => {
  const { limit: _, ...rest } = specOf({ type: 'market', ...change })
  return rest
}

export const limitsWith = (change: Partial<ReviewLimits> = {}, every: Partial<InstrumentLimits> = {}): ReviewLimits =>
  ({ ...boundlessLimits, ...change, everyInstrument: { ...boundlessLimits.everyInstrument, ...every } })

export interface Asked {
  readonly spec?: OrderSpec
  readonly lots?: number
  readonly book?: ExposureBook
  readonly limits?: ReviewLimits
  readonly tradable?: Tradable
  readonly at?: number
  readonly askedAt?: number
}

const lotsOf = (spec: OrderSpec): number => (spec.size.by === 'quantity' ? Number(spec.size.lots) : 1_000)

const tradableOf = ({ instrument }: OrderSpec): Tradable => [spot, perpetual, share, uneven].find((tradable) => tradable.instrument.id === instrument) ?? perpetual

export const review = ({ spec = specOf(), book = createRichBook(), limits = boundlessLimits, at = now, ...rest }: Asked = {}): PlaceableOrder | Refusal => {
  const lots = lotsFromRaw(rest.lots ?? lotsOf(spec))
  const verdict = reviewPlace({ order: orderId(1), spec, lots, at, askedAt: rest.askedAt ?? at }, book, limits, rest.tradable ?? tradableOf(spec))
  return verdict.ok ? verdict.value.value : verdict.error
}

export const live = (n: number, change: Partial<LiveOrder> = {}): LiveOrder => ({
  order: orderId(n), instrument: perpetual.instrument.id, side: 'buy', positionSide: 'net', remaining: lotsFromRaw(1_000), worstPrice: ticksFromRaw(10_000),
  keptFromGrowing: false, reduces: false, waits: false, ...change,
})

export const usd = (dollars: number): ReturnType<typeof amountFromRaw> => amountFromRaw(dollars * 1_000_000)
export const part = (billionths: number): ReturnType<typeof rateFromRaw> => rateFromRaw(billionths)
export const count = (n: number): ReturnType<typeof countFromRaw> => countFromRaw(n)
