import { z } from 'zod'
import { instrumentId, quoteState } from './market-entries.ts'
import { timeMs } from './primitives.ts'
import { refusalView } from './refusal-terms.ts'
import {
  accountId, amount, assetId, averagePrice, groupKind, lots, orderId, orderStatus, orderType, overlay, positionSide, price, rate, side, signedLots,
  ticks, timeInForce, trail, trigger,
} from './trading-terms.ts'

const orderSize = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('quantity') }),
  z.strictObject({ by: z.literal('cash'), cash: amount }),
  z.strictObject({ by: z.literal('all') }),
])

/** One order as the engine has it now. */
export const orderView = z.strictObject({
  id: orderId,
  /** As the venue shows it beside its own. */
  clientOrderId: z.string(),
  venueOrder: z.string().nullable(),
  account: accountId,
  instrument: instrumentId,
  side,
  type: orderType,
  size: orderSize,
  /** 0 while the size is still to be resolved. */
  lots,
  filled: lots,
  /** What of it may still fill. */
  remaining: lots,
  averagePrice: averagePrice.nullable(),
  limit: price.nullable(),
  /** As it is now: of a trailing stop it moves. */
  trigger: trigger.nullable(),
  trail: trail.nullable(),
  isTriggered: z.boolean(),
  timeInForce,
  expiresAt: timeMs.nullable(),
  postOnly: z.boolean(),
  reduceOnly: z.boolean(),
  display: lots.nullable(),
  positionSide,
  /** `hand`, `cli`, a strategy's name, or `external` for what somebody placed past this program. */
  owner: z.string(),
  isExternal: z.boolean(),
  status: orderStatus,
  /** Of a held one. */
  heldFor: z.enum(['trigger', 'parent', 'sibling', 'iceberg', 'self-trade', 'replaced']).nullable(),
  cancel: overlay,
  /** A cancel was asked for and is not proven yet, whatever its overlay. */
  isCancelWanted: z.boolean(),
  amend: overlay,
  amendTo: z.strictObject({ lots, limit: price.nullable(), trigger: price.nullable() }).nullable(),
  /** Sent, and since then nobody knows what became of it. */
  unknownSince: timeMs.nullable(),
  /** What is set aside for it while it may fill: the same whether it rests, is on its way or unknown. */
  holds: z.strictObject({ lots, worstPrice: price, asset: assetId, amount }).nullable(),
  link: z.strictObject({ group: z.string(), kind: groupKind, role: z.enum(['parent', 'child']) }).nullable(),
  replaces: orderId.nullable(),
  onBehalfOf: orderId.nullable(),
  /** Of a denied one. */
  refusal: refusalView.nullable(),
  /** The engine's last word on why it is as it is: a proof, a doubt, a reason to cancel. */
  why: z.string().nullable(),
  /** A person has to look: a filled entry lacks its stop, more was filled than was asked for. */
  flag: z.strictObject({ what: z.enum(['naked', 'denied-exit', 'overfill']), lots, detail: z.string() }).nullable(),
  endedBy: z.enum(['venue', 'engine', 'person']).nullable(),
  intendedAt: timeMs,
  sentAt: timeMs.nullable(),
  changedAt: timeMs,
  endedAt: timeMs.nullable(),
})
export type OrderView = z.output<typeof orderView>

export const fillView = z.strictObject({
  /** `taken-back`: the trade stands no more, the real ones take its place. */
  kind: z.enum(['filled', 'taken-back']),
  order: orderId,
  trade: z.string(),
  account: accountId,
  instrument: instrumentId,
  side,
  price: ticks,
  lots,
  liquidity: z.enum(['maker', 'taker']),
  /** Above zero is paid, below a rebate. */
  fee: amount,
  feeAsset: z.string(),
  positionSide,
  /** Stands for trades that the venue counts and has not shown yet. */
  isInferred: z.boolean(),
  /** The venue's time. */
  at: timeMs,
})
export type FillView = z.output<typeof fillView>

/** What values a position: the mark of a contract, else the middle of the best prices. */
export const markView = z.strictObject({ price: ticks, at: timeMs, state: quoteState })
export type MarkView = z.output<typeof markView>

export const positionView = z.strictObject({
  account: accountId,
  instrument: instrumentId,
  positionSide,
  lots: signedLots,
  /** All money of a position is in this asset. */
  asset: assetId,
  /** What the lots cost: a magnitude. */
  cost: amount,
  averagePrice: averagePrice.nullable(),
  mark: markView.nullable(),
  /** Null while there is no price that can be trusted; never zero for want of one. */
  worth: amount.nullable(),
  unrealised: amount.nullable(),
  /** Of what was closed, before fees and funding. */
  realised: amount,
  liquidationPrice: price.nullable(),
  initialMargin: amount.nullable(),
  maintenanceMargin: amount.nullable(),
  /** The position if everything that may still fill on one side does. */
  worstLong: signedLots,
  worstShort: signedLots,
  changedAt: timeMs,
})
export type PositionView = z.output<typeof positionView>

export const balanceView = z.strictObject({
  account: accountId,
  asset: assetId,
  total: amount,
  /** Neither spent nor set aside for what may still fill; null while it is not known. */
  free: amount.nullable(),
  reserved: amount.nullable(),
  /** In the reporting currency; null without a price. */
  worth: amount.nullable(),
  changedAt: timeMs.nullable(),
})
export type BalanceView = z.output<typeof balanceView>

/** Money of one account, or of all, in the reporting currency. */
export const portfolioFigures = z.strictObject({
  /** Null while something that is held or owned has no price. */
  equity: amount.nullable(),
  unrealised: amount.nullable(),
  realised: amount.nullable(),
  /** Above zero was paid. */
  fees: amount.nullable(),
  /** Above zero was received. */
  funding: amount.nullable(),
  /** Worth of all positions, whichever way they look. */
  gross: amount.nullable(),
  /** The same with everything that may still fill, at its worst. */
  worstGross: amount.nullable(),
  /** Gross over equity. */
  leverage: rate.nullable(),
  initialMargin: amount.nullable(),
  maintenanceMargin: amount.nullable(),
  /** At the beginning of the UTC day, and what was paid in since. */
  dayStart: amount.nullable(),
  dayPaidIn: amount.nullable(),
  dayChange: amount.nullable(),
  /** The highest equity that is on record, and how far below it this is. */
  peak: amount.nullable(),
  drawdown: rate.nullable(),
  /** Of the oldest price that was needed; null where none was. */
  marksAt: timeMs.nullable(),
  /** What has no price: instruments that are held, assets that are owned. */
  unvalued: z.array(z.string()),
})
export type PortfolioFigures = z.output<typeof portfolioFigures>

export const portfolioView = z.strictObject({
  revision: z.int(),
  at: timeMs,
  /** In which all of it is; null where this profile trades nowhere. */
  asset: assetId.nullable(),
  total: portfolioFigures,
  accounts: z.array(z.strictObject({ account: accountId, ...portfolioFigures.shape })),
  counts: z.strictObject({ working: z.int(), held: z.int(), inFlight: z.int(), unknown: z.int(), stuck: z.int(), positions: z.int() }),
})
export type PortfolioView = z.output<typeof portfolioView>
