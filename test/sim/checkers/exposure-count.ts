import { signOf } from '../../../src-main/domain/index.ts'
import type { Side } from '../../../src-main/domain/index.ts'
import type { SeenOrder, Witness } from './witness.ts'

/** What is held in one instrument and what may still fill, told by the events alone. */
export interface Counted {
  readonly held: number
  readonly buying: number
  readonly selling: number
  /** What the venue itself keeps from growing a position. */
  readonly reducingBuys: number
  readonly reducingSells: number
  /** Of a coin: the lots of it that no order of any pair is about to sell. */
  readonly deliverable: number | undefined
  /** For a reader of a violation. */
  readonly live: readonly string[]
}

const openLots = (order: SeenOrder): number => {
  if (order.sendingSequence === 0 && order.view === undefined) return 0
  return Math.max(0, Math.max(order.lots, order.amendLots ?? 0) - order.filled)
}

export function countExposure(witness: Witness, instrument: string, except: { readonly order: string; readonly sequence: number }): Counted {
  const coin = witness.coins.coinOf(instrument)
  const deliverable = coin === undefined ? undefined : deliverableOf(witness, instrument, coin, except)
  const counted = { held: witness.positionOf(instrument), buying: 0, selling: 0, reducingBuys: 0, reducingSells: 0, deliverable, live: [] as string[] }
  for (const order of witness.live.values()) {
    const lots = openLots(order)
    // What was decided after it, in the same step, is judged when its own turn comes.
    if (order.id === except.order || order.sendingSequence > except.sequence || lots === 0 || (order.spec?.instrument ?? order.view?.instrument) !== instrument) continue
    const side = order.spec?.side ?? order.view?.side ?? 'buy'
    // A venue sells only what is there.
    const isKept = (coin !== undefined && side === 'sell') || order.venueSpec?.reduceOnly === true || order.view?.reduceOnly === true
    if (side === 'buy') counted[isKept ? 'reducingBuys' : 'buying'] += lots
    else counted[isKept ? 'reducingSells' : 'selling'] += lots
    counted.live.push(`${order.id.slice(-6)} ${side} ${lots} ${order.status}${isKept ? ' reduce-only' : ''}`)
  }
  return counted
}

/** In lots of the instrument. */
function deliverableOf(witness: Witness, instrument: string, coin: string, except: { readonly order: string; readonly sequence: number }): number {
  const sizes = new Map(witness.coins.pairsOf(coin).map((pair) => [pair.instrument.id, pair.baseUnitsPerLot]))
  let left = witness.coins.totalOf(coin)
  for (const order of witness.live.values()) {
    if (order.id === except.order || order.sendingSequence > except.sequence || (order.spec?.side ?? order.view?.side) !== 'sell') continue
    left -= openLots(order) * (sizes.get(order.spec?.instrument ?? order.view?.instrument ?? '') ?? 0)
  }
  return left / (sizes.get(instrument) ?? 1)
}

/** The largest position on one side if all that leads there fills, and as much of the rest as hurts. */
export function worstSide({ held, buying, selling, reducingBuys, reducingSells }: Counted, side: Side): number {
  if (side === 'buy') return (held < 0 ? -Math.max(0, -held - reducingBuys) : held) + buying
  return selling - (held > 0 ? Math.max(0, held - reducingSells) : held)
}

const worst = (counted: Counted): number => Math.max(worstSide(counted, 'buy'), worstSide(counted, 'sell'), Math.abs(counted.held))

/** Does an order of this size make a larger position possible, or turn the one that is held round? */
export function addsRisk(before: Counted, side: Side, lots: number, reduceOnly: boolean): boolean {
  if (reduceOnly) return false
  // What is bought of a coin is more of it; what is sold is less, where it is there and nobody else is about to sell it.
  if (before.deliverable !== undefined) return side === 'buy' || lots > before.held || lots > before.deliverable
  const room = -signOf(side) * before.held
  const after = side === 'buy' ? { ...before, buying: before.buying + lots } : { ...before, selling: before.selling + lots }
  return lots > room || worst(after) > worst(before)
}
