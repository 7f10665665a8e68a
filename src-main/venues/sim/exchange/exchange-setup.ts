import { rateFromRaw } from '../../../base/index.ts'
import type { Amount, Lots, Rate, Ticks } from '../../../base/index.ts'
import type { Asset, Tradable } from '../../../domain/index.ts'
import type { ExchangeBooks } from './exchange-books.ts'
import type { ImpactModel } from './price-impact.ts'

/** A delay whose logarithm, in milliseconds, is normal. */
export interface LogNormalDelay {
  readonly mu: number
  readonly sigma: number
}

export interface FeeTier {
  /** Traded in thirty days, in minor units of the quote currency. */
  readonly volumeFrom: Amount
  readonly maker: Rate
  readonly taker: Rate
}

/** In what a fee is paid: the quote currency, what was received (spot only), or a third asset while there is enough of it. */
export type FeeAsset =
  | { readonly by: 'quote' }
  | { readonly by: 'received' }
  | { readonly by: 'third'; readonly asset: string; /** Minor units of it for a minor unit of quote. */ readonly perQuote: Rate; readonly discount: Rate }

export interface FeeRules {
  /** Ascending; an account below the first tier pays what the instrument says. */
  readonly tiers: readonly FeeTier[]
  readonly asset: FeeAsset
}

export interface RequestLimits {
  readonly capacity: number
  readonly perSecond: number
  /** So many refusals within ten seconds lead to a ban. */
  readonly banAfter: number
  readonly banMs: number
}

/** Which answer may be old, and by how much at most: each question draws its own lag between nothing and this. */
export interface ReplicaLag {
  readonly openOrdersMs: number
  readonly closedOrdersMs: number
  readonly lookupMs: number
  readonly tradesMs: number
  readonly positionsMs: number
  readonly balancesMs: number
}

/** How the exchange behaves. All of it is lawful behaviour of a venue; what the wire does to it is not in here. */
export interface VenueBehaviour {
  /** Whether a client id may be used again once its order has ended, or only once that is forgotten. */
  readonly clientIds: 'reusable' | 'unique'
  readonly latency: { readonly feed: LogNormalDelay; readonly entry: LogNormalDelay; readonly response: LogNormalDelay }
  readonly receiveWindowMs: number
  /** The exchange's clock minus the true one. */
  readonly clockSkewMs: number
  /** How far ahead of the exchange's clock a client's may be. */
  readonly clockAheadMaxMs: number
  readonly limits: RequestLimits
  readonly lag: ReplicaLag
  /** Part of the accepted orders that lie so long, at most, before the matching sees them. */
  readonly delayedAcceptance: { readonly share: number; readonly delayMaxMs: number }
  readonly maintenance: readonly { readonly from: number; readonly to: number }[]
  readonly immediateTrigger: 'reject' | 'fire'
  readonly fees: FeeRules
  readonly fundingEveryMs: number
  readonly liquidationFee: Rate
  readonly queue: 'fifo' | 'probabilistic'
  /** A fill against the crowd comes in pieces: how many, and what part of the rest each takes. */
  readonly partialFills: { readonly countMean: number; readonly ratioA: number; readonly ratioB: number } | undefined
  readonly impact: ImpactModel
  readonly pageSize: number
  /** How long an order that has ended can be asked for, and its client id counts as taken. After that nobody knows of it. */
  readonly closedKeptMs: number
  /** How long trades and other movements of money can be asked for. */
  readonly tradesKeptMs: number
  /** Of each of these lists: where there are more, what is older than an hour goes, so that a busy day does not grow without a bound. */
  readonly keptMost: number
}

export const venueBehaviourPreset: VenueBehaviour = {
  clientIds: 'reusable',
  latency: { feed: { mu: 3.9, sigma: 0.3 }, entry: { mu: 3.9, sigma: 0.3 }, response: { mu: 3.9, sigma: 0.3 } },
  receiveWindowMs: 5_000,
  clockSkewMs: 0,
  clockAheadMaxMs: 1_000,
  limits: { capacity: 600, perSecond: 60, banAfter: 20, banMs: 60_000 },
  lag: { openOrdersMs: 0, closedOrdersMs: 0, lookupMs: 0, tradesMs: 0, positionsMs: 0, balancesMs: 0 },
  delayedAcceptance: { share: 0, delayMaxMs: 0 },
  maintenance: [],
  immediateTrigger: 'reject',
  fees: { tiers: [], asset: { by: 'quote' } },
  fundingEveryMs: 8 * 3_600_000,
  // Half a percent of what is liquidated.
  liquidationFee: rateFromRaw(5_000_000),
  queue: 'fifo',
  partialFills: { countMean: 3, ratioA: 2, ratioB: 5 },
  impact: { model: 'none' },
  pageSize: 100,
  closedKeptMs: 86_400_000,
  tradesKeptMs: 3 * 86_400_000,
  keptMost: 100_000,
}

export interface ExchangeAccount {
  readonly id: string
  readonly positions: 'netting' | 'hedging'
  /** Which cost a partial close of a contract releases. */
  readonly lots: 'fifo' | 'average'
  readonly balances: readonly { readonly asset: string; readonly amount: Amount }[]
  /** Of contracts; the instrument's highest without it. */
  readonly leverage?: number
}

/** A crowd generated from the seed, around a price that wanders. Without it an instrument's book is fed from outside. */
export interface Crowd {
  readonly instrument: string
  readonly priceAtStart: Ticks
  readonly spreadTicks: number
  readonly levels: number
  readonly depthLots: Lots
  /** Standard deviation of the price's step, in ticks. */
  readonly stepTicks: number
  readonly stepMs: number
  /** Chance that a step brings a market order of somebody. */
  readonly tradeShare: number
  readonly fundingRate: Rate
}

/** The whole market moves at once, by a part of its price; downwards is negative. */
export interface PriceShock {
  readonly afterMs: number
  readonly share: number
}

export interface SimExchangeSetup {
  readonly seed: number
  readonly startAt: number
  readonly tradables: readonly Tradable[]
  readonly assets: readonly Asset[]
  readonly accounts: readonly ExchangeAccount[]
  readonly crowds?: readonly Crowd[]
  readonly shocks?: readonly PriceShock[]
  readonly behaviour?: Partial<VenueBehaviour>
  /** The books of an exchange that was here before: accounts, orders, money and numbers go on from there. */
  readonly books?: ExchangeBooks
  /** Whoever keeps books takes what has changed, again and again; without it nothing is noted. */
  readonly isNoted?: boolean
  /** Whether prices are told to clients; on without it. */
  readonly isMarketTold?: boolean
}
