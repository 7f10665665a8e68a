import { absolute, add, amountFromRaw, ensureDefined, isLess, isNegative, isZero, lotsFromRaw, minimum, mulDiv, negate, notional, subtract } from '../../base/index.ts'
import type { Amount, Lots, NotionalScale, Ticks } from '../../base/index.ts'
import type { Side } from '../../domain/index.ts'
import { noPieces, piecesOf, queueOf, withHead, withoutHead, withPiece } from './piece-queue.ts'
import type { Piece, PieceQueue } from './piece-queue.ts'

/**
 * A position as a row of pieces that were opened, oldest first. It must never lose or invent a minor unit of cost.
 * Invariants: 1 the pieces sum to the lots and the cost of the position; 2 what a close releases and what stays add up to what was there: a partial close rounds
 * half to even, and the remainder stays; 3 a fill through zero is a close and an open, and the money of the two is the money of the fill.
 */
export type LotMethod = 'fifo' | 'average'

export interface PositionState {
  /** Signed. */
  readonly lots: Lots
  readonly pieces: PieceQueue
  /** Of all pieces: a magnitude, in the quote currency. */
  readonly cost: Amount
  /** Profit of what was closed, before fees and funding. */
  readonly realised: Amount
}

/** The same as plain data. */
export interface PositionRecord {
  readonly lots: Lots
  readonly pieces: readonly Piece[]
  readonly realised: Amount
}

export interface PositionFill {
  readonly side: Side
  readonly lots: Lots
  readonly price: Ticks
}

/** What a fill did to a position, in the quote currency. */
export interface PositionChange {
  readonly after: PositionState
  /** Price times quantity of the whole fill. */
  readonly cash: Amount
  /** Cost that lots of unknown cost were given. */
  readonly found: Amount
  readonly opened: Amount
  readonly released: Amount
  readonly realised: Amount
  readonly closedLots: Lots
}

export const noLots = lotsFromRaw(0)
export const noMoney = amountFromRaw(0)
export const flat: PositionState = { lots: noLots, pieces: noPieces, cost: noMoney, realised: noMoney }

export const stateOf = ({ lots, pieces, realised }: PositionRecord): PositionState =>
  ({ lots, pieces: queueOf(pieces), cost: pieces.reduce((sum, piece) => add(sum, piece.cost ?? noMoney), noMoney), realised })

export const recordOf = ({ lots, pieces, realised }: PositionState): PositionRecord => ({ lots, pieces: piecesOf(pieces), realised })

/** Lots held before we looked cost what the first trade after it paid. Only the oldest piece can be such a one. */
const withKnownCost = (state: PositionState, price: Ticks, scale: NotionalScale): { readonly state: PositionState; readonly found: Amount } => {
  const { head } = state.pieces
  if (head === undefined || head.cost !== undefined) return { state, found: noMoney }
  const found = notional(price, head.lots, scale, 'halfEven')
  return { state: { ...state, pieces: withHead(state.pieces, { lots: head.lots, cost: found }), cost: add(state.cost, found) }, found }
}

const opened = (pieces: PieceQueue, lots: Lots, cost: Amount, method: LotMethod): PieceQueue => {
  const { head } = pieces
  if (method === 'fifo' || head === undefined) return withPiece(pieces, { lots, cost })
  return withHead(pieces, { lots: add(head.lots, lots), cost: add(head.cost ?? noMoney, cost) })
}

interface Closed {
  readonly left: PieceQueue
  readonly released: Amount
}

const closed = (pieces: PieceQueue, lots: Lots): Closed => {
  let left = pieces
  let wanted = lots
  let released = noMoney
  while (!isZero(wanted)) {
    const piece = ensureDefined(left.head, 'the lots of a position in its pieces')
    const cost = piece.cost ?? noMoney
    if (isLess(wanted, piece.lots)) {
      const part = mulDiv(cost, wanted, piece.lots, 'halfEven')
      return { left: withHead(left, { lots: subtract(piece.lots, wanted), cost: subtract(cost, part) }), released: add(released, part) }
    }
    released = add(released, cost)
    wanted = subtract(wanted, piece.lots)
    left = withoutHead(left)
  }
  return { left, released }
}

/** The position after a fill, and what it did. */
export const afterFill = (before: PositionState, fill: PositionFill, scale: NotionalScale, method: LotMethod): PositionChange => {
  const { state, found } = withKnownCost(before, fill.price, scale)
  const cash = notional(fill.price, fill.lots, scale, 'halfEven')
  const signed = fill.side === 'buy' ? fill.lots : negate(fill.lots)
  const isClosing = !isZero(state.lots) && isNegative(state.lots) !== isNegative(signed)
  const closedLots = isClosing ? minimum(absolute(state.lots), fill.lots) : noLots
  const proceeds = isZero(closedLots) ? noMoney : mulDiv(cash, closedLots, fill.lots, 'halfEven')
  const { left, released } = closed(state.pieces, closedLots)
  const gain = subtract(proceeds, released)
  const realised = isNegative(state.lots) ? negate(gain) : gain
  const openedLots = subtract(fill.lots, closedLots)
  const openedCost = subtract(cash, proceeds)
  const pieces = isZero(openedLots) ? left : opened(left, openedLots, openedCost, method)
  const cost = add(subtract(state.cost, released), openedCost)
  const after = { lots: add(state.lots, signed), pieces, cost, realised: add(state.realised, realised) }
  return { after, cash, found, opened: openedCost, released, realised, closedLots }
}
