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
  /** For a reader of a violation. */
  readonly live: readonly string[]
}

const openLots = (order: SeenOrder): number => {
  if (order.sendingSequence === 0 && order.view === undefined) return 0
  return Math.max(0, Math.max(order.lots, order.amendLots ?? 0) - order.filled)
}

export function countExposure(witness: Witness, instrument: string, except: { readonly order: string; readonly sequence: number }): Counted {
  const counted = { held: witness.positionOf(instrument), buying: 0, selling: 0, reducingBuys: 0, reducingSells: 0, live: [] as string[] }
  for (const order of witness.live.values()) {
    const lots = openLots(order)
    // What was decided after it, in the same step, is judged when its own turn comes.
    if (order.id === except.order || order.sendingSequence > except.sequence || lots === 0 || (order.spec?.instrument ?? order.view?.instrument) !== instrument) continue
    const side = order.spec?.side ?? order.view?.side ?? 'buy'
    const isKept = order.venueSpec?.reduceOnly === true || order.view?.reduceOnly === true
    if (side === 'buy') counted[isKept ? 'reducingBuys' : 'buying'] += lots
    else counted[isKept ? 'reducingSells' : 'selling'] += lots
    counted.live.push(`${order.id.slice(-6)} ${side} ${lots} ${order.status}${isKept ? ' reduce-only' : ''}`)
  }
  return counted
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
  const room = -signOf(side) * before.held
  const after = side === 'buy' ? { ...before, buying: before.buying + lots } : { ...before, selling: before.selling + lots }
  return lots > room || worst(after) > worst(before)
}
