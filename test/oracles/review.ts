import { worstReachable } from './exposure.ts'
import type { OracleLive } from './exposure.ts'

/**
 * Every rule that an order breaks, told from the bare facts with bigints and fractions multiplied out. One account, one instrument, everything in the
 * reporting currency. It shares nothing with the review that it judges.
 */
export interface OracleScene {
  readonly isDelivered: boolean
  /** Price times lots in minor units: `numerator / denominator`. */
  readonly numerator: bigint
  readonly denominator: bigint
  readonly baseUnitsPerLot: bigint
  readonly leverageMax: bigint
  readonly feeRate: bigint
  readonly bid: bigint
  readonly ask: bigint
  readonly held: bigint
  /** What the position cost; a contract's profit is counted from it. */
  readonly cost: bigint
  readonly live: readonly (OracleLive & { readonly worstPrice: bigint })[]
  readonly quoteTotal: bigint
  readonly baseTotal: bigint
}

export interface OracleProposal {
  readonly side: 'buy' | 'sell'
  readonly lots: bigint
  readonly limit: bigint | undefined
}

export interface OracleLimits {
  readonly orderLotsMax: bigint
  readonly orderNotionalMax: bigint
  readonly positionLotsMax: bigint
  readonly priceBand: bigint
  readonly grossMax: bigint
  readonly leverageMax: bigint
  readonly slippage: bigint
  readonly notionalMin: bigint
  readonly venueBand: bigint
}

const billion = 1_000_000_000n
const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)
const ceilDivide = (top: bigint, bottom: bigint): bigint => (top <= 0n ? top / bottom : (top + bottom - 1n) / bottom)
const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right)

const worth = (price: bigint, lots: bigint, { numerator, denominator }: OracleScene): bigint => ceilDivide(price * lots * numerator, denominator)

const margin = (value: bigint, { leverageMax }: OracleScene): bigint => (leverageMax > 1n ? ceilDivide(value, leverageMax) : value)

const needed = (side: 'buy' | 'sell', lots: bigint, price: bigint, scene: OracleScene): { readonly asset: 'quote' | 'base'; readonly amount: bigint } => {
  if (scene.isDelivered && side === 'sell') return { asset: 'base', amount: lots * scene.baseUnitsPerLot }
  const value = worth(price, lots, scene)
  const fee = ceilDivide(value * scene.feeRate, billion)
  return { asset: 'quote', amount: (scene.isDelivered ? value : margin(value, scene)) + fee }
}

const profitOf = (scene: OracleScene): bigint => {
  if (scene.isDelivered || scene.held === 0n) return 0n
  const size = magnitude(scene.held)
  const value = ((scene.held > 0n ? scene.bid : scene.ask) * size * scene.numerator) / scene.denominator
  return scene.held > 0n ? value - scene.cost : scene.cost - value
}

const free = (asset: 'quote' | 'base', scene: OracleScene): bigint => {
  let left = asset === 'quote' ? scene.quoteTotal : scene.baseTotal
  for (const { side, lots, worstPrice, reduceOnly } of scene.live) {
    const aside = needed(side, lots, worstPrice, scene)
    if (aside.asset === asset && (scene.isDelivered || !reduceOnly)) left -= aside.amount
  }
  if (asset === 'base' || scene.isDelivered || scene.held === 0n) return left
  const profit = profitOf(scene)
  return left - margin(worth(scene.ask, magnitude(scene.held), scene), scene) + (profit < 0n ? profit : 0n)
}

const equity = (scene: OracleScene): bigint => {
  const coins = scene.baseTotal / scene.baseUnitsPerLot
  return scene.quoteTotal + profitOf(scene) + (scene.bid * coins * scene.numerator) / scene.denominator
}

/** Would the position still not turn round if all else on its side filled first? A coin is sold from the wallet, and nobody lends one. */
const reduces = ({ side, lots }: OracleProposal, scene: OracleScene): boolean => {
  const { held, live, isDelivered, baseUnitsPerLot } = scene
  if (isDelivered && (side === 'buy' || lots * baseUnitsPerLot > free('base', scene))) return false
  const others = live.filter((order) => order.side === side).reduce((sum, order) => sum + order.lots, 0n)
  return held !== 0n && held > 0n === (side === 'sell') && lots + others <= magnitude(held)
}

export const brokenRules = (proposal: OracleProposal, scene: OracleScene, limits: OracleLimits): readonly string[] => {
  const { side, lots, limit } = proposal
  const { bid, ask } = scene
  const broken: string[] = []
  const note = (rule: string, isBroken: boolean): void => {
    if (isBroken) broken.push(rule)
  }
  note('filter.notional-min', ((limit ?? bid) * lots * scene.numerator) / scene.denominator < limits.notionalMin)
  if (limit !== undefined) {
    note('filter.price-band', limit * billion > ask * (billion + limits.venueBand) || limit * billion < bid * (billion - limits.venueBand))
  }
  if (reduces(proposal, scene)) return broken
  const open = limit ?? ceilDivide(ask * (billion + limits.slippage), billion)
  const worstPrice = side === 'sell' && limit !== undefined ? larger(limit, ask) : open
  const value = worth(worstPrice, lots, scene)
  note('risk.order-quantity', lots > limits.orderLotsMax)
  note('risk.order-notional', value > limits.orderNotionalMax)
  if (limit !== undefined) {
    note('risk.price-band', side === 'buy' ? limit * billion > ask * (billion + limits.priceBand) : limit * billion < bid * (billion - limits.priceBand))
  }
  // What is not there cannot be sold.
  const isCut = (which: 'buy' | 'sell'): boolean => scene.isDelivered && which === 'sell'
  const live = scene.live.map((order) => ({ ...order, reduceOnly: order.reduceOnly || isCut(order.side) }))
  const before = worstReachable(scene.held, live)
  const after = worstReachable(scene.held, [...live, { side, lots, reduceOnly: isCut(side) }])
  if (after > before) {
    const gross = worth(ask, before, scene) + worth(worstPrice, after - before, scene)
    note('risk.position', after > limits.positionLotsMax)
    note('risk.gross', gross > limits.grossMax)
    note('risk.leverage', equity(scene) <= 0n || gross > (equity(scene) * limits.leverageMax) / billion)
  }
  const need = needed(side, lots, worstPrice, scene)
  note('risk.balance', need.amount > free(need.asset, scene))
  return broken
}
