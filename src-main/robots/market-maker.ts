import { lotsFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { Side } from '../domain/index.ts'
import type { OwnOrder, RobotSight, RobotWish } from './robot.ts'

export interface MakerSettings {
  readonly instrument: string
  readonly owner: string
  /** Of each order. */
  readonly lots: number
  /** What it holds at the most, on either side. */
  readonly positionMost: number
  /** From the middle to each quote, in parts of a million of the price. */
  readonly halfSpreadPpm: number
  /** A quote is moved when it is further than this from where it should be. */
  readonly tolerancePpm: number
  readonly canAmend: boolean
  /** Nothing may be sold that is not held. */
  readonly isLongOnly: boolean
}

const parts = 1_000_000

/**
 * Quotes both sides of the middle. The more it holds, the lower both quotes: whoever takes from it is welcome to take that away. It never
 * has more than one order on a side, and touches none that is under way.
 */
export function quoteBothSides(settings: MakerSettings, sight: RobotSight): readonly RobotWish[] {
  const [bid, ask] = [rawOf(sight.bid), rawOf(sight.ask)]
  if (bid <= 0 || ask <= bid) return []
  const middle = Math.floor((bid + ask) / 2)
  const half = Math.max(1, Math.floor((middle * settings.halfSpreadPpm) / parts))
  // Holding the most moves the quotes by half of their distance.
  const skew = Math.trunc((half * rawOf(sight.position)) / (2 * settings.positionMost))
  return [
    ...wishesOf(settings, sight, 'buy', Math.min(middle - half - skew, ask - 1)),
    ...wishesOf(settings, sight, 'sell', Math.max(middle + half - skew, bid + 1)),
  ]
}

function wishesOf(settings: MakerSettings, sight: RobotSight, side: Side, price: number): readonly RobotWish[] {
  const own = sight.orders.filter((order) => order.side === side)
  if (!hasRoom(settings, rawOf(sight.position), side)) {
    return own.filter(({ isSettled }) => isSettled).map(({ id }) => ({ kind: 'cancel-order', order: id }))
  }
  const [first] = own
  return first === undefined ? [placement(settings, sight, side, price)] : movement(settings, first, price)
}

function hasRoom({ positionMost, lots, isLongOnly }: MakerSettings, position: number, side: Side): boolean {
  if (side === 'buy') return position + lots <= positionMost
  return isLongOnly ? position >= lots : position - lots >= -positionMost
}

function placement({ instrument, owner, lots }: MakerSettings, { account }: RobotSight, side: Side, price: number): RobotWish {
  return {
    kind: 'place-order',
    order: {
      account, instrument, side, type: 'limit', size: { by: 'quantity', lots: lotsFromRaw(lots) }, limit: ticksFromRaw(price),
      timeInForce: 'gtc', owner, postOnly: true,
    },
  }
}

function movement({ canAmend, tolerancePpm }: MakerSettings, { id, limit, isSettled }: OwnOrder, price: number): readonly RobotWish[] {
  if (!isSettled || limit === undefined) return []
  if (Math.abs(rawOf(limit) - price) * parts <= tolerancePpm * price) return []
  return [canAmend ? { kind: 'amend-order', order: id, limit: ticksFromRaw(price) } : { kind: 'cancel-order', order: id }]
}
