import { isLess, isMore, isPositive, isZero, minimum, subtract } from '../../base/index.ts'
import type { Lots } from '../../base/index.ts'
import type { OrderSpec } from '../../domain/index.ts'
import type { Intention } from './intention.ts'
import { failuresOf, legFrom, remainingOf, triesOf } from './leg.ts'
import type { ContingencyView, OrderSeen } from './order-seen.ts'
import { cancelPieces, shrink, triesMax } from './piece.ts'
import type { Settling } from './piece.ts'
import { backoffMs } from './patience.ts'

/** The shown part; a last slice that would be too small to be sent joins the one before it. */
const nextSlice = (parent: OrderSeen, quantityMin: Lots): Lots => {
  const remaining = remainingOf(parent)
  const slice = minimum<Lots>(parent.spec.display ?? remaining, remaining)
  const rest = subtract<Lots>(remaining, slice)
  return isPositive(rest) && isLess<Lots>(rest, quantityMin) ? remaining : slice
}

const sliceSpec = ({ spec, limit }: OrderSeen, lots: Lots): OrderSpec => ({
  account: spec.account,
  instrument: spec.instrument,
  side: spec.side,
  type: 'limit',
  size: { by: 'quantity', lots },
  ...(limit === undefined ? {} : { limit }),
  timeInForce: 'gtc',
  ...(spec.postOnly === true ? { postOnly: true } : {}),
  ...(spec.reduceOnly === true ? { reduceOnly: true } : {}),
  ...(spec.positionSide === undefined ? {} : { positionSide: spec.positionSide }),
  owner: spec.owner,
})

/**
 * An iceberg where the venue has none: one slice at a time, each a plain order on behalf of the whole; the next only after
 * the one before is proven ended. A slice with a price that was amended since is taken back.
 */
export const settleIceberg = (view: ContingencyView, parent: OrderSeen, settling: Settling): readonly Intention[] => {
  const leg = legFrom(view, parent, settling.at, false, settling.expiryAt)
  const { pieces, live, isOpen, tradable } = leg
  const isWanted = isOpen && !isZero(remainingOf(parent))
  const outdated = live.filter(({ limit }) => limit !== parent.limit)
  if (outdated.length > 0 && isWanted) return cancelPieces(outdated, 'the order that it is a slice of was amended', settling)
  // Amended to less than what the slice shows.
  if (live.length > 0 && isWanted) return isMore<Lots>(leg.covered, remainingOf(parent)) ? shrink(leg, remainingOf(parent), settling) : []
  if (live.length > 0) return cancelPieces(live, 'the order that it is a slice of ends', settling)
  if (!isOpen && parent.cancel === 'none') return [{ kind: 'expire-order', order: parent.id }]
  if (!isOpen) return [{ kind: 'cancel-order', order: parent.id, why: 'asked for' }]
  if (!isWanted) return []
  const failures = failuresOf(pieces)
  const last = failures.at(-1)
  const tries = triesOf(failures)
  if (tries >= triesMax) return [{ kind: 'cancel-order', order: parent.id, why: 'its slices were turned away' }]
  const nextAt = last === undefined ? settling.at : last.intendedAt + backoffMs(tries)
  if (settling.at < nextAt) {
    settling.patience.wakeNotAfter(nextAt)
    return []
  }
  const lots = nextSlice(parent, tradable.rules.quantityMin)
  const former = last === undefined ? {} : { replaces: last.id }
  return [{ kind: 'place-piece', onBehalfOf: parent.id, spec: sliceSpec(parent, lots), lots, ...former }]
}
