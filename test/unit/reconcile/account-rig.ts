import { amountFromRaw, lotsFromRaw, ticksFromRaw } from '../../../src-main/base/index.ts'
import { orderIdShape } from '../../../src-main/domain/index.ts'
import type { EpochPart, EpochReported, OrderId, VenueOrderView, VenueTrade } from '../../../src-main/domain/index.ts'
import { compareMoney, explainEpoch } from '../../../src-main/reconcile/index.ts'
import type { Finding, OpenBreak, OurAccount, OurOrder, ReconcileRules } from '../../../src-main/reconcile/index.ts'

/** Books of a few orders and the venue's word on them, for tests that say only what matters to them. */
export const askedAt = 1_000_000
export const rules: ReconcileRules = { graceMs: 5_000, inferAfterMs: 60_000 }

export const orderId = (number: number): OrderId => orderIdShape.ensure(number.toString(16).padStart(32, '0'))

export const ourOrder = (number: number, parts: Partial<Omit<OurOrder, 'filled'>> & { readonly filled?: number } = {}): OurOrder => ({
  order: orderId(number),
  instrument: 'BTC/USD',
  side: 'buy',
  status: 'working',
  positionSide: 'net',
  venueOrder: `v${number}`,
  inferred: [],
  changedAt: askedAt - 100_000,
  sentAt: askedAt - 200_000,
  isInFlight: false,
  isExternal: false,
  hasNeverLeft: false,
  ...parts,
  filled: lotsFromRaw(parts.filled ?? 0),
})

export const view = (number: number, parts: Partial<Omit<VenueOrderView, 'lots' | 'filled' | 'limit'>> & { readonly lots?: number; readonly filled?: number } = {}): VenueOrderView => ({
  venueOrder: `v${number}`,
  order: orderId(number),
  instrument: 'BTC/USD',
  side: 'buy',
  status: 'open',
  limit: ticksFromRaw(640_000),
  updatedAt: askedAt - 100_000,
  ...parts,
  lots: lotsFromRaw(parts.lots ?? 10),
  filled: lotsFromRaw(parts.filled ?? 0),
})

export const trade = (number: number, id: string, lots: number, parts: Partial<Omit<VenueTrade, 'lots' | 'price' | 'fee'>> = {}): VenueTrade => ({
  trade: id,
  venueOrder: `v${number}`,
  order: orderId(number),
  instrument: 'BTC/USD',
  side: 'buy',
  price: ticksFromRaw(640_000),
  lots: lotsFromRaw(lots),
  liquidity: 'taker',
  fee: amountFromRaw(0),
  feeAsset: 'USD',
  at: askedAt - 50_000,
  ...parts,
})

export interface BookParts {
  readonly orders?: readonly OurOrder[]
  readonly trades?: readonly VenueTrade[]
  readonly positions?: readonly { readonly instrument: string; readonly lots: number; readonly changedAt?: number }[]
  readonly balances?: readonly { readonly asset: string; readonly total: number; readonly changedAt?: number }[]
  readonly breaks?: readonly OpenBreak[]
  readonly postings?: readonly string[]
}

const endings = new Set(['denied', 'filled', 'canceled', 'expired', 'rejected', 'absent'])

export const books = ({ orders = [], trades = [], positions = [], balances = [], breaks = [], postings = [] }: BookParts = {}): OurAccount => ({
  account: 'main',
  openOrders: orders.filter(({ status }) => !endings.has(status)),
  orderOf: (order) => orders.find((each) => each.order === order),
  orderAt: (shown) => orders.find((each) => each.venueOrder === shown.venueOrder && each.instrument === shown.instrument),
  knows: (told) => {
    const known = trades.find((each) => each.instrument === told.instrument && each.trade === told.trade && each.side === told.side)
    if (known === undefined) return 'not'
    return known.lots === told.lots && known.price === told.price ? 'same' : 'other'
  },
  hasPosting: (reference) => postings.includes(reference),
  canCount: () => true,
  positions: positions.map(({ instrument, lots, changedAt = 0 }) => ({ instrument, positionSide: 'net', lots: lotsFromRaw(lots), changedAt })),
  balances: balances.map(({ asset, total, changedAt = 0 }) => ({ asset, total: amountFromRaw(total), changedAt })),
  breaks,
})

const whole = <Item>(items: readonly Item[] = []): EpochPart<Item> => ({ ok: true, items })

export interface EpochParts {
  readonly open?: readonly VenueOrderView[]
  readonly closed?: readonly VenueOrderView[]
  readonly trades?: readonly VenueTrade[]
  readonly positions?: readonly { readonly instrument: string; readonly lots: number }[]
  readonly balances?: readonly { readonly asset: string; readonly total: number }[]
  readonly since?: number
}

export const epoch = ({ open, closed, trades, positions = [], balances = [], since = 0 }: EpochParts = {}): EpochReported => ({
  kind: 'epoch-reported',
  at: askedAt + 500,
  account: 'main',
  epoch: 1,
  askedAt,
  since,
  openOrders: whole(open),
  closedOrders: whole(closed),
  trades: whole(trades),
  positions: whole(positions.map(({ instrument, lots }) => ({ instrument, positionSide: 'net' as const, lots: lotsFromRaw(lots) }))),
  balances: whole(balances.map(({ asset, total }) => ({ asset, total: amountFromRaw(total), free: amountFromRaw(total) }))),
  postings: whole([]),
})

export const findingsOf = (ours: OurAccount, told: EpochReported): readonly Finding[] => {
  const explained = explainEpoch(ours, told, rules)
  if (explained.outcome !== 'explained') throw new Error(`the epoch said nothing: ${explained.detail}`)
  return explained.findings
}

export const kindsOf = (ours: OurAccount, told: EpochReported): readonly string[] => findingsOf(ours, told).map(({ kind }) => kind)

export const moneyOf = (ours: OurAccount, told: EpochReported): readonly Finding[] => compareMoney(ours, told, new Set(), rules).findings
