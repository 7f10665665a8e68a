import { lotsFromRaw, rawOf, ticksFromRaw } from '../base/index.ts'
import type { OrderSpec, Side } from '../domain/index.ts'
import type { RobotSight, RobotWish } from './robot.ts'

export interface TrendSettings {
  readonly instrument: string
  readonly owner: string
  readonly lots: number
  /** So little is nothing: the venue would not take an order for it. */
  readonly dustLots: number
  /** Looks that the averages reach back. */
  readonly fastLooks: number
  readonly slowLooks: number
  /** From the entry to the stop, in parts of a million of the price; the target is twice as far. */
  readonly riskPpm: number
  readonly isLongOnly: boolean
}

/** What it remembers between two looks: averages of the middle price, which decide and never become an order's number. */
export interface Trend {
  readonly looks: number
  readonly fast: number
  readonly slow: number
}

export interface TrendStep {
  readonly trend: Trend
  readonly wishes: readonly RobotWish[]
}

export const trendBefore: Trend = { looks: 0, fast: 0, slow: 0 }

const parts = 1_000_000

/**
 * Goes with a crossing of two averages, protected by a stop and a target from the first lot on, and leaves when they cross back. It holds
 * one thing at a time: while an order of its own is open or something is held, it does not enter.
 */
export function followTrend(settings: TrendSettings, before: Trend, sight: RobotSight): TrendStep {
  const [bid, ask] = [rawOf(sight.bid), rawOf(sight.ask)]
  if (bid <= 0 || ask <= bid) return { trend: before, wishes: [] }
  const middle = (bid + ask) / 2
  const trend = before.looks === 0
    ? { looks: 1, fast: middle, slow: middle }
    : {
        looks: before.looks + 1,
        fast: nearer(before.fast, middle, settings.fastLooks),
        slow: nearer(before.slow, middle, settings.slowLooks),
      }
  // Before the slow average has seen enough, both say the same.
  if (trend.looks <= settings.slowLooks) return { trend, wishes: [] }
  const [isUp, wasUp] = [trend.fast > trend.slow, before.fast > before.slow]
  if (heldOf(settings, sight) !== 0 || sight.orders.length > 0) return { trend, wishes: leave(settings, sight, isUp) }
  if (isUp === wasUp || (!isUp && settings.isLongOnly)) return { trend, wishes: [] }
  return { trend, wishes: [enter(settings, sight, isUp ? 'buy' : 'sell')] }
}

const nearer = (average: number, price: number, looks: number): number => average + ((price - average) * 2) / (looks + 1)

const heldOf = ({ dustLots }: TrendSettings, { position }: RobotSight): number =>
  (Math.abs(rawOf(position)) <= dustLots ? 0 : rawOf(position))

/** An entry that nobody took is old news; what is held goes when the trend does. */
function leave(settings: TrendSettings, sight: RobotSight, isUp: boolean): readonly RobotWish[] {
  const held = heldOf(settings, sight)
  const { account, orders } = sight
  if (held === 0) {
    const stale = orders.filter(({ isSettled, side }) => isSettled && (side === 'buy') !== isUp)
    return stale.map(({ id }) => ({ kind: 'cancel-order', order: id }))
  }
  return held > 0 === isUp ? [] : [{ kind: 'close-position', account, instrument: settings.instrument }]
}

function enter({ instrument, owner, lots, riskPpm }: TrendSettings, { account, bid, ask }: RobotSight, side: Side): RobotWish {
  const price = rawOf(side === 'buy' ? ask : bid)
  const risk = Math.max(2, Math.floor((price * riskPpm) / parts))
  const [sign, exit]: [number, Side] = side === 'buy' ? [1, 'sell'] : [-1, 'buy']
  const leg: Pick<OrderSpec, 'account' | 'instrument' | 'owner' | 'timeInForce' | 'size'> =
    { account, instrument, owner, timeInForce: 'gtc', size: { by: 'quantity', lots: lotsFromRaw(lots) } }
  return {
    kind: 'place-group', group: 'bracket',
    orders: [
      { ...leg, side, type: 'limit', limit: ticksFromRaw(price) },
      { ...leg, side: exit, type: 'stop', trigger: { price: ticksFromRaw(price - sign * risk), source: 'last' }, reduceOnly: true },
      { ...leg, side: exit, type: 'limit', limit: ticksFromRaw(price + sign * 2 * risk), reduceOnly: true },
    ],
  }
}
