import type { Random } from '../../../base/index.ts'
import type { VenueBehaviour } from './exchange-setup.ts'
import { entries } from './matching-core.ts'
import type { TradingFloor } from './trading-floor.ts'

/**
 * The crowd's orders in a book: rows without an owner. A level that gets larger does so at its end, behind us. One that gets
 * smaller without a trade does so behind us (`fifo`, the cautious guess), or on either side of us as likely as the crowd stands
 * there (`probabilistic`).
 */
export function setCrowdLevel(floor: TradingFloor, level: CrowdLevel, how: CrowdChange): void {
  const { isBid, price, lots } = level
  if (lots > 0) clearCrossed(floor, isBid, price)
  if (floor.isCrowdOnly()) return setPlainLevel(floor, level, how.now)
  const rows = floor.core.rowsAt(isBid, price)
  const crowd = rows.filter((row) => floor.ownerOf(row) === undefined)
  const have = crowd.reduce((sum, row) => sum + floor.core.leftOf(row), 0)
  if (lots > have) floor.execute({ taker: undefined, isBuy: isBid, price, lots: lots - have, entry: entries.rest, peak: 0 }, how.now)
  else if (lots < have) takeAway(floor, rows, have - lots, how)
}

export interface CrowdLevel {
  readonly isBid: boolean
  readonly price: number
  readonly lots: number
}

export interface CrowdChange {
  readonly now: number
  readonly queue: VenueBehaviour['queue']
  readonly random: Random
}

/** Where nobody else stands it does not matter who of the crowd leaves: the last do. */
function setPlainLevel(floor: TradingFloor, { isBid, price, lots }: CrowdLevel, now: number): void {
  const { core } = floor
  const have = core.totalAt(isBid, price)
  if (lots > have) floor.execute({ taker: undefined, isBuy: isBid, price, lots: lots - have, entry: entries.rest, peak: 0 }, now)
  for (let left = have - lots; left > 0; ) {
    const row = core.lastAt(isBid, price)
    const by = Math.min(left, core.leftOf(row))
    core.reduce(row, by)
    left -= by
  }
}

/** The crowd never trades with itself over an update of its book; what is ours in the way is traded with. */
function clearCrossed(floor: TradingFloor, isBid: boolean, price: number): void {
  const best = isBid ? floor.core.bestAsk() : floor.core.bestBid()
  if (isBid ? best > price : best < price) return
  for (const level of floor.core.levels(!isBid)) {
    if (isBid ? level.price > price : level.price < price) return
    for (const row of floor.core.rowsAt(!isBid, level.price)) if (floor.ownerOf(row) === undefined) floor.core.cancel(row)
  }
}

function takeAway(floor: TradingFloor, rows: readonly number[], lots: number, { queue, random }: CrowdChange): void {
  const firstOurs = rows.findIndex((row) => floor.ownerOf(row) !== undefined)
  const isCrowd = (row: number): boolean => floor.ownerOf(row) === undefined
  const ahead = rows.slice(0, Math.max(0, firstOurs)).filter(isCrowd)
  const behind = rows.slice(Math.max(0, firstOurs)).filter(isCrowd).toReversed()
  const inFront = lotsOf(floor, ahead)
  const isFromFront = queue === 'probabilistic' && random.nextFloat53() * (inFront + lotsOf(floor, behind)) < inFront
  let left = lots
  for (const row of isFromFront ? [...ahead, ...behind] : [...behind, ...ahead.toReversed()]) {
    if (left === 0) return
    const by = Math.min(left, floor.core.leftOf(row))
    floor.core.reduce(row, by)
    left -= by
  }
}

const lotsOf = (floor: TradingFloor, rows: readonly number[]): number => rows.reduce((sum, row) => sum + floor.core.leftOf(row), 0)
